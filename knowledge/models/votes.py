"""有用 and 没用, with a reason, without who said so."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class Vote(Base):
    """One person's word on one answer on one day; a later word that day replaces it. `voter` is a blind index."""

    __tablename__ = "knowledge_votes"
    __table_args__ = (
        UniqueConstraint("voter", "item_id", "day"),
        Index("ix_knowledge_votes_item_id_version_id", "item_id", "version_id"),
        Index("ix_knowledge_votes_day", "day"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    voter: Mapped[str] = mapped_column(String(32))
    day: Mapped[date] = mapped_column(Date)
    item_id: Mapped[str] = mapped_column(ForeignKey("knowledge_items.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("knowledge_versions.id"))
    useful: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("question_groups.id"), index=True)
    at: Mapped[datetime]
