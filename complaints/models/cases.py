"""A case: who reports whom for what, where it stands, and which law order holds for it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key

NEVER = date(9999, 12, 31)


class Case(Base):
    """A complaint or a tip-off.

    Masses in milligrams, volumes in millilitres, money in cents. `contact_*` and `story` are sealed. `due_on` is the
    earliest day of a running clock that may drive alarms, NEVER when none runs. `version` grows with every
    change, so that a stale form is noticed. `region_code` has six digits, "" while the place is not known.
    `may_publish` and `may_delegate` are the consents of the official form, given under `notice_version`. `signs`
    holds facts an officer may weigh (Order 121 Art. 17), never a verdict. `silence_told_for` is the passed day
    the citizen was told about; `reopening_wanted_at` waits for a supervisor.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("openid", "idempotency_key"),
        CheckConstraint("track in ('complaint', 'tipoff')", name="track"),
        Index("ix_cases_queue", "is_open", "due_on", "id"),
        Index("ix_cases_region_queue", "region_code", "status", "due_on", "id"),
        Index("ix_cases_openid_id", "openid", "id"),
        Index("ix_cases_assignee_id_is_open_due_on", "assignee_id", "is_open", "due_on"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    track: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    is_open: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)

    openid: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str] = mapped_column(String(64))
    contact_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_address: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[str | None] = mapped_column(String(32), index=True)

    merchant_id: Mapped[int | None] = mapped_column(ForeignKey("merchants.id"), index=True)
    merchant_name: Mapped[str] = mapped_column(String(128))
    place: Mapped[str] = mapped_column(String(200), default="")
    region_code: Mapped[str] = mapped_column(String(6), default="")
    product: Mapped[str] = mapped_column(String(64))
    claimed_mg: Mapped[int | None] = mapped_column(Key)
    measured_mg: Mapped[int | None] = mapped_column(Key)
    claimed_ml: Mapped[int | None] = mapped_column(Key)
    measured_ml: Mapped[int | None] = mapped_column(Key)
    method: Mapped[str | None] = mapped_column(String(64))
    unit_price_cents_per_kg: Mapped[int | None] = mapped_column(Key)
    paid_cents: Mapped[int | None] = mapped_column(Key)
    bought_on: Mapped[date | None]
    demand: Mapped[str] = mapped_column(Text, default="")
    story: Mapped[bytes | None] = mapped_column(LargeBinary)
    assessment: Mapped[dict[str, object] | None] = mapped_column(Json)
    category: Mapped[str | None] = mapped_column(String(16))
    channel: Mapped[str | None] = mapped_column(String(16))
    scale_number: Mapped[str | None] = mapped_column(String(64), index=True)
    has_receipt: Mapped[bool | None]
    may_publish: Mapped[bool] = mapped_column(default=False)
    may_delegate: Mapped[bool] = mapped_column(default=False)
    notice_version: Mapped[str] = mapped_column(String(16), default="")
    signs: Mapped[dict[str, object] | None] = mapped_column(Json)

    received_at: Mapped[datetime]
    law_order: Mapped[str] = mapped_column(String(64))
    due_on: Mapped[date] = mapped_column(default=NEVER)
    platform_number: Mapped[str | None] = mapped_column(String(32))
    assignee_id: Mapped[str | None] = mapped_column(String(64))
    assignee_name: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    urged_at: Mapped[datetime | None]
    urges: Mapped[int] = mapped_column(default=0)
    reopening_wanted_at: Mapped[datetime | None]
    silence_told_for: Mapped[date | None]
