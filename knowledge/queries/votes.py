"""Votes counted, by entry and by version, and what people said beside them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Integer, cast, func, select

from core.work import Reading
from knowledge.models import ItemVersion, Vote
from knowledge.rules.votes import Tally, UselessReason

PAGE = 50

_COUNTS = (
    func.sum(cast(Vote.useful, Integer)),
    func.sum(1 - cast(Vote.useful, Integer)),
    *(
        func.sum(cast(Vote.reason == reason.value, Integer))
        for reason in (UselessReason.MISSED, UselessReason.UNCLEAR, UselessReason.WRONG)
    ),
)


def tallies(reading: Reading, *, item_ids: Sequence[str], since: date | None = None) -> dict[str, Tally]:
    """Return the votes on entries, by id; entries nobody voted on are left out."""
    query = select(Vote.item_id, *_COUNTS).where(Vote.item_id.in_(item_ids)).group_by(Vote.item_id)
    if since is not None:
        query = query.where(Vote.day >= since)
    return {row[0]: Tally(*(int(count) for count in row[1:])) for row in reading.session.execute(query)}


def by_version(reading: Reading, *, item_id: str) -> dict[int, Tally]:
    """Return the votes on one entry, by the number of the version that was read."""
    rows = reading.session.execute(
        select(ItemVersion.number, *_COUNTS)
        .join(Vote, Vote.version_id == ItemVersion.id)
        .where(Vote.item_id == item_id)
        .group_by(ItemVersion.number)
        .order_by(ItemVersion.number)
    )
    return {row[0]: Tally(*(int(count) for count in row[1:])) for row in rows}


def worst(reading: Reading, *, since: date, limit: int = PAGE) -> list[tuple[str, Tally]]:
    """Return the entries called useless most often since a day, with their votes."""
    useless = _COUNTS[1]
    rows = reading.session.execute(
        select(Vote.item_id, *_COUNTS)
        .where(Vote.day >= since)
        .group_by(Vote.item_id)
        .having(useless > 0)
        .order_by(useless.desc(), Vote.item_id)
        .limit(limit)
    )
    return [(row[0], Tally(*(int(count) for count in row[1:]))) for row in rows]


def words(reading: Reading, *, item_id: str, limit: int = PAGE) -> Sequence[Vote]:
    """Return the votes against an entry that say why, the latest first."""
    return reading.session.scalars(
        select(Vote)
        .where(Vote.item_id == item_id, Vote.useful.is_(False), Vote.reason != UselessReason.UNSAID.value)
        .order_by(Vote.id.desc())
        .limit(limit)
    ).all()
