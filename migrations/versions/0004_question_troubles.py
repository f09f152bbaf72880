"""Questions say why they are looked at, and those not looked at yet are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the reason and an index of the questions in no group yet."""
    loose = sa.text("trouble <> '' AND group_id IS NULL")
    op.add_column("asked_questions", sa.Column("trouble", sa.String(16), nullable=False, server_default=""))
    op.create_index(
        "ix_asked_questions_loose", "asked_questions", ["id"], sqlite_where=loose, postgresql_where=loose
    )


def downgrade() -> None:
    """Drop both again."""
    op.drop_index("ix_asked_questions_loose", table_name="asked_questions")
    op.drop_column("asked_questions", "trouble")
