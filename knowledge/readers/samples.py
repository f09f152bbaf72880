"""Reads documents and questions to measure with, from JSON lines, packed or not."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import DataInvalid
from knowledge.rules.samples import Question, Sample


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = ""
    text: str = ""


class _SampleRow(_Row):
    title: str = ""


class _QuestionRow(_Row):
    relevant: list[str] = []


_R = TypeVar("_R", bound=_Row)


def read_samples(path: Path) -> list[Sample]:
    """Read a corpus: `{"id", "title", "text"}` a line, title or text may be absent.

    Raises:
        DataInvalid: the file is absent or a line is not such an object.
    """
    return [Sample(row.id, row.title, row.text) for row in _rows(path, _SampleRow)]


def read_questions(path: Path) -> list[Question]:
    """Read questions: `{"id", "text", "relevant": [ids]}` a line; `relevant` is absent where nothing answers.

    Raises:
        DataInvalid: the file is absent or a line is not such an object.
    """
    return [Question(row.text, frozenset(row.relevant)) for row in _rows(path, _QuestionRow)]


def _rows(path: Path, kind: type[_R]) -> Iterator[_R]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            yield kind.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise DataInvalid(f"{path.name} 第{number}行：不是约定的 JSON 对象") from error


def _lines(path: Path) -> list[str]:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataInvalid(f"{path.name}：读不到，或者不是 UTF-8 文本") from error
