"""Keeps what citizens asked, masked, without who asked."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from sqlalchemy import delete, insert

from core.work import Work
from knowledge.models import AskedQuestion
from knowledge.rules.questions import Asked, kept_key, masked

KEPT_FOR = timedelta(days=400)


def keep(work: Work, *, questions: Sequence[Asked]) -> None:
    """Write a batch of questions."""
    if questions:
        work.session.connection().execute(insert(AskedQuestion), [_row(one) for one in questions])


def sweep(work: Work) -> None:
    """Remove questions older than thirteen months; what the groups counted stays."""
    work.session.execute(delete(AskedQuestion).where(AskedQuestion.at < work.now - KEPT_FOR))


def _row(asked: Asked) -> dict[str, object]:
    text, counted = _kept(asked.text)
    return {
        "at": asked.at,
        "text": text,
        "key": counted,
        "kind": asked.kind,
        "entry_id": asked.entry_id,
        "confidence": round(asked.confidence * 100),
        "chosen_for": _kept(asked.chosen_for)[1],
        "trouble": asked.trouble.value if asked.trouble and counted else "",
        "group_id": None,
    }


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[str, str]:
    """Return a question masked, and the key under which it is counted."""
    hidden = masked(text)
    return hidden, kept_key(hidden)
