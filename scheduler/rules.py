"""When to try again, when to be quiet, and which slot a moment belongs to."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import SHANGHAI, local

# WeChat drops a repeated client_msg_id for ten minutes.
# Source: service account documentation, template message api_sendtemplatemessage.
REPEAT_WINDOW = timedelta(minutes=10)

_BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 1800, 7200, 21600))


class OutboxStatus(StrEnum):
    """Where a message stands. `unknown`: perhaps taken by the carrier, never repeated by a machine."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    DEAD = "dead"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class ReminderStatus(StrEnum):
    """The four columns of the balance; every ledger row stands in exactly one."""

    SENT = "sent"
    SUPPRESSED = "suppressed"
    FAILED = "failed"
    PENDING = "pending"


class Reason(StrEnum):
    """Why a reminder was not sent, or did not arrive."""

    UNREACHABLE = "unreachable"
    NOT_NEEDED = "not_needed"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    UNCERTAIN = "uncertain"
    NOT_DELIVERED = "not_delivered"


def back_off(attempts: int) -> timedelta:
    """Return the pause after `attempts` failed attempts: 5 s growing to 6 h, the same every time."""
    return _BACK_OFF[min(max(attempts, 1), len(_BACK_OFF)) - 1]


def may_repeat(exposed_at: datetime, now: datetime, *, margin: timedelta) -> bool:
    """Say whether a repetition that leaves within `margin` still falls into the carrier's window."""
    return now + margin < exposed_at + REPEAT_WINDOW


def is_quiet(now: datetime, *, quiet_from: time, quiet_until: time) -> bool:
    """Say whether `now` lies in the quiet hours of Asia/Shanghai; they may run over midnight."""
    clock = local(now).time()
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def daily_slot(now: datetime, *, at: time) -> date:
    """Return the day whose slot has begun last: today's from `at` on, before that yesterday's (Asia/Shanghai)."""
    moment = local(now)
    return moment.date() if moment.time() >= at else moment.date() - timedelta(days=1)


def next_midnight(now: datetime) -> datetime:
    """Return the next midnight in Asia/Shanghai, when daily quotas begin anew."""
    return datetime.combine(local(now).date() + timedelta(days=1), time(), SHANGHAI)


def latest_stage(due_on: date, today: date, stages: tuple[int, ...]) -> int | None:
    """Return the latest stage reached on `today`, or None before the first; stages are days relative to `due_on`."""
    reached = [stage for stage in stages if due_on + timedelta(days=stage) <= today]
    return max(reached, default=None)
