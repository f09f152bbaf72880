"""The open draft of a person: one each, kept until it is filed or cancelled."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class Draft(Base):
    """What a person has told so far, sealed, and which slot was asked last; `version` grows with every change."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    openid: Mapped[str] = mapped_column(String(64), unique=True)
    facts: Mapped[bytes] = mapped_column(LargeBinary)
    asked: Mapped[str | None] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
