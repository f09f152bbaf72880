"""Notices about laws that end: those nobody has dealt with, and those laid aside."""

from dataclasses import dataclass

from sqlalchemy import func, select

from core.work import Reading
from knowledge.models import ItemVersion, LawNotice
from knowledge.rules.versions import title

PAGE = 100


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice with the question of the answer it is about."""

    notice: LawNotice
    title: str


def unsettled(reading: Reading) -> int:
    """Return how many notices nobody has dealt with."""
    return reading.session.scalar(select(func.count()).where(LawNotice.settled_at.is_(None))) or 0


def notices(reading: Reading, *, settled: bool = False, limit: int = PAGE) -> list[NoticeLine]:
    """Return notices: those open, the law that ends first on top; or those settled, the latest first."""
    query = select(LawNotice, ItemVersion.body).join(ItemVersion, ItemVersion.id == LawNotice.version_id)
    if settled:
        query = query.where(LawNotice.settled_at.is_not(None)).order_by(LawNotice.settled_at.desc())
    else:
        query = query.where(LawNotice.settled_at.is_(None))
        query = query.order_by(LawNotice.ends_on.is_(None), LawNotice.ends_on)
    rows = reading.session.execute(query.order_by(LawNotice.id).limit(limit))
    return [NoticeLine(notice, title(body)) for notice, body in rows]
