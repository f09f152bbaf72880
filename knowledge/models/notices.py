"""Notices to editors that a law an answer rests on ends or has ended."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class LawNotice(Base):
    """One version that cites one law which ends; settled by a person, or by itself once it no longer holds."""

    __tablename__ = "knowledge_notices"
    __table_args__ = (UniqueConstraint("version_id", "law_id", "kind"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    item_id: Mapped[str] = mapped_column(ForeignKey("knowledge_items.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("knowledge_versions.id"))
    law_id: Mapped[str] = mapped_column(String(64))
    articles: Mapped[str] = mapped_column(Text)
    ends_on: Mapped[date | None] = mapped_column(Date)
    successor: Mapped[str] = mapped_column(String(64))
    raised_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
