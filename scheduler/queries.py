"""What can be seen of the outbox and the ledger: the balance, waves, dead letters, whom to telephone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, select

from core.work import Reading
from scheduler.models import OPEN, OutboxMessage, Receipt, Reminder
from scheduler.rules import OutboxStatus, Reason, ReminderStatus

PAGE = 50
DEAD = (OutboxStatus.FAILED.value, OutboxStatus.DEAD.value, OutboxStatus.UNKNOWN.value)


@dataclass(frozen=True, slots=True)
class Balance:
    """The ledger's sums; `due` is counted by itself, so that the balance can be seen to hold."""

    due: int
    sent: int
    suppressed: int
    failed: int
    pending: int

    @property
    def holds(self) -> bool:
        """Say whether every due line is accounted for."""
        return self.due == self.sent + self.suppressed + self.failed + self.pending


@dataclass(frozen=True, slots=True)
class Wave:
    """What one day's planning wrote for one stage, and how many of it the carrier reported as arrived."""

    planned_on: date
    stage: int
    balance: Balance
    delivered: int


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger line with what became of its message; `outbox_id` is 0 before it is posted."""

    id: int
    stage: int
    due_on: date
    recipient: str
    status: str
    reason: str
    facts: dict[str, object]
    planned_on: date
    outbox_id: int
    outbox_status: str
    attempts: int
    last_error: str
    provider_id: str
    settled_at: datetime | None
    receipt: bool | None
    receipt_reason: str
    receipt_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message nobody tries any more; a person may send it again."""

    id: int
    recipient: str
    kind: str
    status: str
    attempts: int
    last_error: str
    created_at: datetime
    settled_at: datetime | None
    facts: dict[str, object]


def balance(reading: Reading) -> Balance:
    """Return the balance over all ledger lines ever, within the reader's region."""
    row = reading.session.execute(select(*_sums()).where(_scope(reading))).one()
    return Balance(*(int(value or 0) for value in row))


def waves(reading: Reading, *, limit: int = 40) -> list[Wave]:
    """Return the latest waves (day of planning and stage), newest first."""
    arrived = func.count(case((OutboxMessage.status == OutboxStatus.DELIVERED.value, 1)))
    rows = reading.session.execute(
        select(Reminder.planned_on, Reminder.stage, *_sums(), arrived)
        .outerjoin(OutboxMessage, OutboxMessage.reminder_id == Reminder.id)
        .where(_scope(reading))
        .group_by(Reminder.planned_on, Reminder.stage)
        .order_by(Reminder.planned_on.desc(), Reminder.stage)
        .limit(limit)
    )
    return [Wave(day, stage, Balance(*map(int, sums)), arrived) for day, stage, *sums, arrived in rows]


def lines(
    reading: Reading,
    *,
    planned_on: date | None = None,
    stage: int | None = None,
    status: ReminderStatus | None = None,
    before: int | None = None,
) -> list[Line]:
    """Return a page of ledger lines with message and receipt, newest first, of one wave or state where named."""
    conditions = [_scope(reading)]
    conditions += [Reminder.planned_on == planned_on] if planned_on is not None else []
    conditions += [Reminder.stage == stage] if stage is not None else []
    conditions += [Reminder.status == status.value] if status is not None else []
    conditions += [Reminder.id < before] if before is not None else []
    return _lines(reading, and_(*conditions))


def call_list(reading: Reading, *, before: int | None = None) -> list[Line]:
    """Return a page of lines whose people were not reached and have to be telephoned, newest first.

    Nobody to write to, or the carrier reported that the message did not arrive.
    """
    older = [Reminder.id < before] if before is not None else []
    return _lines(reading, and_(_scope(reading), _unreached(), *older))


def to_call(reading: Reading) -> int:
    """Return how long the call list is."""
    count = select(func.count()).select_from(Reminder).where(_scope(reading), _unreached())
    return int(reading.session.scalar(count) or 0)


def dead_letters(reading: Reading, *, before: int | None = None) -> list[DeadLetter]:
    """Return a page of failed, dead and uncertain messages, newest first.

    Messages that belong to no reminder have no region; only a reader of the whole province sees them.
    """
    older = [OutboxMessage.id < before] if before is not None else []
    rows = reading.session.execute(
        select(OutboxMessage, Reminder.facts)
        .outerjoin(Reminder, Reminder.id == OutboxMessage.reminder_id)
        .where(_dead(reading), *older)
        .order_by(OutboxMessage.id.desc())
        .limit(PAGE)
    )
    return [_dead_letter(message, facts) for message, facts in rows]


def dead_count(reading: Reading) -> int:
    """Return how many dead letters there are."""
    joined = select(func.count(OutboxMessage.id)).outerjoin(
        Reminder, Reminder.id == OutboxMessage.reminder_id
    )
    return int(reading.session.scalar(joined.where(_dead(reading))) or 0)


def in_scope(reading: Reading, *, message_id: int) -> bool:
    """Say whether the reader's region contains the message."""
    if not reading.actor.region:
        return True
    found = select(Reminder.id).join(OutboxMessage, OutboxMessage.reminder_id == Reminder.id)
    return reading.session.scalar(found.where(OutboxMessage.id == message_id, _scope(reading))) is not None


def backlog(reading: Reading) -> int:
    """Return how many messages are due and not sent."""
    due = and_(OutboxMessage.status.in_(OPEN), OutboxMessage.not_before <= reading.now)
    return int(reading.session.scalar(select(func.count()).select_from(OutboxMessage).where(due)) or 0)


def waiting(reading: Reading) -> int:
    """Return how many messages are due now or later and not sent."""
    waits = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.status.in_(OPEN))
    return int(reading.session.scalar(waits) or 0)


def next_try(reading: Reading) -> datetime | None:
    """Return when the next message may be tried: it becomes due, or the lease of its holder runs out."""
    moments = reading.session.execute(
        select(
            func.min(case((OutboxMessage.status == OutboxStatus.PENDING.value, OutboxMessage.not_before))),
            func.min(case((OutboxMessage.status == OutboxStatus.SENDING.value, OutboxMessage.lease_until))),
        ).where(OutboxMessage.status.in_(OPEN))
    ).one()
    return min((moment for moment in moments if moment is not None), default=None)


def _sums() -> list[ColumnElement[int]]:
    order = (
        ReminderStatus.SENT,
        ReminderStatus.SUPPRESSED,
        ReminderStatus.FAILED,
        ReminderStatus.PENDING,
    )
    return [
        func.count(Reminder.id),
        *(func.count(case((Reminder.status == status.value, 1))) for status in order),
    ]


def _scope(reading: Reading) -> ColumnElement[bool]:
    return Reminder.region_code.startswith(reading.actor.region, autoescape=True)


def _unreached() -> ColumnElement[bool]:
    return Reminder.reason.in_((Reason.UNREACHABLE.value, Reason.NOT_DELIVERED.value))


def _dead(reading: Reading) -> ColumnElement[bool]:
    scope = [_scope(reading)] if reading.actor.region else []
    return and_(OutboxMessage.status.in_(DEAD), *scope)


def _lines(reading: Reading, condition: ColumnElement[bool]) -> list[Line]:
    rows = reading.session.execute(
        select(Reminder, OutboxMessage, Receipt)
        .outerjoin(OutboxMessage, OutboxMessage.reminder_id == Reminder.id)
        .outerjoin(
            Receipt, and_(OutboxMessage.provider_id != "", Receipt.provider_id == OutboxMessage.provider_id)
        )
        .where(condition)
        .order_by(Reminder.id.desc())
        .limit(PAGE)
    )
    return [_line(*row) for row in rows]


def _line(reminder: Reminder, message: OutboxMessage | None, receipt: Receipt | None) -> Line:
    return Line(
        id=reminder.id,
        stage=reminder.stage,
        due_on=reminder.due_on,
        recipient=reminder.recipient,
        status=reminder.status,
        reason=reminder.reason,
        facts=reminder.facts,
        planned_on=reminder.planned_on,
        outbox_id=message.id if message else 0,
        outbox_status=message.status if message else "",
        attempts=message.attempts if message else 0,
        last_error=message.last_error if message else "",
        provider_id=message.provider_id if message else "",
        settled_at=message.settled_at if message else reminder.settled_at,
        receipt=receipt.delivered if receipt else None,
        receipt_reason=receipt.reason if receipt else "",
        receipt_at=receipt.received_at if receipt else None,
    )


def _dead_letter(message: OutboxMessage, facts: dict[str, object] | None) -> DeadLetter:
    return DeadLetter(
        id=message.id,
        recipient=message.recipient,
        kind=message.kind,
        status=message.status,
        attempts=message.attempts,
        last_error=message.last_error,
        created_at=message.created_at,
        settled_at=message.settled_at,
        facts=facts or {},
    )
