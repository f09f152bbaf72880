"""What the author of a case may do now: urge it, rate it, ask for another look."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.queries.calendar import working_calendar
from complaints.models import Case, CaseEvent, EventKind, Rating
from complaints.rules.lifecycle import ENDED, OPEN, Status
from core.clock import local_date
from core.work import Reading

URGE_EVERY = 3
REOPEN_WITHIN_DAYS = 30
REASON_PLACE = "case_ratings.reason"


def may_urge_on(reading: Reading, case: Case, *, every: int = URGE_EVERY) -> date | None:
    """Return the day from which the case may be urged (today or later); None where nothing is being handled."""
    if Status(case.status) not in OPEN:
        return None
    today = local_date(reading.now)
    if case.urged_at is None:
        return today
    return max(working_calendar(reading).add_working_days(local_date(case.urged_at), every).day, today)


def may_ask_again(reading: Reading, case: Case, *, within_days: int = REOPEN_WITHIN_DAYS) -> bool:
    """Tell whether the author may ask for another look now."""
    ending = ending_of(reading, case)
    if ending is None or case.reopening_wanted_at is not None:
        return False
    asked = select(CaseEvent.id).where(
        CaseEvent.case_id == case.id,
        CaseEvent.kind == EventKind.UNSATISFIED.value,
        CaseEvent.id > ending.id,
    )
    recent = reading.now - ending.at <= timedelta(days=within_days)
    return recent and reading.session.scalar(asked.limit(1)) is None


def ending_of(reading: Reading, case: Case) -> CaseEvent | None:
    """Return the event that ended the case, or None while it is open or was withdrawn."""
    if Status(case.status) not in ENDED:
        return None
    return reading.session.scalar(
        select(CaseEvent)
        .where(
            CaseEvent.case_id == case.id,
            CaseEvent.kind == EventKind.STEP.value,
            CaseEvent.status == case.status,
        )
        .order_by(CaseEvent.id.desc())
        .limit(1)
    )


def rating_of(reading: Reading, case: Case) -> Rating | None:
    """Return the rating of the case's last ending, or None."""
    ending = ending_of(reading, case)
    if ending is None:
        return None
    return reading.session.scalar(
        select(Rating).where(Rating.case_id == case.id, Rating.ending_id == ending.id)
    )
