"""The timeline of a case: every step, note, reply and message, in the order it happened."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key


class EventKind(StrEnum):
    """What may stand in a timeline."""

    RECEIVED = "received"
    STEP = "step"
    NOTE = "note"
    REPLY = "reply"
    MESSAGE = "message"
    EVIDENCE = "evidence"
    ASSIGNED = "assigned"
    REGION = "region"
    PLATFORM = "platform"
    TOLD = "told"
    URGED = "urged"
    RATED = "rated"
    UNSATISFIED = "unsatisfied"
    LINKED = "linked"
    OVERDUE = "overdue"


class CaseEvent(Base):
    """One thing that happened: `public_text` is what the citizen reads, `internal_text` what only staff read.

    `version` is the case's version after it, so that a stale form can be told what changed meanwhile.
    """

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    step: Mapped[str | None] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(64))
    public_text: Mapped[str | None] = mapped_column(Text)
    internal_text: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[dict[str, object]] = mapped_column(Json)
