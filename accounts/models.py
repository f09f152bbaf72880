"""Regions and offices, staff, citizens and their consents, the working-day calendar."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class Region(Base):
    """An administrative division: six-digit code; a child's code begins with its parent's significant digits."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), index=True)
    level: Mapped[str] = mapped_column(String(16))
    parent: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))


class Office(Base):
    """A market-regulation office as citizens may call or visit it."""

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32))
    hours: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(128))


class Staff(Base):
    """A member of staff; `region` is the code prefix they are confined to, "" for the whole province."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(32))
    password_hash: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(16))
    region: Mapped[str] = mapped_column(String(6))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    signed_in_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Citizen(Base):
    """A WeChat user by openid; what identifies the person is sealed and kept only as long as a case needs it."""

    __tablename__ = "citizens"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    openid: Mapped[str] = mapped_column(String(64), unique=True)
    followed: Mapped[bool] = mapped_column(default=True)
    name: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    first_seen_at: Mapped[datetime]
    privacy_shown_at: Mapped[datetime | None]


class Consent(Base):
    """A consent a citizen gave or withdrew, with the version of the notice they saw."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("openid", "kind", "version"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    openid: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    version: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class CalendarDay(Base):
    """A day that differs from the weekday rule: a statutory holiday, or a weekend worked in lieu (调休)."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(String(32))
    source: Mapped[str] = mapped_column(Text)
