"""What citizens asked, the groups of what was not answered well, and the questions a publication must not unlearn."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key

LONGEST_KEY = 120
_LOOSE = text("trouble <> '' AND group_id IS NULL")


class AskedQuestion(Base):
    """A question as it was asked and what came of it, without who asked; written in batches.

    `chosen_for`: the key of the question we asked back about, where this one is the choice somebody made. `trouble`
    says why it is looked at, "" where nothing is left to look at.
    """

    __tablename__ = "asked_questions"
    __table_args__ = (
        Index("ix_asked_questions_key_at", "key", "at"),
        Index("ix_asked_questions_group_id_id", "group_id", "id"),
        Index("ix_asked_questions_loose", "id", sqlite_where=_LOOSE, postgresql_where=_LOOSE),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    kind: Mapped[str] = mapped_column(String(16))
    entry_id: Mapped[str | None] = mapped_column(String(64), index=True)
    confidence: Mapped[int]
    chosen_for: Mapped[str] = mapped_column(String(LONGEST_KEY))
    trouble: Mapped[str] = mapped_column(String(16))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("question_groups.id"))


class QuestionGroup(Base):
    """Questions that mean the same and were not answered well; `text` is the one asked first.

    `nearest_score` is our confidence in the nearest entry, in hundredths. `answer_id` is the version that will answer
    the group once it is published.
    """

    __tablename__ = "question_groups"
    __table_args__ = (Index("ix_question_groups_state_count", "state", "count", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    count: Mapped[int]
    rejected: Mapped[int]
    unsettled: Mapped[int]
    unsure: Mapped[int]
    useless: Mapped[int]
    nearest_id: Mapped[str | None] = mapped_column(String(64))
    nearest_score: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("knowledge_versions.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[str] = mapped_column(String(64))
    settled_at: Mapped[datetime | None]


class RegressionQuestion(Base):
    """A question with what must come of it: `entry_id` answers, is offered, or (empty) nothing does."""

    __tablename__ = "regression_questions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    entry_id: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    added_by: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    retired_by: Mapped[str] = mapped_column(String(64))
    retired_at: Mapped[datetime | None]
