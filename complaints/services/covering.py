"""Covering parts of a photograph (faces, number plates, other people's names), and looking under the cover."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from complaints.errors import BadBox, PhotoNotFound, PurposeNeeded
from complaints.models import Case, Draft, Evidence, PhotoCover
from complaints.queries.scope import within
from core import audit
from core.files import StoredFile
from core.work import Work

MOST = 20
SHORTEST_PURPOSE = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A box in thousandths of the picture's width and height."""

    left: int
    top: int
    right: int
    bottom: int

    def checked(self) -> "Box":
        """Return the box. Raises: BadBox."""
        if not (0 <= self.left < self.right <= 1000 and 0 <= self.top < self.bottom <= 1000):
            raise BadBox(fields={"box": BadBox.text})
        return self


def cover_own(work: Work, *, openid: str, evidence_id: int, box: Box) -> PhotoCover:
    """Cover part of a photograph of one's own draft or case.

    Raises:
        BadBox: it lies outside the picture, or there are 20 boxes already.
        PhotoNotFound: no such photograph of this person.
    """
    found = work.session.scalar(
        select(Evidence.id)
        .outerjoin(Draft, Draft.id == Evidence.draft_id)
        .outerjoin(Case, Case.id == Evidence.case_id)
        .where(Evidence.id == evidence_id, (Draft.openid == openid) | (Case.openid == openid))
    )
    if found is None:
        raise PhotoNotFound(photo_id=evidence_id)
    return _cover(work, evidence_id, box, by="市民")


def bare_own(work: Work, *, openid: str, evidence_id: int) -> None:
    """Take every box off a photograph of one's own open draft, to draw them anew.

    Raises:
        PhotoNotFound: no such photograph in this person's draft.
    """
    mine = select(Evidence.id).join(Draft, Draft.id == Evidence.draft_id)
    if work.session.scalar(mine.where(Evidence.id == evidence_id, Draft.openid == openid)) is None:
        raise PhotoNotFound(photo_id=evidence_id)
    work.session.execute(delete(PhotoCover).where(PhotoCover.evidence_id == evidence_id))


def cover(work: Work, *, number: str, photo_id: int, box: Box) -> PhotoCover:
    """Cover part of a photograph of a case in the handler's region; this is audited.

    Raises:
        BadBox, PhotoNotFound: as for `cover_own`.
    """
    _of_staff(work, number, photo_id)
    row = _cover(work, photo_id, box, by=work.actor.name)
    audit.record(work, "photo.cover", f"case:{number}", photo=photo_id, cover=row.id)
    return row


def lift(work: Work, *, number: str, photo_id: int, cover_id: int) -> None:
    """Take a box away again; who drew it and who took it away is kept. Lifting twice changes nothing.

    Raises:
        PhotoNotFound: no such photograph or box in the handler's region.
    """
    _of_staff(work, number, photo_id)
    row = work.session.get(PhotoCover, cover_id)
    if row is None or row.evidence_id != photo_id:
        raise PhotoNotFound(photo_id=photo_id, cover_id=cover_id)
    if row.lifted_at is None:
        row.lifted_by, row.lifted_at = work.actor.name, work.now
        audit.record(work, "photo.lift", f"case:{number}", photo=photo_id, cover=cover_id)


def uncovered(work: Work, *, number: str, photo_id: int) -> str:
    """Return the SHA-256 of a photograph to be seen without its boxes; this is audited.

    Raises:
        PhotoNotFound: no such photograph in the handler's region.
    """
    file = _of_staff(work, number, photo_id)
    audit.record(work, "photo.uncovered", f"case:{number}", photo=photo_id, sha256=file.sha256)
    return file.sha256


def hand_out(work: Work, *, number: str, photo_id: int, purpose: str) -> StoredFile:
    """Return the file whose original is handed out for a purpose, which is audited.

    Raises:
        PurposeNeeded: the purpose says too little.
        PhotoNotFound: no such photograph in the handler's region.
    """
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise PurposeNeeded(fields={"purpose": "请写明用途，例如“附卷”"})
    file = _of_staff(work, number, photo_id)
    audit.record(
        work,
        "photo.original",
        f"case:{number}",
        photo=photo_id,
        sha256=file.sha256,
        purpose=purpose.strip()[:200],
    )
    return file


def _of_staff(work: Work, number: str, photo_id: int) -> StoredFile:
    file = work.session.scalar(
        select(StoredFile)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Case, Case.id == Evidence.case_id)
        .where(Case.number == number, Evidence.id == photo_id, within(work.actor.region))
    )
    if file is None:
        raise PhotoNotFound(number=number, photo_id=photo_id)
    return file


def _cover(work: Work, evidence_id: int, box: Box, *, by: str) -> PhotoCover:
    there = select(func.count()).where(PhotoCover.evidence_id == evidence_id, PhotoCover.lifted_at.is_(None))
    if (work.session.scalar(there) or 0) >= MOST:
        raise BadBox(f"一张照片最多遮挡 {MOST} 处。", fields={"box": f"最多 {MOST} 处"})
    one = box.checked()
    row = PhotoCover(
        evidence_id=evidence_id,
        left=one.left,
        top=one.top,
        right=one.right,
        bottom=one.bottom,
        drawn_by=by[:64],
        drawn_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row
