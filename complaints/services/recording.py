"""The write path of a case: find it guarded, write what happened, run its clocks anew."""

from datetime import date

from sqlalchemy import select

from accounts.queries.calendar import working_calendar
from complaints.errors import CaseChanged, CaseNotFound, TextNeeded
from complaints.models import NEVER, Case, CaseEvent, EventKind, RunningClock
from complaints.queries.scope import within
from complaints.rules import lifecycle
from complaints.rules.clocks import ClockName, ClockReading, Track, clocks
from complaints.rules.lifecycle import OPEN, Status, Step
from core.work import Reading, Work

LONGEST_TEXT = 2000

_STOPPED_BY: dict[ClockName, frozenset[str]] = {
    ClockName.ACCEPTANCE: frozenset({Step.ACCEPT, Step.REFUSE, Step.WITHDRAW}),
    ClockName.MEDIATION: frozenset({Step.AGREE, Step.TERMINATE, Step.WITHDRAW}),
    ClockName.TERMINATION_NOTICE: frozenset({EventKind.TOLD}),
    ClockName.CLUE_VERIFICATION: frozenset(),
    ClockName.TIPOFF_ACCEPTANCE: frozenset({Step.ACCEPT, Step.REFUSE, Step.WITHDRAW}),
    ClockName.TIPOFF_FILING: frozenset({Step.OPEN_FILE, Step.DECLINE_FILE, Step.REFUSE, Step.WITHDRAW}),
    ClockName.PENALTY_DECISION: frozenset({Step.DECIDE}),
}


def case_of_staff(work: Work, *, number: str, version: int) -> Case:
    """Return the case a handler is about to change, locked.

    Raises:
        CaseNotFound: no such case in the handler's region.
        CaseChanged: it changed after the form of `version` was opened.
    """
    case = work.session.scalar(
        select(Case).where(Case.number == number, within(work.actor.region)).with_for_update()
    )
    if case is None:
        raise CaseNotFound(number=number)
    if case.version != version:
        raise CaseChanged(_changes(work, case, version), number=number, sent=version, stands=case.version)
    return case


def case_of_citizen(work: Work, *, openid: str, number: str) -> Case:
    """Return a person's own case, locked.

    Raises:
        CaseNotFound: no such case of this person.
    """
    case = work.session.scalar(
        select(Case).where(Case.number == number, Case.openid == openid).with_for_update()
    )
    if case is None:
        raise CaseNotFound(number=number)
    return case


def take(work: Work, case: Case, step: Step) -> None:
    """Move the case on.

    Raises:
        StepNotAllowed: its status does not allow the step.
    """
    status = lifecycle.after(Track(case.track), Status(case.status), step)
    case.status = status.value
    case.closed_at = None if status in OPEN else work.now


def write(
    work: Work,
    case: Case,
    kind: EventKind,
    *,
    step: Step | None = None,
    public: str | None = None,
    internal: str | None = None,
    **facts: object,
) -> CaseEvent:
    """Append to the timeline, raise the version and run the clocks anew."""
    case.version = (case.version or 0) + 1
    case.changed_at = work.now
    event = CaseEvent(
        case_id=case.id,
        at=work.now,
        kind=kind.value,
        step=step.value if step else None,
        status=case.status,
        version=case.version,
        actor_kind=work.actor.kind.value,
        actor_id=work.actor.id,
        actor_name=work.actor.name,
        public_text=public,
        internal_text=internal,
        facts=facts,
    )
    work.session.add(event)
    work.session.flush()
    if step is not None or kind in {EventKind.RECEIVED, EventKind.TOLD}:
        recompute(work, case)
    return event


def said(text: str) -> str:
    """Return what somebody wrote, trimmed and bounded.

    Raises:
        TextNeeded: nothing was written.
    """
    if not text.strip():
        raise TextNeeded(fields={"text": "请写明内容"})
    return text.strip()[:LONGEST_TEXT]


def recompute(work: Work, case: Case) -> None:
    """Run every clock of the case anew from its events; what had to be done stops a clock for good."""
    events = list(
        work.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id))
    )
    kept = {
        row.clock: row
        for row in work.session.scalars(select(RunningClock).where(RunningClock.case_id == case.id))
    }
    for reading in _readings(work, case, events):
        row = kept.pop(reading.clock.value, None) or RunningClock(case_id=case.id, clock=reading.clock.value)
        _lay(row, reading)
        row.stopped_at = next(
            (event.at for event in events if {event.step, event.kind} & _STOPPED_BY[reading.clock]), None
        )
        work.session.add(row)
    work.session.flush()
    case.due_on = _due_on(work, case)
    case.is_open = Status(case.status) in OPEN or case.due_on != NEVER


def recompute_provisional(work: Work) -> int:
    """Run anew the cases whose clocks leant on a year that the calendar has come to know; return how many."""
    known = working_calendar(work).known_years
    waiting = work.session.execute(
        select(RunningClock.case_id, RunningClock.due_on).where(
            RunningClock.provisional, RunningClock.stopped_at.is_(None)
        )
    ).all()
    ids = sorted({case_id for case_id, due_on in waiting if due_on.year in known})
    for case in work.session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)):
        recompute(work, case)
    return len(ids)


def clock_due(reading: Reading, case: Case, clock: ClockName) -> tuple[date | None, bool]:
    """Return the day a clock of the case ends and whether it is provisional; None while it has not started."""
    row = reading.session.scalar(
        select(RunningClock).where(RunningClock.case_id == case.id, RunningClock.clock == clock.value)
    )
    return (row.due_on, row.provisional) if row else (None, False)


def _readings(work: Work, case: Case, events: list[CaseEvent]) -> list[ClockReading]:
    at = {event.step: event.at for event in events if event.step}
    accepted = at.get(Step.ACCEPT)
    ended = at.get(Step.TERMINATE) or (at.get(Step.WITHDRAW) if accepted else None)
    return clocks(
        Track(case.track),
        received=case.received_at,
        accepted=accepted,
        ended=ended,
        filed=at.get(Step.OPEN_FILE),
        calendar=working_calendar(work),
    )


def _lay(row: RunningClock, reading: ClockReading) -> None:
    row.started_on, row.due_on, row.days = reading.started, reading.due, reading.days
    row.unit, row.basis, row.law_order = reading.unit.value, reading.basis, reading.order
    row.confidence, row.provisional = reading.confidence.value, reading.provisional


def _due_on(work: Work, case: Case) -> date:
    running = work.session.scalars(
        select(RunningClock.due_on).where(
            RunningClock.case_id == case.id,
            RunningClock.stopped_at.is_(None),
            RunningClock.confidence != "C",
        )
    )
    return min(running, default=NEVER)


def _changes(work: Work, case: Case, version: int) -> list[str]:
    events = work.session.scalars(
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, CaseEvent.version > version)
        .order_by(CaseEvent.id)
        .limit(20)
    )
    return [_told(case, event) for event in events]


def _told(case: Case, event: CaseEvent) -> str:
    who = event.actor_name or ("市民" if event.actor_kind == "citizen" else "系统")
    what = EVENT_NAMES[EventKind(event.kind)]
    if event.step:
        what = f"状态变为“{lifecycle.name(Track(case.track), Status(event.status))}”"
    text = event.internal_text or event.public_text or ""
    return f"{who}：{what}" + (f"，{text[:60]}" if text and not event.step else "")


EVENT_NAMES = {
    EventKind.RECEIVED: "提交",
    EventKind.STEP: "状态变化",
    EventKind.NOTE: "内部备注",
    EventKind.REPLY: "回复市民",
    EventKind.MESSAGE: "市民留言",
    EventKind.EVIDENCE: "市民补充照片",
    EventKind.ASSIGNED: "办理人变更",
    EventKind.REGION: "辖区变更",
    EventKind.PLATFORM: "登记 12315 平台编号",
    EventKind.TOLD: "已告知双方",
    EventKind.URGED: "市民催办",
    EventKind.RATED: "市民评价",
    EventKind.UNSATISFIED: "市民不满意，请求重新处理",
    EventKind.LINKED: "关联工单",
    EventKind.OVERDUE: "超过期限，已告知市民",
}
