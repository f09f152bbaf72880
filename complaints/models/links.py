"""Cases that belong together: two tracks of one report, the same matter told by others."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key


class LinkKind(StrEnum):
    """Why two cases stand together: TWIN two tracks of one report, RELATED the same matter told by others."""

    TWIN = "twin"
    RELATED = "related"


class CaseLink(Base):
    """A pair of cases; the earlier one stands first, so that a pair exists once."""

    __tablename__ = "case_links"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id", "kind"),
        CheckConstraint("first_id < second_id", name="in_order"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]
