"""Structured logs: one JSON object a line on stderr, personal data masked."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from core.privacy import masked_text

request_id: ContextVar[str] = ContextVar("request_id", default="")

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object; `extra` fields stand beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON with personal data masked."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identifier := request_id.get():
            line["request"] = identifier
        line.update({key: value for key, value in vars(record).items() if key not in _OWN})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(_masked(line), ensure_ascii=False, default=str)


def _masked(value: object) -> object:
    """Hide before JSON escapes: after a line break written as backslash and n, a number would look like a word."""
    match value:
        case str():
            return masked_text(value)
        case dict():
            return {masked_text(str(key)): _masked(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(item) for item in value]
        case bool() | None:
            return value
        case int() | float():
            hidden = masked_text(str(value))
            return value if hidden == str(value) else hidden
        case _:
            return masked_text(str(value))


def configure(level: str) -> None:
    """Send every logger's records of `level` and above to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("apscheduler", "jieba", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
