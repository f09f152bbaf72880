"""Statutes, one row a revision, and their articles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from core.database import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    lines = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "statutes",
        sa.Column("id", key, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("short", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.String(length=64), nullable=True),
        sa.Column("confidence", sa.String(length=1), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("preamble", lines, nullable=False),
        sa.Column("annex", lines, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("replaced_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to",
            name=op.f("ck_statutes_validity"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statutes")),
        sa.UniqueConstraint("code", "revision", name=op.f("uq_statutes_code_revision")),
    )
    current = sa.text("replaced_at IS NULL")
    op.create_index(
        "ix_statutes_current", "statutes", ["code"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_table(
        "statute_articles",
        sa.Column("id", key, nullable=False),
        sa.Column("statute_id", key, nullable=False),
        sa.Column("main", sa.Integer(), nullable=False),
        sa.Column("sub", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("main > 0 AND sub >= 0", name=op.f("ck_statute_articles_number")),
        sa.ForeignKeyConstraint(
            ["statute_id"],
            ["statutes.id"],
            name=op.f("fk_statute_articles_statute_id_statutes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_articles")),
        sa.UniqueConstraint("statute_id", "main", "sub", name=op.f("uq_statute_articles_statute_id_main_sub")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("statute_articles")
    op.drop_index("ix_statutes_current", table_name="statutes")
    op.drop_table("statutes")
