"""Reads our own answers from YAML and refuses what breaks the format, by file, entry and field."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import ContentInvalid
from knowledge.rules.entries import (
    Audience,
    Citation,
    Confidence,
    Content,
    Entry,
    Law,
    Level,
    NextStep,
    Topic,
)

CONTENT = Path(__file__).parents[1] / "content"
LONGEST_ANSWER = 120


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field(min_length=1)


class _LawForm(_Form):
    title: str = Field(min_length=1)
    short: str = Field(min_length=1)
    number: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str | None = None
    level: Level
    confidence: Confidence
    text_file: str | None = None
    order: int | str | None = Field(default=None, exclude=True)


class _TopicForm(_Form):
    name: str = Field(min_length=1)
    description: str
    order: int


class _CitationForm(BaseModel):
    model_config = ConfigDict(extra="forbid")

    law: str = Field(min_length=1)
    article: str | None = None


class _EntryForm(_Form):
    question: str = Field(min_length=2)
    ask: list[str] = []
    answer: str = Field(min_length=1, max_length=LONGEST_ANSWER)
    detail: str | None = None
    citations: list[_CitationForm] = []
    valid_from: date | None = None
    valid_to: date | None = None
    confidence: Confidence
    next: list[NextStep] = []
    audience: Audience = Audience.BOTH


_F = TypeVar("_F", bound=_Form)


def read_content(folder: Path = CONTENT) -> Content:
    """Read `laws.yaml`, `topics.yaml` and `entries/<topic>.yaml` under `folder`.

    Raises:
        ContentInvalid: a value is missing, unknown or too long, an id stands twice, or a reference leads nowhere.
    """
    laws = {form.id: _law(form) for form in _forms(folder / "laws.yaml", _LawForm)}
    topics = tuple(Topic(**form.model_dump()) for form in _forms(folder / "topics.yaml", _TopicForm))
    known = {topic.id for topic in topics}
    entries: list[Entry] = []
    for path in sorted((folder / "entries").glob("*.yaml")):
        if path.stem not in known:
            raise ContentInvalid(f"{path.name}：topics.yaml 里没有这个主题")
        entries += [_entry(form, path) for form in _forms(path, _EntryForm)]
    _refuse_repeats(entries)
    _check_references(laws, entries)
    return Content(laws, tuple(sorted(topics, key=lambda topic: topic.order)), tuple(entries))


def parse_entries(text: str, *, topic: str, name: str) -> list[Entry]:
    """Return the entries of one YAML text; `name` is what an error calls it."""
    return [_entry(form, Path(topic)) for form in _parsed(text, _EntryForm, name)]


def _forms(path: Path, kind: type[_F]) -> list[_F]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentInvalid(f"{path.name}：读不到这个文件") from error
    return _parsed(text, kind, path.name)


def _parsed(text: str, kind: type[_F], name: str) -> list[_F]:
    try:
        rows = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ContentInvalid(f"{name}：不是合法的 YAML（{error}）") from error
    if not isinstance(rows, list):
        raise ContentInvalid(f"{name}：应当是一个列表")
    return [_form(row, kind, f"{name}：第{number}条") for number, row in enumerate(rows, start=1)]


def _form(row: object, kind: type[_F], where: str) -> _F:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(整条)"
        name = f" {row['id']}" if isinstance(row, dict) and row.get("id") else ""
        raise ContentInvalid(f"{where}{name} 的 {field}：{first['msg']}", field=field) from error


def _law(form: _LawForm) -> Law:
    return Law(**form.model_dump())


def _entry(form: _EntryForm, path: Path) -> Entry:
    return Entry(
        id=form.id,
        topic=path.stem,
        question=form.question,
        ask=tuple(form.ask),
        answer=form.answer,
        detail=form.detail or "",
        citations=tuple(Citation(citation.law, citation.article) for citation in form.citations),
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        confidence=form.confidence,
        next=tuple(form.next),
        audience=form.audience,
    )


def _refuse_repeats(entries: Iterable[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        other = seen.setdefault(entry.id, entry)
        if other is not entry:
            raise ContentInvalid(f"{entry.topic}.yaml {entry.id} 的 id：与 {other.topic}.yaml 里的重复")


def _check_references(laws: dict[str, Law], entries: Iterable[Entry]) -> None:
    for law in laws.values():
        if law.superseded_by is not None and law.superseded_by not in laws:
            raise ContentInvalid(f"laws.yaml {law.id} 的 superseded_by：没有 {law.superseded_by} 这部法")
    for entry in entries:
        for citation in entry.citations:
            if citation.law not in laws:
                raise ContentInvalid(
                    f"{entry.topic}.yaml {entry.id} 的 citations：没有 {citation.law} 这部法"
                )
