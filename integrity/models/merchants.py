"""Merchants as registered and as people know them, and the followers who hear from us for them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key

PHONE_PLACE = "merchants.phone"


class Merchant(Base):
    """A registered business at one place of trade.

    `name` is the registered name, `sign_name` what stands over the door; `name_key` and `sign_key` are the same
    normalised, for exact look-up; `market` and `stall` are empty outside markets.
    """

    __tablename__ = "merchants"
    __table_args__ = (
        Index("ix_merchants_region_code_id", "region_code", "id"),
        Index("ix_merchants_name_key", "name_key"),
        Index("ix_merchants_sign_key", "sign_key"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(128))
    sign_name: Mapped[str] = mapped_column(String(64))
    name_key: Mapped[str] = mapped_column(String(128))
    sign_key: Mapped[str] = mapped_column(String(64))
    trade: Mapped[str] = mapped_column(String(32))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    address: Mapped[str] = mapped_column(String(128))
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    market: Mapped[str] = mapped_column(String(64))
    stall: Mapped[str] = mapped_column(String(32))
    active: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class MerchantContact(Base):
    """A follower bound to a merchant: who receives its reminders and sees its devices."""

    __tablename__ = "merchant_contacts"
    __table_args__ = (UniqueConstraint("merchant_id", "openid"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"))
    openid: Mapped[str] = mapped_column(String(64), index=True)
    role: Mapped[str] = mapped_column(String(16))
    bound_at: Mapped[datetime]
