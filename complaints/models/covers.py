"""Boxes that cover part of a photograph; the original under them stays whole and sealed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class PhotoCover(Base):
    """A black box over a photograph, in thousandths of its width and height; lifted ones are kept as history."""

    __tablename__ = "photo_covers"
    __table_args__ = (
        CheckConstraint('0 <= "left" and "left" < "right" and "right" <= 1000', name="across"),
        CheckConstraint("0 <= top and top < bottom and bottom <= 1000", name="down"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), index=True)
    left: Mapped[int]
    top: Mapped[int]
    right: Mapped[int]
    bottom: Mapped[int]
    drawn_by: Mapped[str] = mapped_column(String(64))
    drawn_at: Mapped[datetime]
    lifted_by: Mapped[str | None] = mapped_column(String(64))
    lifted_at: Mapped[datetime | None]
