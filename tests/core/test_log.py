"""Log lines are JSON, carry the request, and hide personal data wherever it stands."""

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from core import log
from core.log import Batched, JsonLines, request_id


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


def run(program: str) -> list[str]:
    """Run a program of its own and return the messages it logged, in order."""
    begin = (
        "import logging, os, sys\nfrom core import log\nlog.configure('info')\nLOG = logging.getLogger('t')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", begin + program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(one)["message"] for one in done.stderr.splitlines()]


def test_a_process_that_ends_has_written_every_line() -> None:
    assert run("for n in range(3000): LOG.info('line %d', n)") == [f"line {n}" for n in range(3000)]


def test_a_warning_is_written_at_once_with_all_before_it() -> None:
    stream = io.StringIO()
    handler = Batched(stream)
    handler.handle(logging.LogRecord("t", logging.INFO, __file__, 1, "before", (), None))
    handler.handle(logging.LogRecord("t", logging.WARNING, __file__, 1, "grave", (), None))
    assert stream.getvalue().splitlines() == ["before", "grave"]


def test_a_forked_process_writes_its_own_lines_and_nobody_elses() -> None:
    program = """
LOG.info("parent")
if os.fork() == 0:
    LOG.info("child")
    sys.exit()
os.wait()
LOG.info("parent again")
"""
    assert sorted(run(program)) == ["child", "parent", "parent again"]


def test_a_line_is_written_even_where_its_facts_are_no_json() -> None:
    assert line("x", facts={(1, 2): "13812345678"})["facts"] == {"(1, 2)": "138****5678"}


def test_a_stream_that_is_gone_does_no_harm() -> None:
    stream = io.StringIO()
    stream.close()
    Batched(stream).handle(logging.LogRecord("t", logging.ERROR, __file__, 1, "lost", (), None))
