"""Server-side sessions: a random cookie per door, a row that can be revoked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aiohttp import web
from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key
from core.work import Reading, Work


class Door(StrEnum):
    """The doors that know who looks, each with a cookie and a lifetime of its own."""

    H5 = "h5"
    CONSOLE = "console"


LIFETIME = {Door.H5: timedelta(days=7), Door.CONSOLE: timedelta(hours=10)}
IDLE = {Door.H5: timedelta(days=2), Door.CONSOLE: timedelta(hours=2)}
TOUCH_EVERY = timedelta(minutes=5)


class WebSession(Base):
    """A browser that came through a door; only the hash of its cookie is kept."""

    __tablename__ = "web_sessions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    door: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(64), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, object]] = mapped_column(Json)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Visit:
    """A live session as handlers see it: whose it is, its form token and its facts."""

    id: int
    door: Door
    subject: str
    csrf: str
    facts: dict[str, object]
    seen_at: datetime


VISIT = web.RequestKey("visit", Visit)


def cookie_name(door: Door) -> str:
    """Return the name of a door's cookie."""
    return f"quanheng_{door.value}"


def begin(work: Work, *, door: Door, subject: str, facts: dict[str, object] | None = None) -> str:
    """Open a session for `subject` (staff id or openid) and return the cookie's value; it is never stored."""
    token = work.ids.token(32)
    work.session.add(
        WebSession(
            token_hash=_hashed(token),
            door=door.value,
            subject=subject,
            csrf=work.ids.token(24),
            facts=facts or {},
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + LIFETIME[door],
        )
    )
    work.session.flush()
    return token


def find(reading: Reading, *, door: Door, token: str) -> Visit | None:
    """Return the live session behind a cookie, or None when it ended, idled out or never was."""
    row = reading.session.scalar(
        select(WebSession).where(WebSession.token_hash == _hashed(token), WebSession.door == door.value)
    )
    if row is None or row.expires_at <= reading.now or row.seen_at + IDLE[door] <= reading.now:
        return None
    return Visit(
        id=row.id, door=door, subject=row.subject, csrf=row.csrf, facts=row.facts, seen_at=row.seen_at
    )


def touch(work: Work, *, visit: Visit) -> None:
    """Note that a session is in use."""
    work.session.execute(update(WebSession).where(WebSession.id == visit.id).values(seen_at=work.now))


def end(work: Work, *, visit: Visit) -> None:
    """End one session."""
    work.session.execute(delete(WebSession).where(WebSession.id == visit.id))


def end_all(work: Work, *, door: Door, subject: str) -> None:
    """End every session of a person at a door, as after a change of password or role."""
    work.session.execute(
        delete(WebSession).where(WebSession.door == door.value, WebSession.subject == subject)
    )


def sweep(work: Work) -> None:
    """Remove sessions past their lifetime."""
    work.session.execute(delete(WebSession).where(WebSession.expires_at <= work.now))


def set_cookie(response: web.StreamResponse, *, door: Door, token: str, secure: bool) -> None:
    """Hand the browser its session's cookie, readable by the server only and bound to the door's path."""
    response.set_cookie(
        cookie_name(door),
        token,
        path=f"/{door.value}",
        max_age=int(LIFETIME[door].total_seconds()),
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def forget_cookie(response: web.StreamResponse, *, door: Door) -> None:
    """Take the session's cookie back from the browser."""
    response.del_cookie(cookie_name(door), path=f"/{door.value}")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
