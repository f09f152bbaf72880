"""Log lines are JSON, carry the request, and hide personal data wherever it stands."""

import json
import logging
import sys

import pytest

from core import log
from core.log import JsonLines, request_id


def line(message: str, *args: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("quanheng.test", logging.INFO, __file__, 1, message, args, None)
    vars(record).update(extra)
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_a_line_is_one_json_object_with_its_facts() -> None:
    found = line("accepted %s", "370102", door="console", ms=1.5)
    assert found["message"] == "accepted 370102"
    assert (found["level"], found["logger"], found["door"], found["ms"]) == (
        "info", "quanheng.test", "console", 1.5,
    )  # fmt: skip


def test_a_line_break_in_a_citizens_text_does_not_start_a_new_line() -> None:
    record = logging.LogRecord("t", logging.INFO, __file__, 1, 'x\n{"level":"error"}', (), None)
    assert "\n" not in JsonLines().format(record)


def test_the_request_is_named_where_there_is_one() -> None:
    assert "request" not in line("outside")
    token = request_id.set("r-1")
    try:
        assert line("inside")["request"] == "r-1"
    finally:
        request_id.reset(token)


def test_telephone_numbers_are_hidden_in_messages_and_facts() -> None:
    found = line("call %s", "13812345678", facts={"phone": "13987654321"})
    assert found["message"] == "call 138****5678"
    assert found["facts"] == {"phone": "139****4321"}


@pytest.mark.parametrize("between", ["\n", "\t", "\r\n", '"', "\\"])
def test_personal_data_is_hidden_after_characters_json_escapes(between: str) -> None:
    found = str(line(f"正文{between}37010219900101123X{between}oA1b2C_d3E4f5G6h7I8j9K0lMn-P"))
    assert "37010219900101123X" not in found
    assert "d3E4f5G6" not in found


def test_personal_data_is_hidden_in_lists_numbers_and_objects() -> None:
    found = line("x", facts=["13812345678", {"13987654321": 13712345678}], error=ValueError("13612345678"))
    assert found["facts"] == ["138****5678", {"139****4321": "137****5678"}]
    assert found["error"] == "136****5678"


def test_a_traceback_is_kept_and_hidden_too() -> None:
    try:
        int("13812345678x")
    except ValueError:
        record = logging.LogRecord("t", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    written = JsonLines().format(record)
    assert "ValueError" in written
    assert "13812345678" not in written


def test_configured_loggers_write_json_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        log.configure("warning")
        logging.getLogger("quanheng.somewhere").warning("电话 13812345678")
        logging.getLogger("quanheng.somewhere").info("not this one")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    written = capsys.readouterr()
    assert written.out == ""
    assert json.loads(written.err)["message"] == "电话 138****5678"
