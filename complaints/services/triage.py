"""The first decision on a case: take it on, ask for what is missing, or refuse it with ground, reason and other ways."""

from complaints.models import Case, EventKind
from complaints.queries.views import office
from complaints.rules import words
from complaints.rules.admissibility import refusal
from complaints.rules.clocks import ClockName, Track
from complaints.rules.lifecycle import Step
from complaints.services import notices
from complaints.services.filing import FIRST_CLOCK
from complaints.services.recording import case_of_staff, clock_due, said, take, write
from core import audit
from core.clock import local_date
from core.work import Work


def accept(work: Work, *, number: str, version: int) -> Case:
    """Take the case on, tell the citizen, and make the handler its assignee where there is none.

    Source: 总局令第121号第15条; 山东省计量条例第31条.
    Raises:
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
        StepNotAllowed: it is not waiting for this decision.
    """
    case = case_of_staff(work, number=number, version=version)
    take(work, case, Step.ACCEPT)
    if case.assignee_id is None:
        case.assignee_id, case.assignee_name = work.actor.id, work.actor.name
    event = write(work, case, EventKind.STEP, step=Step.ACCEPT)
    track = Track(case.track)
    next_clock = ClockName.MEDIATION if track is Track.COMPLAINT else ClockName.TIPOFF_FILING
    due, _ = clock_due(work, case, next_clock)
    event.public_text = words.accepted(
        track, due=due, office=office(work, case.region_code)[0], today=local_date(work.now)
    )
    audit.record(work, "case.accept", f"case:{case.id}", number=case.number)
    notices.progress(work, case, event)
    return case


def ask_supplement(work: Work, *, number: str, version: int, text: str) -> Case:
    """Ask the citizen for what is missing; the period for the decision keeps running.

    Raises:
        TextNeeded: nothing says what is missing.
        CaseNotFound, CaseChanged, StepNotAllowed: as for `accept`.
    """
    wanted = said(text)
    case = case_of_staff(work, number=number, version=version)
    take(work, case, Step.ASK_SUPPLEMENT)
    due, _ = clock_due(work, case, FIRST_CLOCK[Track(case.track)])
    public = words.supplement(wanted, due=due, today=local_date(work.now))
    event = write(work, case, EventKind.STEP, step=Step.ASK_SUPPLEMENT, public=public)
    audit.record(work, "case.ask_supplement", f"case:{case.id}", number=case.number)
    notices.progress(work, case, event)
    return case


def refuse(work: Work, *, number: str, version: int, ground: str, reason: str) -> Case:
    """Refuse the case on a ground in force on its day of receipt; the citizen reads ground, reason and other ways.

    Source: 总局令第121号第15、16条; 消费者权益保护法第39条.
    Raises:
        GroundNeeded: no ground in force was chosen, or the reason says too little.
        CaseNotFound, CaseChanged, StepNotAllowed: as for `accept`.
    """
    case = case_of_staff(work, number=number, version=version)
    track = Track(case.track)
    chosen = refusal(track, local_date(case.received_at), ground=ground, reason=reason)
    take(work, case, Step.REFUSE)
    event = write(
        work,
        case,
        EventKind.STEP,
        step=Step.REFUSE,
        public=words.refused(track, ground=chosen, reason=said(reason)),
        ground=chosen.ground.value,
        source=chosen.source.cited(),
    )
    audit.record(
        work, "case.refuse", f"case:{case.id}", number=case.number, ground=chosen.ground.value, reason=reason
    )
    notices.progress(work, case, event)
    return case
