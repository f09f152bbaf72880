"""Instruments in use at merchants, and every verification they have had."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class Instrument(Base):
    """A measuring instrument at a merchant; `kind` is the catalogue's id, "" where the catalogue does not know it."""

    __tablename__ = "instruments"
    __table_args__ = (UniqueConstraint("merchant_id", "serial"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    kind: Mapped[str] = mapped_column(String(48))
    name: Mapped[str] = mapped_column(String(64))
    maker: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(64))
    serial: Mapped[str] = mapped_column(String(64), index=True)
    place: Mapped[str] = mapped_column(String(128))
    active: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Verification(Base):
    """One verification: its certificate, its day, and until when it holds (that day included).

    A passed one without `valid_until` is a first verification only, as for glass thermometers; a failed one never
    has it.
    """

    __tablename__ = "verifications"
    __table_args__ = (
        CheckConstraint("result = 'passed' OR valid_until IS NULL", name="failed_never_holds"),
        CheckConstraint("valid_until IS NULL OR valid_until >= verified_on", name="holds_forward"),
        Index("ix_verifications_instrument_id_verified_on", "instrument_id", "verified_on", "id"),
        Index("ix_verifications_valid_until", "valid_until"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    certificate_no: Mapped[str] = mapped_column(String(64), unique=True)
    verified_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str] = mapped_column(String(16))
    institution: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[datetime]
