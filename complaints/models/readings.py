"""What was read from a photograph: codes, printed lines, the verification label among them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json


class ReadingState(StrEnum):
    """Where reading a photograph stands: FAILED is given up, the photograph itself stays."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


class PhotoReading(Base):
    """The reading of one kept photograph, once for all cases that show it.

    `seen` holds codes and lines, sealed, for receipts name people. `certificate_no` is the archive's record the label
    or a code led to, "" where none; `compared` one row per field (field, read, archived, match).
    """

    __tablename__ = "photo_readings"
    __table_args__ = (Index("ix_photo_readings_due", "state", "next_at"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    seen: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_label: Mapped[bool] = mapped_column(default=False)
    label_number: Mapped[str] = mapped_column(String(64), default="")
    label_valid_until: Mapped[date | None]
    certificate_no: Mapped[str] = mapped_column(String(64), default="")
    compared: Mapped[list[dict[str, str]] | None] = mapped_column(Json)
    foreign_host: Mapped[str] = mapped_column(String(128), default="")
    read_at: Mapped[datetime | None]
