"""The demonstration's questions, votes and a draft in review, so that the editors' screens have something to show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import func, select
from yaml import safe_load

from core.work import Actor, Work
from knowledge.models import AskedQuestion
from knowledge.queries import versions
from knowledge.rules.entries import Content
from knowledge.rules.questions import Asked
from knowledge.rules.votes import UselessReason
from knowledge.services import asking, editing, feedback, reviewing

ROWS = Path(__file__).with_name("demo.yaml")
EDITED = "scale-verification-cycle"
PHRASING = "早市上那种小电子秤几年一检"
# Each follower's word on an answer, in turn.
VOTES = {
    "short-weight-what-to-do": (True, True, False, True, True),
    "water-meter-life": (True, False, False, True, False),
    "tipoff-reward": (True, True, True, True, False),
}
WHY = (
    (UselessReason.MISSED, ""),
    (UselessReason.OTHER, "字太多，看了半天"),
    (UselessReason.UNCLEAR, ""),
)


class QuestionRow(BaseModel):
    """A question as written in demo.yaml, and how many days ago it was asked, once for each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: str
    kind: str
    confidence: float
    ago: list[int]
    entry: str | None = None


def seed(work: Work, *, followers: Sequence[str], editor: Actor, content: Content) -> None:
    """Fill in questions, votes and a draft, dated around now; nothing where questions were asked before."""
    if work.session.scalar(select(func.count()).select_from(AskedQuestion)):
        return
    rows = TypeAdapter(list[QuestionRow]).validate_python(safe_load(ROWS.read_text(encoding="utf-8")))
    asked = [_asked(work, row, ago) for row in rows for ago in row.ago]
    asking.keep(work, questions=sorted(asked, key=lambda one: one.at))
    _vote(work, followers)
    _edit(replace(work, actor=editor), content)


def _asked(work: Work, row: QuestionRow, ago: int) -> Asked:
    at = work.now - timedelta(days=ago, hours=1 + ago % 7, minutes=(len(row.ask) * 7) % 60)
    return Asked(at, row.ask, row.kind, row.entry, row.confidence)


def _vote(work: Work, followers: Sequence[str]) -> None:
    reasons = iter(WHY * len(VOTES))
    for item_id, words in VOTES.items():
        version = versions.published(work, item_id=item_id)
        if version is None:
            continue
        for openid, useful in zip(followers, words, strict=False):
            feedback.vote(work, openid=openid, version_id=version.id, useful=useful)
            if not useful:
                reason, said = next(reasons)
                feedback.explain(work, openid=openid, version_id=version.id, reason=reason, words=said)


def _edit(work: Work, content: Content) -> None:
    """Hand in one more phrasing of an entry, for a colleague to review."""
    published = versions.published(work, item_id=EDITED)
    if published is None:
        return
    entry = versions.as_entry(published)
    draft = editing.save(
        work,
        entry=replace(entry, ask=(*entry.ask, PHRASING)),
        based_on=published.number,
        content=content,
        note="补一种问法",
    )
    reviewing.submit(work, version_id=draft.id)
