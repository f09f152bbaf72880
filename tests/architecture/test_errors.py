"""Every error has a code of its own and a sentence a citizen may read."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from core.errors import AppError
from tests.architecture.places import TOP, dotted, modules

PROGRAM = [dotted(path) for path in modules() if path.stem != "__main__" and path.name not in TOP]
STATUSES = {400, 401, 403, 404, 409, 413, 422, 429, 500, 502}


def _below(kind: type[AppError]) -> Iterator[type[AppError]]:
    for child in kind.__subclasses__():
        if not child.__module__.startswith("tests."):
            yield child
        yield from _below(child)


def errors() -> list[type[AppError]]:
    for name in PROGRAM:
        importlib.import_module(name)
    return sorted(set(_below(AppError)), key=lambda kind: kind.__qualname__)


def test_codes_are_unique() -> None:
    counted = Counter(kind.code for kind in errors())
    assert {code: times for code, times in counted.items() if times > 1} == {}


def test_codes_are_stable_words() -> None:
    assert [kind.code for kind in errors() if not re.fullmatch(r"[a-z][a-z0-9_]*", kind.code)] == []


def test_every_error_speaks_chinese_calmly() -> None:
    for kind in errors():
        assert re.search(r"[\u4e00-\u9fff]", kind.text), kind
        assert not re.search(r"[！!]", kind.text), kind
        assert "违法" not in kind.text, kind


def test_statuses_are_the_agreed_ones_and_only_upstream_is_tried_again() -> None:
    for kind in errors():
        assert kind.status in STATUSES, kind
        assert kind.retryable == (kind.status == 502), kind


@pytest.mark.parametrize("text", ["没有找到。"])
def test_an_error_may_speak_for_its_case_and_keeps_facts_out_of_the_sentence(text: str) -> None:
    error = AppError(text, phone="13812345678")
    assert (error.text, str(error), error.facts) == (text, text, {"phone": "13812345678"})
