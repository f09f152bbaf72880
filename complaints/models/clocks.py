"""The statutory clocks of a case as last computed from its events."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class RunningClock(Base):
    """One clock: started, due, by which rule, and when it was stopped by what had to be done.

    `drives` is false for a rule of confidence C, which is shown and alarms nobody.
    """

    __tablename__ = "running_clocks"
    __table_args__ = (UniqueConstraint("case_id", "clock"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    clock: Mapped[str] = mapped_column(String(32))
    started_on: Mapped[date]
    due_on: Mapped[date]
    days: Mapped[int]
    unit: Mapped[str] = mapped_column(String(16))
    basis: Mapped[str] = mapped_column(String(96))
    law_order: Mapped[str] = mapped_column(String(64))
    confidence: Mapped[str] = mapped_column(String(1))
    provisional: Mapped[bool]
    stopped_at: Mapped[datetime | None]
