"""Photographs people sent: noted at once, fetched by a job, kept sealed, handed to the draft or the case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update

from bot.messages import Inbound
from bot.models import PendingMedia
from core.work import Work

LEASE = timedelta(minutes=2)
KEPT_WITHOUT_DRAFT = timedelta(days=1)
MAX_ATTEMPTS = 6
BATCH = 8


class MediaStatus(StrEnum):
    """Where a photograph stands: without a draft it waits for one, a day at most."""

    LOOSE = "loose"
    AWAITED = "awaited"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A photograph to be fetched now."""

    id: int
    openid: str
    media_id: str
    attempts: int
    received_at: datetime


def await_photo(work: Work, inbound: Inbound) -> None:
    """Note a photograph in the same transaction as the reply that promises to keep it."""
    work.session.add(
        PendingMedia(
            message_key=inbound.key,
            openid=inbound.openid,
            media_id=inbound.media_id,
            status=MediaStatus.AWAITED.value,
            attempts=0,
            next_at=work.now,
            error="",
            received_at=work.now,
        )
    )
    work.session.flush()


def adopt(work: Work, *, openid: str) -> None:
    """Let photographs that came before the report belong to it."""
    work.session.execute(
        update(PendingMedia)
        .where(
            PendingMedia.openid == openid,
            PendingMedia.status == MediaStatus.LOOSE.value,
            PendingMedia.received_at > work.now - KEPT_WITHOUT_DRAFT,
        )
        .values(status=MediaStatus.AWAITED.value, next_at=work.now)
    )


def claim(work: Work) -> list[Awaited]:
    """Take up to eight photographs to fetch; a worker that dies loses them after two minutes to another."""
    rows = work.session.scalars(
        select(PendingMedia)
        .where(PendingMedia.status == MediaStatus.AWAITED.value, PendingMedia.next_at <= work.now)
        .order_by(PendingMedia.next_at, PendingMedia.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.attempts += 1
        row.next_at = work.now + LEASE
    work.session.flush()
    return [Awaited(row.id, row.openid, row.media_id, row.attempts, row.received_at) for row in rows]


def settle(work: Work, *, id: int, status: MediaStatus, error: str = "") -> None:  # noqa: A002 (the row's id)
    """Note how fetching ended."""
    row = work.session.get_one(PendingMedia, id)
    row.status, row.error = status.value, error


def retry(work: Work, *, id: int, error: str) -> None:  # noqa: A002 (the row's id)
    """Try again later, each time after twice as long."""
    row = work.session.get_one(PendingMedia, id)
    row.error = error
    row.next_at = work.now + timedelta(seconds=5 * 2**row.attempts)
