"""Photographs of a draft or a case; the pictures themselves lie sealed in the file store."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class EvidenceKind(StrEnum):
    """What a photograph shows."""

    SCALE = "scale"
    LABEL = "label"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    SCENE = "scene"
    OTHER = "other"


class Evidence(Base):
    """One photograph: it belongs to a draft until that is filed, then to the case.

    `label_right` is the citizen's word on the label that was read; None while not asked or not answered.
    """

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("(draft_id is null) <> (case_id is null)", name="one_owner"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    kind: Mapped[str] = mapped_column(String(16))
    caption: Mapped[str] = mapped_column(String(64), default="")
    label_right: Mapped[bool | None]
    added_at: Mapped[datetime]
