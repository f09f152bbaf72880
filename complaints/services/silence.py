"""Silence never: when a promised day has passed and nothing happened, the citizen is told what that means."""

from sqlalchemy import or_, select

from complaints.models import NEVER, Case, EventKind
from complaints.queries.views import countdowns, office, urgent
from complaints.rules import words
from complaints.services import notices
from complaints.services.recording import write
from core.clock import local_date
from core.work import Work

BATCH = 200


def tell_overdue(work: Work) -> int:
    """Tell the authors of up to 200 cases whose day has passed, once for each such day; return how many."""
    today = local_date(work.now)
    cases = work.session.scalars(
        select(Case)
        .where(
            Case.is_open,
            Case.due_on < today,
            Case.due_on != NEVER,
            or_(Case.silence_told_for.is_(None), Case.silence_told_for < Case.due_on),
        )
        .order_by(Case.due_on, Case.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for case in cases:
        _tell(work, case)
    return len(cases)


def _tell(work: Work, case: Case) -> None:
    case.silence_told_for = case.due_on
    clock = urgent(countdowns(work, [case.id]).get(case.id, []))
    name, phone = office(work, case.region_code)
    public = words.overdue(
        case.due_on,
        label=clock.label if clock else "办理",
        office=name,
        phone=phone,
        today=local_date(work.now),
    )
    event = write(work, case, EventKind.OVERDUE, public=public)
    notices.reply(work, case, event)
