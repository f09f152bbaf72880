"""Structured logs: one JSON object a line on stderr, personal data masked, written in batches."""

import json
import logging
import os
import sys
import threading
from collections import deque
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

from core.privacy import masked_text, may_be_personal

request_id: ContextVar[str] = ContextVar("request_id", default="")

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
BATCH_S = 0.2


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object; `extra` fields stand beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON with personal data masked."""
        line: dict[str, object] = {"message": record.getMessage()}
        if identifier := request_id.get():
            line["request"] = identifier
        line |= {key: value for key, value in vars(record).items() if key not in _OWN}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return f'{{"at": "{at}", {_whence(record.levelname, record.name)}, {_written(line)[1:]}'


class Batched(logging.Handler):
    """Writes lines in batches on a thread of its own: the thread that logs never waits for the stream.

    A warning or worse is written at once, with all before it; other lines within 0.2 s, and at the end of the process.
    What a killed process had not written is lost.
    """

    def __init__(self, stream: TextIO) -> None:
        """Take the stream; the thread begins with the first line."""
        super().__init__()
        self._stream = stream
        self._begin()

    def _begin(self) -> None:
        self._owner = os.getpid()
        self._lines: deque[str] = deque()
        self._some, self._writing = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._write_on, name="log", daemon=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line to be written; a forked process keeps its own."""
        if self._owner != os.getpid():
            self._begin()
        self._lines.append(self.format(record) + "\n")
        if record.levelno >= logging.WARNING:
            self.flush()
        elif not self._some.is_set():
            self._some.set()
            if not self._thread.is_alive():
                self._thread.start()

    def flush(self) -> None:
        """Write what is kept."""
        with self._writing:
            batch = "".join(self._lines.popleft() for _ in range(len(self._lines)))
            try:
                self._stream.write(batch)
                self._stream.flush()
            except (OSError, ValueError):
                pass  # the stream is gone, and there is no other place to say so

    def _write_on(self) -> None:
        pause = threading.Event()
        while self._some.wait():
            pause.wait(BATCH_S)
            self._some.clear()
            self.flush()


@lru_cache(maxsize=256)
def _whence(level: str, logger: str) -> str:
    return _encode({"level": level.lower(), "logger": masked_text(logger)})[1:-1]


def _written(line: dict[str, object]) -> str:
    """Return the line as JSON; only where something in it may be personal it is gone through piece by piece.

    JSON writes letters, digits, dashes and underscores as they are, so whatever may be personal still shows in it.
    """
    try:
        written = _encode(line)
    except (TypeError, ValueError):
        written = ""
    return written if written and not may_be_personal(written) else _encode(_masked(line))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, set | frozenset) else str(value)


_encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


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
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line shows them
    handler = Batched(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("apscheduler", "jieba", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
