"""What the conversation remembers: where a person is, which messages were answered, which photographs are awaited."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class Conversation(Base):
    """Where a person's conversation stands: whether a draft is being filled in, and the topic one may come back to."""

    __tablename__ = "conversations"

    openid: Mapped[str] = mapped_column(String(64), primary_key=True)
    filling: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[bytes | None] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime]


class AnsweredMessage(Base):
    """A message that had an effect, with the reply it got; the same key gets the same reply."""

    __tablename__ = "answered_messages"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    reply: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)


class PendingMedia(Base):
    """A photograph a person sent, to be fetched from the platform before it is gone (three days)."""

    __tablename__ = "pending_media"
    __table_args__ = (Index("ix_pending_media_due", "status", "next_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    message_key: Mapped[str] = mapped_column(String(128), unique=True)
    openid: Mapped[str] = mapped_column(String(64), index=True)
    media_id: Mapped[str] = mapped_column(String(256))
    status: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]


class PlatformToken(Base):
    """The platform's access token, shared by all processes; a higher version replaces a lower one."""

    __tablename__ = "platform_tokens"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]
    renew_at: Mapped[datetime]
