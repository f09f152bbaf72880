"""Fills the ledger with what falls due, posts it into the outbox, and withdraws what is no longer needed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    SQLColumnExpression,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from core.clock import local_date
from core.database import Moment
from core.work import Reading, Work
from scheduler.models import OutboxMessage, Reminder
from scheduler.ports import Due, Planner, Rows
from scheduler.rules import OutboxStatus, Reason, ReminderStatus
from scheduler.services.outbox import Posting, post_reminders
from scheduler.services.statements import affected, insert

POST_CHUNK = 500
_FILLED = (
    "subject_kind",
    "subject_id",
    "cycle",
    "stage",
    "recipient",
    "due_on",
    "region_code",
    "facts",
    "status",
    "reason",
    "planned_on",
    "planned_at",
)


def stage_reached(
    reading: Reading, due_on: SQLColumnExpression[Any], *, stages: Sequence[int]
) -> ColumnElement[int | None]:
    """Return SQL for the latest stage reached today (Asia/Shanghai), NULL before the first; `rules.latest_stage` in SQL."""
    today = local_date(reading.now)
    return case(
        *((due_on <= today - timedelta(days=stage), stage) for stage in sorted(stages, reverse=True)),
        else_=null(),
    ).label("stage")


def facts_column(reading: Reading, **columns: Any) -> ColumnElement[Any]:
    """Return SQL for a JSON object of `columns`, labelled `facts`, on either database."""
    pairs: list[Any] = []
    for name, column in columns.items():
        pairs += [cast(literal(name), String), column]
    postgres = reading.session.get_bind().dialect.name == "postgresql"
    return (func.jsonb_build_object(*pairs) if postgres else func.json_object(*pairs)).label("facts")


def fill(work: Work, due: Rows) -> int:
    """Write what `due` yields into the ledger, each line ever only once, in one statement; return how many were new.

    `due` labels its columns `subject_kind`, `subject_id`, `cycle`, `stage` (NULL: not yet), `recipient` (NULL: nobody
    to write to, the line is suppressed for the call list), `due_on`, `facts` (JSON: `facts_column`) and, where known,
    `region_code`. In `facts` the pages read `title`, `detail` and `page` (an address of the console).
    """
    found = due.subquery("due")
    recipient = func.coalesce(found.c.recipient, literal("", String))
    region = found.c.region_code if "region_code" in found.c else literal("", String)
    lines = (
        select(
            found.c.subject_kind,
            found.c.subject_id,
            found.c.cycle,
            cast(found.c.stage, Integer),
            recipient,
            found.c.due_on,
            func.coalesce(region, literal("", String)),
            found.c.facts,
            case((recipient == "", ReminderStatus.SUPPRESSED.value), else_=ReminderStatus.PENDING.value),
            case((recipient == "", Reason.UNREACHABLE.value), else_=literal("", String)),
            literal(local_date(work.now), Date),
            literal(work.now, Moment),
        )
        .where(found.c.stage.is_not(None))
        .order_by(found.c.subject_id, recipient)
    )
    statement = insert(work, Reminder).from_select(list(_FILLED), lines).on_conflict_do_nothing()
    return affected(work.session.execute(statement, execution_options={"preserve_rowcount": True}))


def post(work: Work, *, planner: Planner, channel: str = "wechat") -> int:
    """Word a chunk of pending lines of one kind and put them into the outbox; return how many, 0 when none is left."""
    unposted = ~exists().where(OutboxMessage.reminder_id == Reminder.id)
    lines = work.session.scalars(
        select(Reminder)
        .where(
            Reminder.status == ReminderStatus.PENDING.value,
            Reminder.subject_kind == planner.subject_kind,
            unposted,
        )
        .order_by(Reminder.id)
        .limit(POST_CHUNK)
        .with_for_update(skip_locked=True)
    ).all()
    postings = [Posting(line.id, line.recipient, planner.message(_due(line))) for line in lines]
    post_reminders(work, channel=channel, postings=postings)
    return len(postings)


def withdraw_over(work: Work, *, planner: Planner) -> int:
    """Withdraw pending lines whose cycle no longer runs (verified meanwhile, taken out of use); return how many."""
    running = planner.current(work).subquery("running")
    same = and_(running.c.subject_id == Reminder.subject_id, running.c.cycle == Reminder.cycle)
    over = and_(Reminder.subject_kind == planner.subject_kind, ~exists().where(same))
    return _withdraw(work, over, Reason.NOT_NEEDED)


def withdraw_superseded(work: Work) -> int:
    """Withdraw pending lines that a later stage for the same person has overtaken; return how many."""
    later = aliased(Reminder)
    overtaken = exists().where(
        later.subject_kind == Reminder.subject_kind,
        later.subject_id == Reminder.subject_id,
        later.cycle == Reminder.cycle,
        later.recipient == Reminder.recipient,
        later.stage > Reminder.stage,
    )
    return _withdraw(work, overtaken, Reason.SUPERSEDED)


def stop(work: Work, *, subject_kind: str, subject_ids: Sequence[int], keep_cycle: str = "") -> int:
    """Withdraw pending lines of subjects that were seen to, save those of `keep_cycle`; return how many."""
    of_them = and_(
        Reminder.subject_kind == subject_kind,
        Reminder.subject_id.in_(subject_ids),
        Reminder.cycle != keep_cycle,
    )
    return _withdraw(work, of_them, Reason.NOT_NEEDED)


def _withdraw(work: Work, condition: ColumnElement[bool], reason: Reason) -> int:
    """Suppress pending lines whose message has not begun to leave; message first, so that a sender cannot overtake."""
    doomed = select(Reminder.id).where(Reminder.status == ReminderStatus.PENDING.value, condition)
    never_tried = and_(OutboxMessage.status == OutboxStatus.PENDING.value, OutboxMessage.exposed_at.is_(None))
    withdrawn = work.session.scalars(
        update(OutboxMessage)
        .where(never_tried, OutboxMessage.reminder_id.in_(doomed))
        .values(status=OutboxStatus.WITHDRAWN.value, settled_at=work.now, last_error=reason.value)
        .returning(OutboxMessage.reminder_id)
        .execution_options(synchronize_session=False)
    ).all()
    unposted = ~exists().where(OutboxMessage.reminder_id == Reminder.id)
    gone = exists().where(
        OutboxMessage.reminder_id == Reminder.id, OutboxMessage.status == OutboxStatus.WITHDRAWN.value
    )
    result = work.session.execute(
        update(Reminder)
        .where(Reminder.status == ReminderStatus.PENDING.value, condition, or_(unposted, gone))
        .values(status=ReminderStatus.SUPPRESSED.value, reason=reason.value, settled_at=work.now)
        .execution_options(synchronize_session=False)
    )
    return max(len(withdrawn), affected(result))


def _due(line: Reminder) -> Due:
    return Due(
        subject_kind=line.subject_kind,
        subject_id=line.subject_id,
        cycle=line.cycle,
        stage=line.stage,
        due_on=line.due_on,
        facts=line.facts,
    )
