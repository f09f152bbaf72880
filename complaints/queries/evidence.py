"""The evidence room: one photograph with its boxes and its reading, and the index of a case's originals."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from complaints.errors import PhotoNotFound
from complaints.models import Case, Draft, Evidence, PhotoCover, PhotoReading
from complaints.queries.scope import within
from core.files import StoredFile
from core.work import Reading

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture is served from: the sealed file and the boxes over it, in thousandths."""

    sha256: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """One original of a case as the evidence index lists it."""

    place: int
    kind: str
    sha256: str
    format: str
    size: int
    added_at: datetime


def shown_to_staff(reading: Reading, *, number: str, photo_id: int) -> Shown:
    """Return a photograph of a case in the actor's region with its boxes. Raises: PhotoNotFound."""
    return _shown(reading, within(reading.actor.region), number, photo_id)


def shown_to_citizen(reading: Reading, *, openid: str, number: str, photo_id: int) -> Shown:
    """Return a photograph of a person's own case with its boxes. Raises: PhotoNotFound."""
    return _shown(reading, Case.openid == openid, number, photo_id)


def shown_in_draft(reading: Reading, *, openid: str, photo_id: int) -> Shown:
    """Return a photograph of a person's own open draft with its boxes. Raises: PhotoNotFound."""
    sha256 = reading.session.scalar(
        select(StoredFile.sha256)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Draft, Draft.id == Evidence.draft_id)
        .where(Draft.openid == openid, Evidence.id == photo_id)
    )
    if sha256 is None:
        raise PhotoNotFound(photo_id=photo_id)
    return Shown(sha256, _boxes(reading, photo_id))


def covers(reading: Reading, *, photo_id: int) -> list[PhotoCover]:
    """Return every box ever drawn over a photograph, the standing ones first."""
    return list(
        reading.session.scalars(
            select(PhotoCover)
            .where(PhotoCover.evidence_id == photo_id)
            .order_by(PhotoCover.lifted_at.is_not(None), PhotoCover.id)
            .limit(100)
        )
    )


def reading_of(reading: Reading, *, photo_id: int) -> tuple[Evidence, PhotoReading | None]:
    """Return a photograph's row and what was read from it, which may not be there yet. Raises: PhotoNotFound."""
    evidence = reading.session.get(Evidence, photo_id)
    if evidence is None:
        raise PhotoNotFound(photo_id=photo_id)
    return evidence, reading.session.get(PhotoReading, evidence.file_id)


def index(reading: Reading, *, number: str) -> list[Indexed]:
    """Return the originals of a case in the actor's region with their hashes, in the order they came."""
    rows = reading.session.execute(
        select(Evidence, StoredFile)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .join(Case, Case.id == Evidence.case_id)
        .where(Case.number == number, within(reading.actor.region))
        .order_by(Evidence.id)
    )
    return [
        Indexed(place, one.kind, file.sha256, file.format, file.size, one.added_at)
        for place, (one, file) in enumerate(rows, 1)
    ]


def _shown(reading: Reading, reach: ColumnElement[bool], number: str, photo_id: int) -> Shown:
    sha256 = reading.session.scalar(
        select(StoredFile.sha256)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Case, Case.id == Evidence.case_id)
        .where(Case.number == number, Evidence.id == photo_id, reach)
    )
    if sha256 is None:
        raise PhotoNotFound(number=number, photo_id=photo_id)
    return Shown(sha256, _boxes(reading, photo_id))


def _boxes(reading: Reading, photo_id: int) -> tuple[Box, ...]:
    standing = (row for row in covers(reading, photo_id=photo_id) if row.lifted_at is None)
    return tuple((row.left, row.top, row.right, row.bottom) for row in standing)
