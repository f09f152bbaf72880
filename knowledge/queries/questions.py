"""Questions as citizens ask them: the groups waiting for an answer, what is asked most, what must not be unlearned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.work import Reading
from knowledge.errors import GroupNotFound
from knowledge.models import AskedQuestion, QuestionGroup, RegressionQuestion, Vote
from knowledge.rules.questions import GroupState, Trouble
from knowledge.rules.regression import Expectation, RegressionKind

PAGE = 50
SAMPLES, SAMPLED_MOST = 4, 5000
LATELY = timedelta(days=30)
LATELY_MOST = 200
KNOWLEDGE_KINDS = ("answer", "clarify", "reject")


@dataclass(frozen=True, slots=True)
class Wordings:
    """One wording of a group: as it was asked, how often, and when last."""

    text: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Hot:
    """A question many ask: one of its texts, how often, and the entry that answered it last ("" for none)."""

    text: str
    count: int
    entry_id: str


def expectations(reading: Reading) -> tuple[Expectation, ...]:
    """Return the regression questions in use, in the order in which they came."""
    rows = reading.session.scalars(
        select(RegressionQuestion)
        .where(RegressionQuestion.retired_at.is_(None))
        .order_by(RegressionQuestion.id)
    )
    return tuple(Expectation(row.text, RegressionKind(row.kind), row.entry_id) for row in rows)


def regression_questions(
    reading: Reading, *, entry_id: str = "", after: int = 0, limit: int = PAGE
) -> Sequence[RegressionQuestion]:
    """Return regression questions in use, of one entry or all, by id after `after`."""
    query = select(RegressionQuestion).where(
        RegressionQuestion.retired_at.is_(None), RegressionQuestion.id > after
    )
    if entry_id:
        query = query.where(RegressionQuestion.entry_id == entry_id)
    return reading.session.scalars(query.order_by(RegressionQuestion.id).limit(limit)).all()


def lately(reading: Reading) -> tuple[str, ...]:
    """Return what was asked most in the last thirty days, for a publication to be tried on."""
    return tuple(one.text for one in hot(reading, since=reading.now - LATELY, limit=LATELY_MOST))


def hot(reading: Reading, *, since: datetime, limit: int = PAGE) -> list[Hot]:
    """Return the questions asked most since a moment, the most frequent first."""
    count = func.count().label("count")
    rows = reading.session.execute(
        select(
            func.min(AskedQuestion.text),
            count,
            func.max(AskedQuestion.entry_id),
        )
        .where(AskedQuestion.at >= since, AskedQuestion.kind.in_(KNOWLEDGE_KINDS))
        .group_by(AskedQuestion.key)
        .order_by(count.desc(), AskedQuestion.key)
        .limit(limit)
    )
    return [Hot(text, number, entry_id or "") for text, number, entry_id in rows]


def hot_entries(reading: Reading, *, since: datetime, limit: int = PAGE) -> list[tuple[str, int]]:
    """Return the entries read most since a moment, with how often."""
    count = func.count().label("count")
    rows = reading.session.execute(
        select(AskedQuestion.entry_id, count)
        .where(AskedQuestion.at >= since, AskedQuestion.entry_id.is_not(None))
        .group_by(AskedQuestion.entry_id)
        .order_by(count.desc(), AskedQuestion.entry_id)
        .limit(limit)
    )
    return [(entry_id, number) for entry_id, number in rows if entry_id]


def groups(
    reading: Reading,
    *,
    state: GroupState = GroupState.OPEN,
    trouble: Trouble | None = None,
    offset: int = 0,
    limit: int = PAGE,
) -> Sequence[QuestionGroup]:
    """Return groups in a state, the largest first; with `trouble`, only those in which it occurs."""
    query = select(QuestionGroup).where(QuestionGroup.state == state.value)
    if trouble is not None:
        query = query.where(getattr(QuestionGroup, trouble.value) > 0)
    query = query.order_by(QuestionGroup.count.desc(), QuestionGroup.id)
    return reading.session.scalars(query.offset(offset).limit(limit)).all()


def group_counts(reading: Reading) -> dict[GroupState, int]:
    """Return how many groups stand in each state."""
    rows = reading.session.execute(select(QuestionGroup.state, func.count()).group_by(QuestionGroup.state))
    found = {GroupState(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in GroupState}


def group(reading: Reading, *, group_id: int) -> QuestionGroup:
    """Return a group.

    Raises:
        GroupNotFound: there is none.
    """
    found = reading.session.get(QuestionGroup, group_id)
    if found is None:
        raise GroupNotFound(group_id=group_id)
    return found


def wordings(reading: Reading, *, group_id: int, limit: int = PAGE) -> list[Wordings]:
    """Return the different ways the questions of a group were asked, the most frequent first."""
    count = func.count().label("count")
    rows = reading.session.execute(
        select(func.min(AskedQuestion.text), count, func.max(AskedQuestion.at))
        .where(AskedQuestion.group_id == group_id)
        .group_by(AskedQuestion.key)
        .order_by(count.desc(), AskedQuestion.key)
        .limit(limit)
    )
    return [Wordings(text, number, last_at) for text, number, last_at in rows]


def samples(reading: Reading, *, group_ids: Sequence[int], each: int = SAMPLES) -> dict[int, list[str]]:
    """Return a few of the ways the questions of each group were asked, the most frequent first."""
    count = func.count().label("count")
    rows = reading.session.execute(
        select(AskedQuestion.group_id, func.min(AskedQuestion.text), count)
        .where(AskedQuestion.group_id.in_(group_ids))
        .group_by(AskedQuestion.group_id, AskedQuestion.key)
        .order_by(count.desc(), AskedQuestion.key)
        .limit(SAMPLED_MOST)
    )
    found: dict[int, list[str]] = {}
    for group_id, text, _ in rows:
        kept = found.setdefault(group_id or 0, [])
        if len(kept) < each:
            kept.append(text)
    return found


def complaints(reading: Reading, *, group_id: int, limit: int = PAGE) -> Sequence[Vote]:
    """Return the votes that called an answer to questions of a group useless, the latest first."""
    query = select(Vote).where(Vote.group_id == group_id).order_by(Vote.id.desc()).limit(limit)
    return reading.session.scalars(query).all()
