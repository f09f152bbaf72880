"""The photographs of a person's open draft and the label read from one; nobody else's are ever found."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from complaints.models import Draft, Evidence, PhotoReading, ReadingState
from core.work import Reading
from integrity.rules.labels import FIELD_NAMES, MATCH_NAMES, Field, Match


@dataclass(frozen=True, slots=True)
class LabelRead:
    """What was read from a label and waits for its author's word; each row is a field's name and what was found."""

    rows: tuple[tuple[str, str], ...]
    valid_until: date | None


def label(reading: Reading, *, openid: str) -> tuple[LabelRead | None, bool]:
    """Return the label to be confirmed, or None, and whether a photograph is still being read."""
    mine = (
        select(PhotoReading)
        .join(Evidence, Evidence.file_id == PhotoReading.file_id)
        .join(Draft, Draft.id == Evidence.draft_id)
        .where(Draft.openid == openid)
    )
    row = reading.session.scalar(
        mine.where(PhotoReading.is_label, Evidence.label_right.is_(None))
        .order_by(PhotoReading.read_at.desc(), Evidence.id.desc())
        .limit(1)
    )
    waiting = reading.session.scalar(mine.where(PhotoReading.state == ReadingState.WAITING.value).limit(1))
    return (_label(row) if row else None), waiting is not None


def _label(row: PhotoReading) -> LabelRead:
    told = []
    for one in row.compared or []:
        if not one["read"]:
            continue
        beside = MATCH_NAMES[Match(one["match"])]
        wanted = f"（档案是 {one['archived']}）" if one["match"] == Match.DIFFERS.value else ""
        told.append((FIELD_NAMES[Field(one["field"])], f"{one['read']}，{beside}{wanted}"))
    return LabelRead(tuple(told), row.label_valid_until)


def photos(reading: Reading, *, openid: str) -> list[tuple[int, str]]:
    """Return id and kind of each photograph, in the order they came."""
    rows = reading.session.execute(
        select(Evidence.id, Evidence.kind)
        .join(Draft, Draft.id == Evidence.draft_id)
        .where(Draft.openid == openid)
        .order_by(Evidence.id)
        .limit(50)
    )
    return [(photo_id, kind) for photo_id, kind in rows]
