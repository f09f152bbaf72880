"""Rehearsals: one, and the latest, so that a person finds again what was measured."""

from collections.abc import Sequence

from sqlalchemy import select

from core.work import Reading
from knowledge.errors import PublicationNotFound
from knowledge.models import Rehearsal

SHOWN = 10


def rehearsal(reading: Reading, *, rehearsal_id: int) -> Rehearsal:
    """Return a rehearsal.

    Raises:
        PublicationNotFound: there is none.
    """
    found = reading.session.get(Rehearsal, rehearsal_id)
    if found is None:
        raise PublicationNotFound("没有这次试运行，可能链接有误。", rehearsal_id=rehearsal_id)
    return found


def rehearsals(reading: Reading, *, limit: int = SHOWN) -> Sequence[Rehearsal]:
    """Return the latest rehearsals, the latest first."""
    return reading.session.scalars(select(Rehearsal).order_by(Rehearsal.id.desc()).limit(limit)).all()


def made_after(reading: Reading, *, actor_id: str, after: int) -> Rehearsal | None:
    """Return the first rehearsal of a person that is later than the one with the id `after`."""
    return reading.session.scalar(
        select(Rehearsal)
        .where(Rehearsal.actor_id == actor_id, Rehearsal.id > after)
        .order_by(Rehearsal.id)
        .limit(1)
    )
