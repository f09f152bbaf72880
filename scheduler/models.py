"""The outbox, the reminder ledger, receipts, the day's budget and the runs of jobs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key
from scheduler.rules import OutboxStatus, ReminderStatus


class Reminder(Base):
    """One line of the ledger: this subject, this cycle, this stage, this person, ever only once.

    Nobody to write to is an empty `recipient`, because a NULL would not be unique.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "cycle", "stage", "recipient"),
        Index(None, "status", "id"),
        Index(None, "planned_on", "stage", "status"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    cycle: Mapped[str] = mapped_column(String(64))
    stage: Mapped[int] = mapped_column(Integer)
    recipient: Mapped[str] = mapped_column(String(64))
    due_on: Mapped[date] = mapped_column(Date)
    region_code: Mapped[str] = mapped_column(String(12))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(32))
    planned_on: Mapped[date] = mapped_column(Date)
    planned_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class OutboxMessage(Base):
    """A message that must leave once. `content` is sealed.

    `exposed_at` is since when the carrier may have taken it unnoticed; a definite refusal clears it.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index(
            None,
            "rank",
            "not_before",
            "id",
            sqlite_where=text("status IN ('pending', 'sending')"),
            postgresql_where=text("status IN ('pending', 'sending')"),
        ),
        Index(None, "status", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(String(16))
    dedup_key: Mapped[str] = mapped_column(String(128), unique=True)
    client_msg_id: Mapped[str] = mapped_column(String(64), unique=True)
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("reminders.id"), index=True)
    rank: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(16), default=OutboxStatus.PENDING.value)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    not_before: Mapped[datetime]
    exposed_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str] = mapped_column(String(64), default="")
    provider_id: Mapped[str] = mapped_column(String(64), default="", index=True)
    last_error: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Receipt(Base):
    """What the carrier reported about a message; it may come before the message's own answer is settled."""

    __tablename__ = "delivery_receipts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(64), unique=True)
    delivered: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime]


class SendBudget(Base):
    """How many reminders have been handed out on a day (Asia/Shanghai), counted before they are sent."""

    __tablename__ = "send_budgets"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    used: Mapped[int] = mapped_column(Integer)


class JobRun(Base):
    """One run of a job for one slot; `epoch` grows with every holder, so that a former one is recognised."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    job: Mapped[str] = mapped_column(String(64))
    slot: Mapped[str] = mapped_column(String(32))
    epoch: Mapped[int] = mapped_column(Integer)
    lease_until: Mapped[datetime]
    began_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any]] = mapped_column(Json)


OPEN = (OutboxStatus.PENDING.value, OutboxStatus.SENDING.value)
LEDGER_COLUMNS = tuple(status.value for status in ReminderStatus)
