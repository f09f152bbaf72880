"""What a citizen may do with a case of their own: write, add a photograph, withdraw."""

from sqlalchemy import func, select

from complaints.errors import TooManyPhotos
from complaints.models import Case, EventKind, Evidence, EvidenceKind, LinkKind
from complaints.rules import words
from complaints.rules.clocks import Track
from complaints.rules.lifecycle import Status, Step
from complaints.services import notices
from complaints.services.drafting import PHOTOS
from complaints.services.evidence import want_reading
from complaints.services.linking import copied, linked
from complaints.services.recording import case_of_citizen, said, take, write
from core import files
from core.files import Prepared
from core.work import Work

PHOTO_ADDED = "补充了一张照片"


def message(work: Work, *, openid: str, number: str, text: str) -> Case:
    """Add what a citizen writes to their case; where something was asked for, this answers it.

    Raises:
        CaseNotFound: not a case of this person.
        TextNeeded: nothing was written.
    """
    case = case_of_citizen(work, openid=openid, number=number)
    _answer(work, case, EventKind.MESSAGE, public=said(text))
    return case


def add_photo(
    work: Work,
    *,
    openid: str,
    number: str,
    file_id: int,
    kind: EvidenceKind = EvidenceKind.OTHER,
    limit: int = PHOTOS,
) -> Case:
    """Add a kept photograph to a case and to its other track; the same picture twice counts once.

    Raises:
        CaseNotFound: not a case of this person.
        TooManyPhotos: the case has `limit` photographs already.
    """
    case = case_of_citizen(work, openid=openid, number=number)
    here = Evidence.case_id == case.id
    if work.session.scalar(select(Evidence.id).where(here, Evidence.file_id == file_id)) is not None:
        return case
    if (work.session.scalar(select(func.count()).select_from(Evidence).where(here)) or 0) >= limit:
        raise TooManyPhotos(limit=limit)
    row = Evidence(case_id=case.id, file_id=file_id, kind=kind.value, added_at=work.now)
    work.session.add(row)
    want_reading(work, file_id=file_id)
    _answer(work, case, EventKind.EVIDENCE, public=PHOTO_ADDED)
    for twin in linked(work, case, LinkKind.TWIN):
        work.session.add(copied(row, twin))
        _answer(work, twin, EventKind.EVIDENCE, public=PHOTO_ADDED)
    return case


def keep_photo(work: Work, *, openid: str, number: str, prepared: Prepared) -> Case:
    """Add a photograph that lies in the store already.

    Raises:
        CaseNotFound, TooManyPhotos: as for `add_photo`.
    """
    file_id = files.register(work, prepared=prepared)
    return add_photo(work, openid=openid, number=number, file_id=file_id)


def withdraw(work: Work, *, openid: str, number: str, reason: str = "") -> Case:
    """Withdraw a case; after acceptance this ends the mediation (Order 121 Art. 23).

    Raises:
        CaseNotFound: not a case of this person.
        StepNotAllowed: it has ended, or is a tip-off that is being verified.
    """
    case = case_of_citizen(work, openid=openid, number=number)
    take(work, case, Step.WITHDRAW)
    event = write(
        work,
        case,
        EventKind.STEP,
        step=Step.WITHDRAW,
        public=words.withdrawn(Track(case.track)),
        internal=reason.strip()[:500] or None,
    )
    notices.progress(work, case, event)
    return case


def _answer(work: Work, case: Case, kind: EventKind, *, public: str) -> None:
    """Write to the timeline; what was waiting for the citizen waits for the office again."""
    if case.status == Status.SUPPLEMENT.value:
        take(work, case, Step.SUPPLEMENT)
        write(work, case, kind, step=Step.SUPPLEMENT, public=public)
    else:
        write(work, case, kind, public=public)
