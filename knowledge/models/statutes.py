"""Statutes as imported, one row a revision, and their articles."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key

_CURRENT = text("replaced_at IS NULL")


class StatuteText(Base):
    """One revision of a legal text: the current one of a `code` has no `replaced_at`, the older ones are kept.

    `code` is the law's id in laws.yaml; two versions of one law are two codes that `superseded_by` joins. Both ends of
    the validity count. `fingerprint` is what two imports of the same text share.
    """

    __tablename__ = "statutes"
    __table_args__ = (
        UniqueConstraint("code", "revision"),
        Index("ix_statutes_current", "code", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    short: Mapped[str] = mapped_column(String(100))
    number: Mapped[str | None] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(32))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    superseded_by: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[str] = mapped_column(String(1))
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)
    file: Mapped[str] = mapped_column(String(255))
    preamble: Mapped[list[str]] = mapped_column(Json)
    annex: Mapped[list[str]] = mapped_column(Json)
    fingerprint: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class StatuteArticle(Base):
    """One article of one revision; `main` and `sub` are its number (第九条之一 is 9 and 1).

    `place` holds the headings above it, one a line; `text` its paragraphs, an empty line between two of them.
    """

    __tablename__ = "statute_articles"
    __table_args__ = (
        UniqueConstraint("statute_id", "main", "sub"),
        CheckConstraint("main > 0 AND sub >= 0", name="number"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    statute_id: Mapped[int] = mapped_column(ForeignKey("statutes.id", ondelete="CASCADE"))
    main: Mapped[int]
    sub: Mapped[int]
    number: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
