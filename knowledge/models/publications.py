"""What was published when: numbered sets that never change, and the rehearsals before them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key


class Publication(Base):
    """A numbered set of versions. `report` holds the scores old → new; `restores` the number it went back to, or 0."""

    __tablename__ = "knowledge_publications"

    number: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    base: Mapped[int]
    restores: Mapped[int]
    origin: Mapped[str] = mapped_column(String(16))
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime]


class PublicationItem(Base):
    """Which version of an item a publication took, and where it stands among the others."""

    __tablename__ = "knowledge_publication_items"

    number: Mapped[int] = mapped_column(
        ForeignKey("knowledge_publications.number"), primary_key=True, autoincrement=False
    )
    item_id: Mapped[str] = mapped_column(ForeignKey("knowledge_items.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("knowledge_versions.id"), index=True)
    position: Mapped[int]


class Rehearsal(Base):
    """What a publication would change, measured before it; `passed` says that no score is worse.

    `fingerprint` stands for the regression questions it was measured with.
    """

    __tablename__ = "knowledge_rehearsals"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    base: Mapped[int]
    restores: Mapped[int]
    versions: Mapped[list[int]] = mapped_column(Json)
    fingerprint: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    passed: Mapped[bool]
    actor_id: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
