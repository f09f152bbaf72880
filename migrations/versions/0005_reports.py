"""Reports: draft versions, what a case tells beyond its goods, links, ratings, urges and wishes to reopen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from core.database import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
def _case_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("category", sa.String(16), nullable=True),
        sa.Column("channel", sa.String(16), nullable=True),
        sa.Column("scale_number", sa.String(64), nullable=True),
        sa.Column("has_receipt", sa.Boolean(), nullable=True),
        sa.Column("may_publish", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("may_delegate", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("notice_version", sa.String(16), nullable=False, server_default=""),
        sa.Column("signs", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("urged_at", Moment(), nullable=True),
        sa.Column("urges", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reopening_wanted_at", Moment(), nullable=True),
        sa.Column("silence_told_for", sa.Date(), nullable=True),
    )


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("drafts", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    for column in _case_columns():
        op.add_column("cases", column)
    op.create_index("ix_cases_scale_number", "cases", ["scale_number"])
    op.create_table(
        "case_links",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("first_id", _KEY, nullable=False),
        sa.Column("second_id", _KEY, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_case_links_in_order")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["cases.id"], name=op.f("fk_case_links_first_id_cases"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["cases.id"], name=op.f("fk_case_links_second_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_links")),
        sa.UniqueConstraint("first_id", "second_id", "kind", name=op.f("uq_case_links_first_id_second_id_kind")),
    )
    op.create_index("ix_case_links_second_id", "case_links", ["second_id"])
    op.create_table(
        "case_ratings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("case_id", _KEY, nullable=False),
        sa.Column("ending_id", _KEY, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("rated_at", Moment(), nullable=False),
        sa.CheckConstraint("score between 1 and 5", name=op.f("ck_case_ratings_score")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_ratings_case_id_cases"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ending_id"],
            ["case_events.id"],
            name=op.f("fk_case_ratings_ending_id_case_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_ratings")),
        sa.UniqueConstraint("case_id", "ending_id", name=op.f("uq_case_ratings_case_id_ending_id")),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("case_ratings")
    op.drop_table("case_links")
    op.drop_index("ix_cases_scale_number", "cases")
    for column in reversed(_case_columns()):
        op.drop_column("cases", column.name)
    op.drop_column("drafts", "version")
