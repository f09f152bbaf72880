"""Everything on one case for the people who handle it; who the citizen is stays masked."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from complaints.errors import CaseNotFound
from complaints.models import Case, CaseEvent, Evidence
from complaints.queries.scope import within
from complaints.queries.views import countdowns, places, unsealed
from complaints.rules import lifecycle
from complaints.rules.assessing import MG_PER_GRAM, Band, band, method_of
from complaints.rules.clocks import Track
from complaints.rules.countdown import Countdown
from complaints.rules.lifecycle import TRACK_NAMES, Status, Step
from core.files import StoredFile
from core.privacy import masked_name, masked_phone, masked_text
from core.work import Reading
from metrology.grammar import grouped


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph of a case: `id` is the evidence's, `sha256` the sealed original's."""

    id: int
    kind: str
    caption: str
    sha256: str
    width: int
    height: int
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its page shows it."""

    case: Case
    track: Track
    track_name: str
    status_name: str
    status_tone: str
    place: str
    name: str
    phone: str
    has_address: bool
    story: str
    method: str
    claimed: str
    measured: str
    band: Band | None
    events: tuple[CaseEvent, ...]
    clocks: tuple[Countdown, ...]
    photos: tuple[Photo, ...]
    steps: frozenset[Step]
    old_order: bool


def casefile(reading: Reading, *, number: str) -> CaseFile:
    """Return a case in the actor's region with its timeline, clocks and photographs.

    Raises:
        CaseNotFound: no such case in the actor's region.
    """
    case = reading.session.scalar(
        select(Case).where(Case.number == number.upper(), within(reading.actor.region))
    )
    if case is None:
        raise CaseNotFound(number=number)
    track, status = Track(case.track), Status(case.status)
    name, phone = unsealed(reading, case, "contact_name"), unsealed(reading, case, "contact_phone")
    return CaseFile(
        case=case,
        track=track,
        track_name=TRACK_NAMES[track],
        status_name=lifecycle.name(track, status),
        status_tone=lifecycle.tone(status),
        place=places(reading).name(case.region_code),
        name=masked_name(name),
        phone=masked_phone(phone) if phone else "",
        has_address=case.contact_address is not None,
        story=masked_text(unsealed(reading, case, "story")),
        method=method_of(case.method).label,
        claimed=_mass(case.claimed_mg),
        measured=_mass(case.measured_mg),
        band=band(case.assessment) if case.assessment else None,
        events=tuple(events(reading, case)),
        clocks=tuple(countdowns(reading, [case.id]).get(case.id, [])),
        photos=tuple(photos(reading, case)),
        steps=lifecycle.possible(track, status),
        old_order="20" in case.law_order and "121" not in case.law_order,
    )


def _mass(mg: int | None) -> str:
    return "" if mg is None else f"{grouped(Decimal(mg) / MG_PER_GRAM)} 克"


def events(reading: Reading, case: Case) -> list[CaseEvent]:
    """Return the timeline of a case in the order it happened."""
    return list(
        reading.session.scalars(
            select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id).limit(500)
        )
    )


def photos(reading: Reading, case: Case) -> list[Photo]:
    """Return the photographs of a case in the order they came."""
    rows = reading.session.execute(
        select(Evidence, StoredFile)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.case_id == case.id)
        .order_by(Evidence.id)
    )
    return [
        Photo(
            id=evidence.id,
            kind=evidence.kind,
            caption=evidence.caption,
            sha256=file.sha256,
            width=file.width,
            height=file.height,
            size=file.size,
            added_at=evidence.added_at,
        )
        for evidence, file in rows
    ]
