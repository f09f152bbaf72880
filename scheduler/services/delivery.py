"""Claims messages with a lease, settles what became of them, joins receipts that may come first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import ColumnElement, and_, or_, select, update

from core.clock import local_date
from core.database import alone
from core.work import Work
from scheduler.errors import StaleLease, UnreadableMessage
from scheduler.messages import Outgoing
from scheduler.models import OutboxMessage, Receipt, Reminder, SendBudget
from scheduler.ports import Outcome, Refused, Sent, Unknown
from scheduler.rules import (
    REPEAT_WINDOW,
    OutboxStatus,
    Reason,
    ReminderStatus,
    back_off,
    may_repeat,
)
from scheduler.services import outbox
from scheduler.services.statements import insert

REPEATABLE = "template"
TOKEN_BYTES = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """How a sender claims: how many, for how long, whether reminders too, and how often it tries."""

    batch: int
    lease: timedelta
    max_attempts: int
    reminders_per_day: int
    reminders: bool = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message; whoever holds `lease_token` may settle it, and may begin to send before `lease_until`."""

    id: int
    channel: str
    recipient: str
    message: Outgoing
    key: str
    lease_token: str
    lease_until: datetime


def claim(work: Work, *, terms: Terms) -> list[Parcel]:
    """Lease messages that are due, notices before reminders, oldest first; nobody else gets them meanwhile.

    Before that, messages whose carrier may have taken them longer ago than its window for repetitions, or that cannot
    be repeated at all, become `unknown`: a person decides about them.
    """
    _give_up_uncertain(work, terms.lease)
    rows = _leased(work, terms, outbox.RANK_NOTICE, terms.batch)
    room = terms.batch - len(rows)
    if terms.reminders and room > 0:
        granted = _draw_budget(work, room, terms.reminders_per_day)
        reminders = _leased(work, terms, outbox.RANK_REMINDER, granted) if granted else []
        _return_budget(work, granted - len(reminders))
        rows += reminders
    return [parcel for row in rows if (parcel := _parcel(work, row)) is not None]


def settle(work: Work, *, parcel: Parcel, outcome: Outcome, terms: Terms) -> OutboxStatus:
    """Write down what became of a claimed message; return where it stands now.

    Raises:
        StaleLease: the lease ran out and the message was claimed by somebody else; nothing is written.
    """
    match outcome:
        case Sent(provider_id):
            return _took(work, parcel, provider_id)
        case Refused():
            return _refused(work, parcel, outcome, terms)
        case Unknown(reason):
            return _uncertain(work, parcel, reason, terms)
        case _:
            assert_never(outcome)


def release(work: Work, *, parcel: Parcel) -> None:
    """Put back a claimed message that was never handed to the carrier, as when the process stops."""
    _write(
        work, parcel, status=OutboxStatus.PENDING.value, attempts=OutboxMessage.attempts - 1, lease_until=None
    )


def receipt(work: Work, *, provider_id: str, delivered: bool, reason: str = "") -> None:
    """Note the carrier's report; where the message is not settled yet, it waits for it. Repetitions change nothing,
    nor does a report that names no message.
    """
    if not provider_id:
        return
    alone(work, f"receipt:{provider_id}")
    values = {
        "provider_id": provider_id,
        "delivered": delivered,
        "reason": reason[:120],
        "received_at": work.now,
    }
    work.session.execute(insert(work, Receipt).values(values).on_conflict_do_nothing())
    _join_receipt(work, provider_id)


def _leased(work: Work, terms: Terms, rank: int, limit: int) -> list[OutboxMessage]:
    due = and_(OutboxMessage.status == OutboxStatus.PENDING.value, OutboxMessage.not_before <= work.now)
    abandoned = and_(
        OutboxMessage.status == OutboxStatus.SENDING.value, OutboxMessage.lease_until <= work.now
    )
    chosen = (
        select(OutboxMessage.id)
        .where(OutboxMessage.rank == rank, or_(due, abandoned))
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = work.session.scalars(chosen).all()
    if not ids:
        return []
    token = work.ids.token(TOKEN_BYTES)
    rows = work.session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(
            status=OutboxStatus.SENDING.value,
            attempts=OutboxMessage.attempts + 1,
            lease_token=token,
            lease_until=work.now + terms.lease,
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False)
    ).all()
    _expose(work, ids)
    return sorted(rows, key=lambda row: (row.not_before, row.id))


def _expose(work: Work, ids: Sequence[int]) -> None:
    """Start the carrier's window of those that were not exposed before."""
    work.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids), OutboxMessage.exposed_at.is_(None))
        .values(exposed_at=work.now)
        .execution_options(synchronize_session=False)
    )


def _give_up_uncertain(work: Work, lease: timedelta) -> None:
    too_late = OutboxMessage.exposed_at <= work.now + lease - REPEAT_WINDOW
    abandoned = and_(
        OutboxMessage.status == OutboxStatus.SENDING.value, OutboxMessage.lease_until <= work.now
    )
    waiting = and_(OutboxMessage.status == OutboxStatus.PENDING.value, OutboxMessage.exposed_at.is_not(None))
    uncertain = or_(
        and_(abandoned, or_(too_late, OutboxMessage.kind != REPEATABLE)),
        and_(waiting, too_late),
    )
    lost = work.session.scalars(
        update(OutboxMessage)
        .where(uncertain)
        .values(
            status=OutboxStatus.UNKNOWN.value, settled_at=work.now, last_error="outcome not known in time"
        )
        .returning(OutboxMessage.reminder_id)
        .execution_options(synchronize_session=False)
    ).all()
    _mark(work, [line for line in lost if line is not None], ReminderStatus.FAILED, Reason.UNCERTAIN)


def _parcel(work: Work, row: OutboxMessage) -> Parcel | None:
    try:
        message = outbox.content(work, row)
    except UnreadableMessage:
        row.status, row.last_error, row.settled_at = OutboxStatus.DEAD.value, "unreadable message", work.now
        _mark(work, [row.reminder_id] if row.reminder_id else [], ReminderStatus.FAILED, Reason.GAVE_UP)
        return None
    return Parcel(
        id=row.id,
        channel=row.channel,
        recipient=row.recipient,
        message=message,
        key=row.client_msg_id,
        lease_token=row.lease_token,
        lease_until=work.now if row.lease_until is None else row.lease_until,
    )


def _draw_budget(work: Work, wanted: int, per_day: int) -> int:
    """Take up to `wanted` from the day's budget (Asia/Shanghai); the row's lock makes the count exact."""
    day = local_date(work.now)
    work.session.execute(insert(work, SendBudget).values(day=day, used=0).on_conflict_do_nothing())
    used = work.session.scalars(select(SendBudget.used).where(SendBudget.day == day).with_for_update()).one()
    granted = max(min(wanted, per_day - used), 0)
    work.session.execute(update(SendBudget).where(SendBudget.day == day).values(used=used + granted))
    return granted


def _return_budget(work: Work, unused: int) -> None:
    if unused:
        today = SendBudget.day == local_date(work.now)
        work.session.execute(update(SendBudget).where(today).values(used=SendBudget.used - unused))


def _took(work: Work, parcel: Parcel, provider_id: str) -> OutboxStatus:
    if provider_id:
        alone(work, f"receipt:{provider_id}")
    line = _write(
        work,
        parcel,
        status=OutboxStatus.SENT.value,
        provider_id=provider_id,
        settled_at=work.now,
        last_error="",
    )
    _mark(work, line, ReminderStatus.SENT, None)
    return _join_receipt(work, provider_id) if provider_id else OutboxStatus.SENT


def _refused(work: Work, parcel: Parcel, refused: Refused, terms: Terms) -> OutboxStatus:
    error = f"{refused.code} {refused.reason}"[:300]
    if refused.permanent:
        line = _write(work, parcel, status=OutboxStatus.FAILED.value, settled_at=work.now, last_error=error)
        status = ReminderStatus.SUPPRESSED if refused.unreachable else ReminderStatus.FAILED
        _mark(work, line, status, Reason.UNREACHABLE if refused.unreachable else Reason.REFUSED)
        return OutboxStatus.FAILED
    attempts = _attempts(work, parcel)
    if attempts >= terms.max_attempts and refused.retry_at is None:
        return _dead(work, parcel, error)
    later = refused.retry_at or work.now + back_off(attempts)
    _write(
        work,
        parcel,
        status=OutboxStatus.PENDING.value,
        not_before=later,
        last_error=error,
        exposed_at=None,
        lease_until=None,
    )
    return OutboxStatus.PENDING


def _uncertain(work: Work, parcel: Parcel, reason: str, terms: Terms) -> OutboxStatus:
    row = work.session.execute(
        select(OutboxMessage.exposed_at, OutboxMessage.kind, OutboxMessage.attempts).where(
            OutboxMessage.id == parcel.id
        )
    ).one()
    pause = back_off(row.attempts)
    in_time = row.exposed_at is not None and may_repeat(row.exposed_at, work.now + pause, margin=terms.lease)
    if row.kind == REPEATABLE and in_time:
        _write(
            work,
            parcel,
            status=OutboxStatus.PENDING.value,
            not_before=work.now + pause,
            last_error=reason[:300],
            lease_until=None,
        )
        return OutboxStatus.PENDING
    line = _write(
        work, parcel, status=OutboxStatus.UNKNOWN.value, settled_at=work.now, last_error=reason[:300]
    )
    _mark(work, line, ReminderStatus.FAILED, Reason.UNCERTAIN)
    return OutboxStatus.UNKNOWN


def _dead(work: Work, parcel: Parcel, error: str) -> OutboxStatus:
    line = _write(work, parcel, status=OutboxStatus.DEAD.value, settled_at=work.now, last_error=error)
    _mark(work, line, ReminderStatus.FAILED, Reason.GAVE_UP)
    return OutboxStatus.DEAD


def _attempts(work: Work, parcel: Parcel) -> int:
    return work.session.scalars(select(OutboxMessage.attempts).where(OutboxMessage.id == parcel.id)).one()


def _write(work: Work, parcel: Parcel, **values: object) -> list[int]:
    """Write to the row only while its lease is ours; return the ledger line it belongs to."""
    held: ColumnElement[bool] = and_(
        OutboxMessage.id == parcel.id,
        OutboxMessage.lease_token == parcel.lease_token,
        OutboxMessage.status == OutboxStatus.SENDING.value,
    )
    rows = work.session.scalars(
        update(OutboxMessage)
        .where(held)
        .values(**values)
        .returning(OutboxMessage.reminder_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not rows:
        raise StaleLease(message_id=parcel.id)
    return [line for line in rows if line is not None]


def _mark(work: Work, lines: Sequence[int], status: ReminderStatus, reason: Reason | None) -> None:
    if lines:
        work.session.execute(
            update(Reminder)
            .where(Reminder.id.in_(lines))
            .values(status=status.value, reason=reason.value if reason else "", settled_at=work.now)
            .execution_options(synchronize_session=False)
        )


def _join_receipt(work: Work, provider_id: str) -> OutboxStatus:
    known = work.session.scalars(select(Receipt).where(Receipt.provider_id == provider_id)).one_or_none()
    if known is None:
        return OutboxStatus.SENT
    status = OutboxStatus.DELIVERED if known.delivered else OutboxStatus.FAILED
    lines = work.session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.provider_id == provider_id, OutboxMessage.status == OutboxStatus.SENT.value)
        .values(status=status.value, last_error=known.reason if not known.delivered else "")
        .returning(OutboxMessage.reminder_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not known.delivered:
        _mark(work, [line for line in lines if line is not None], ReminderStatus.FAILED, Reason.NOT_DELIVERED)
    return status
