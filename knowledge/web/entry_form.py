"""The form of an entry: what an editor typed, as an entry and back, without losing a keystroke."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from multidict import MultiMapping

from core.text import key
from knowledge.rules.entries import Audience, Citation, Confidence, Entry, NextStep

SPARE_CITATIONS = 2
LONGEST_FIELD = 8000
NEW: Mapping[str, Any] = {
    "topic": "",
    "question": "",
    "ask": "",
    "answer": "",
    "detail": "",
    "citations": [],
    "valid_from": "",
    "valid_to": "",
    "confidence": "B",
    "next": [],
    "audience": "both",
}
DATE_HELP = "请写成 2026-04-15 这样的日期"


@dataclass(slots=True)
class EntryForm:
    """What stands in the fields, and what is wrong with it, by field."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def citations(self) -> list[tuple[str, str]]:
        """Return the rows of law and article, with empty ones to fill in."""
        return [*self.values["citations"], *[("", "")] * SPARE_CITATIONS]


def filled(entry: Entry, phrasings: Sequence[str] = ()) -> EntryForm:
    """Return the form of an entry as it is, with phrasings it does not have yet at the end."""
    known = {key(phrasing) for phrasing in entry.phrasings}
    added = [phrasing for phrasing in phrasings if key(phrasing) not in known]
    return EntryForm(
        {
            "topic": entry.topic,
            "question": entry.question,
            "ask": "\n".join([*entry.ask, *added]),
            "answer": entry.answer,
            "detail": entry.detail,
            "citations": [(cite.law, cite.article or "") for cite in entry.citations],
            "valid_from": entry.valid_from.isoformat() if entry.valid_from else "",
            "valid_to": entry.valid_to.isoformat() if entry.valid_to else "",
            "confidence": entry.confidence.value,
            "next": [step.value for step in entry.next],
            "audience": entry.audience.value,
        }
    )


def empty(phrasings: Sequence[str] = ()) -> EntryForm:
    """Return an empty form, with phrasings already collected."""
    form = EntryForm(dict(NEW))
    form.values["question"] = phrasings[0] if phrasings else ""
    form.values["ask"] = "\n".join(phrasings[1:])
    return form


def sent(data: MultiMapping[Any]) -> EntryForm:
    """Return the form as it was submitted."""
    values: dict[str, Any] = {name: _text(data, name) for name in NEW}
    rows = zip(_texts(data, "law"), _texts(data, "article"), strict=False)
    values["citations"] = [(law, article) for law, article in rows if law or article]
    values["next"] = [step for step in _texts(data, "next") if step in set(NextStep)]
    return EntryForm(values)


def entry_in(form: EntryForm, *, item_id: str) -> Entry | None:
    """Return the entry in a form, or None with `errors` where a field cannot be read at all."""
    values = form.values
    days = {name: _day(form, name) for name in ("valid_from", "valid_to")}
    if any(not law for law, _ in values["citations"]):
        form.errors["citations"] = "有一行只写了条号，请选法规"
    for name, kind in (("confidence", Confidence), ("audience", Audience)):
        if values[name] not in set(kind):
            form.errors[name] = "请选一项"
    if form.errors:
        return None
    return Entry(
        id=item_id,
        topic=values["topic"],
        question=values["question"],
        ask=tuple(line.strip() for line in values["ask"].splitlines() if line.strip()),
        answer=values["answer"],
        detail=values["detail"],
        citations=tuple(Citation(law, article or None) for law, article in values["citations"]),
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
        confidence=Confidence(values["confidence"]),
        next=tuple(NextStep(step) for step in values["next"]),
        audience=Audience(values["audience"]),
    )


def _day(form: EntryForm, name: str) -> date | None:
    text = form.values[name]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        form.errors[name] = DATE_HELP
        return None


def _text(data: MultiMapping[Any], name: str) -> str:
    value = data.get(name, "")
    return _clean(value) if isinstance(value, str) else ""


def _texts(data: MultiMapping[Any], name: str) -> list[str]:
    return [_clean(value) for value in data.getall(name, []) if isinstance(value, str)]


def _clean(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST_FIELD]
