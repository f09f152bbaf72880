"""Answers and rows of synonyms in every version that was saved, and what people did with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key
from knowledge.rules.versions import OPEN

_OPEN = ", ".join(f"'{state.value}'" for state in OPEN)
_IS_OPEN = text(f"state IN ({_OPEN}) AND origin <> 'shipped'")
_IS_PUBLISHED = text("state = 'published'")


class KnowledgeItem(Base):
    """An answer or a row of synonyms; `shipped_digest` is what the program last brought for it, "" for our own."""

    __tablename__ = "knowledge_items"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    shipped_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class ItemVersion(Base):
    """One saved version: its body never changes, only its state does.

    `removes`: publishing it takes the item away. An item has at most one published version and, beside what a new
    program brought, one open version.
    """

    __tablename__ = "knowledge_versions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        Index(
            "uq_knowledge_versions_open",
            "item_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(
            "uq_knowledge_versions_published",
            "item_id",
            unique=True,
            sqlite_where=_IS_PUBLISHED,
            postgresql_where=_IS_PUBLISHED,
        ),
        Index("ix_knowledge_versions_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("knowledge_items.id"))
    number: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    removes: Mapped[bool]
    origin: Mapped[str] = mapped_column(String(16))
    based_on: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    author_kind: Mapped[str] = mapped_column(String(16))
    author_id: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class VersionStep(Base):
    """What somebody did with a version: submitted, approved, sent back, discarded, published."""

    __tablename__ = "knowledge_steps"
    __table_args__ = (Index("ix_knowledge_steps_version_id_id", "version_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("knowledge_versions.id"))
    at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
