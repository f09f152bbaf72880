"""What was read from photographs, and the citizen's word on a label."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from core.database import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the column."""
    op.add_column("evidence", sa.Column("label_right", sa.Boolean(), nullable=True))
    op.create_table(
        "photo_readings",
        sa.Column("file_id", _KEY, nullable=False, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=True),
        sa.Column("is_label", sa.Boolean(), nullable=False),
        sa.Column("label_number", sa.String(64), nullable=False),
        sa.Column("label_valid_until", sa.Date(), nullable=True),
        sa.Column("certificate_no", sa.String(64), nullable=False),
        sa.Column("compared", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("foreign_host", sa.String(128), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_files.id"],
            name=op.f("fk_photo_readings_file_id_stored_files"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_photo_readings")),
    )
    op.create_index("ix_photo_readings_due", "photo_readings", ["state", "next_at"])


def downgrade() -> None:
    """Remove both again."""
    op.drop_table("photo_readings")
    op.drop_column("evidence", "label_right")
