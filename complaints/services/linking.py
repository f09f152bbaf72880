"""Cases that belong together: two tracks of one report, and the same matter told by others."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from complaints.models import Case, CaseLink, EventKind, Evidence, LinkKind, PhotoCover
from complaints.services.recording import write
from core.work import Reading, Work


def linked(reading: Reading, case: Case, kind: LinkKind) -> list[Case]:
    """Return the cases linked with this one, the earliest first, at most 50."""
    pairs = reading.session.execute(
        select(CaseLink.first_id, CaseLink.second_id)
        .where(CaseLink.kind == kind.value, or_(CaseLink.first_id == case.id, CaseLink.second_id == case.id))
        .order_by(CaseLink.id)
        .limit(50)
    )
    ids = [second if first == case.id else first for first, second in pairs]
    return list(reading.session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)))


def pair(work: Work, complaint: Case, tipoff: Case) -> None:
    """Link a complaint with the tip-off of the same report; both have the same photographs, covered alike."""
    for row in work.session.scalars(
        select(Evidence).where(Evidence.case_id == complaint.id).order_by(Evidence.id)
    ).all():
        copy = copied(row, tipoff)
        work.session.add(copy)
        work.session.flush()
        _cover_alike(work, row, copy)
    _link(work, complaint, tipoff, LinkKind.TWIN)


def relate(work: Work, case: Case, others: Iterable[Case]) -> None:
    """Link a case with earlier ones of the same matter; staff see it, citizens see nothing of each other.

    Each consumer's complaint stays a case of its own: 总局令第121号第12条 joins complaints only at their authors' wish.
    """
    for other in others:
        _link(work, other, case, LinkKind.RELATED)
        write(
            work, case, EventKind.LINKED, internal=f"市民表示与工单 {other.number} 是同一件事", other=other.id
        )


def copied(row: Evidence, case: Case) -> Evidence:
    """Return a row that shows the same kept photograph in another case."""
    return Evidence(
        case_id=case.id,
        file_id=row.file_id,
        kind=row.kind,
        caption=row.caption,
        label_right=row.label_right,
        added_at=row.added_at,
    )


def _cover_alike(work: Work, row: Evidence, copy: Evidence) -> None:
    standing = select(PhotoCover).where(PhotoCover.evidence_id == row.id, PhotoCover.lifted_at.is_(None))
    for one in work.session.scalars(standing).all():
        work.session.add(
            PhotoCover(
                evidence_id=copy.id,
                left=one.left,
                top=one.top,
                right=one.right,
                bottom=one.bottom,
                drawn_by=one.drawn_by,
                drawn_at=one.drawn_at,
            )
        )


def _link(work: Work, one: Case, other: Case, kind: LinkKind) -> None:
    first, second = sorted((one.id, other.id))
    present = select(CaseLink.id).where(
        CaseLink.first_id == first, CaseLink.second_id == second, CaseLink.kind == kind.value
    )
    if work.session.scalar(present) is None:
        work.session.add(CaseLink(first_id=first, second_id=second, kind=kind.value, made_at=work.now))
        work.session.flush()
