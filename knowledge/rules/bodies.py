"""Entries and rows of synonyms as plain JSON, the form in which versions keep them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.rules.entries import Audience, Citation, Confidence, Entry, NextStep
from knowledge.rules.synonyms import Wording


def body_of_entry(entry: Entry) -> dict[str, Any]:
    """Return an entry, without its id, as JSON."""
    return {
        "topic": entry.topic,
        "question": entry.question,
        "ask": list(entry.ask),
        "answer": entry.answer,
        "detail": entry.detail,
        "citations": [{"law": cite.law, "article": cite.article} for cite in entry.citations],
        "valid_from": _written(entry.valid_from),
        "valid_to": _written(entry.valid_to),
        "confidence": entry.confidence.value,
        "next": [step.value for step in entry.next],
        "audience": entry.audience.value,
    }


def entry_of(item_id: str, body: Mapping[str, Any]) -> Entry:
    """Return the entry that `body` keeps."""
    return Entry(
        id=item_id,
        topic=body["topic"],
        question=body["question"],
        ask=tuple(body["ask"]),
        answer=body["answer"],
        detail=body["detail"],
        citations=tuple(Citation(cite["law"], cite["article"]) for cite in body["citations"]),
        valid_from=_read(body["valid_from"]),
        valid_to=_read(body["valid_to"]),
        confidence=Confidence(body["confidence"]),
        next=tuple(NextStep(step) for step in body["next"]),
        audience=Audience(body["audience"]),
    )


def body_of_wording(wording: Wording) -> dict[str, Any]:
    """Return a row of synonyms, without its id, as JSON."""
    return {"say": list(wording.say), "mean": wording.mean}


def wording_of(item_id: str, body: Mapping[str, Any]) -> Wording:
    """Return the row of synonyms that `body` keeps."""
    return Wording(id=item_id, say=tuple(body["say"]), mean=body["mean"])


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
