"""Boxes that cover parts of photographs."""

import sqlalchemy as sa
from alembic import op

from core.database import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "photo_covers",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("evidence_id", _KEY, nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("bottom", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.String(64), nullable=False),
        sa.Column("drawn_at", Moment(), nullable=False),
        sa.Column("lifted_by", sa.String(64), nullable=True),
        sa.Column("lifted_at", Moment(), nullable=True),
        sa.CheckConstraint(
            '0 <= "left" and "left" < "right" and "right" <= 1000', name=op.f("ck_photo_covers_across")
        ),
        sa.CheckConstraint("0 <= top and top < bottom and bottom <= 1000", name=op.f("ck_photo_covers_down")),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_photo_covers_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_covers")),
    )
    op.create_index("ix_photo_covers_evidence_id", "photo_covers", ["evidence_id"])


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("photo_covers")
