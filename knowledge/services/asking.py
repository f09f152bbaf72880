"""Keeps what citizens asked, masked, without who asked."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, insert

from core.work import Work
from knowledge.models import AskedQuestion
from knowledge.rules.questions import Asked, kept_key, masked

KEPT_FOR = timedelta(days=400)


def keep(work: Work, *, questions: Sequence[Asked]) -> None:
    """Write a batch of questions."""
    if questions:
        work.session.execute(insert(AskedQuestion), [_row(one) for one in questions])


def sweep(work: Work) -> None:
    """Remove questions older than thirteen months; what the groups counted stays."""
    work.session.execute(delete(AskedQuestion).where(AskedQuestion.at < work.now - KEPT_FOR))


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
