"""Keeps what citizens asked, masked, without who asked."""

from collections.abc import Sequence

from sqlalchemy import insert

from core.work import Work
from knowledge.models import AskedQuestion
from knowledge.rules.questions import Asked, kept_key, masked


def keep(work: Work, *, questions: Sequence[Asked]) -> None:
    """Write a batch of questions."""
    if questions:
        work.session.execute(insert(AskedQuestion), [_row(one) for one in questions])


def _row(asked: Asked) -> dict[str, object]:
    text = masked(asked.text)
    return {
        "at": asked.at,
        "text": text,
        "key": kept_key(text),
        "kind": asked.kind,
        "entry_id": asked.entry_id,
        "confidence": round(asked.confidence * 100),
        "chosen_for": kept_key(masked(asked.chosen_for)),
        "trouble": asked.trouble.value if asked.trouble and kept_key(text) else "",
        "group_id": None,
    }
