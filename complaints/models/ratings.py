"""How citizens found the handling of their case, once for each time it ended."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class Rating(Base):
    """One to five points for one ending of a case (the event that ended it), with a sealed reason."""

    __tablename__ = "case_ratings"
    __table_args__ = (
        UniqueConstraint("case_id", "ending_id"),
        CheckConstraint("score between 1 and 5", name="score"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    ending_id: Mapped[int] = mapped_column(ForeignKey("case_events.id", ondelete="CASCADE"))
    score: Mapped[int]
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    rated_at: Mapped[datetime]
