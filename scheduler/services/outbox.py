"""Puts messages into the outbox, in the transaction of what they tell; a person may send a dead one again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core import audit
from core.work import Reading, Work
from scheduler.errors import MessageNotFound, NotRetryable
from scheduler.messages import Outgoing, from_json, to_json
from scheduler.models import OPEN, OutboxMessage, Reminder
from scheduler.rules import OutboxStatus, Reason, ReminderStatus
from scheduler.services.statements import affected, insert

PLACE = "outbox_messages.content"
CLIENT_MSG_BYTES = 15
RANK_NOTICE, RANK_REMINDER = 0, 1
RETRYABLE = frozenset({OutboxStatus.FAILED, OutboxStatus.DEAD, OutboxStatus.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Posting:
    """A message of the ledger on its way into the outbox."""

    reminder_id: int
    recipient: str
    message: Outgoing


def enqueue(
    work: Work,
    *,
    recipient: str,
    message: Outgoing,
    dedup_key: str,
    channel: str = "wechat",
    not_before: datetime | None = None,
) -> bool:
    """Put `message` into the outbox once per `dedup_key`, ever; return whether it was new.

    It leaves after this transaction commits, not before `not_before`.
    """
    row = _row(work, channel=channel, recipient=recipient, message=message)
    row |= {"dedup_key": dedup_key, "not_before": not_before or work.now, "rank": RANK_NOTICE}
    return _insert(work, [row]) == 1


def post_reminders(work: Work, *, channel: str, postings: Iterable[Posting]) -> int:
    """Put messages of the ledger into the outbox, behind every notice; return how many were new."""
    rows = []
    for posting in postings:
        row = _row(work, channel=channel, recipient=posting.recipient, message=posting.message)
        row |= {"dedup_key": f"reminder:{posting.reminder_id}", "reminder_id": posting.reminder_id}
        rows.append(row | {"not_before": work.now, "rank": RANK_REMINDER})
    return _insert(work, rows) if rows else 0


def content(reading: Reading, row: OutboxMessage) -> Outgoing:
    """Return the message that a row holds sealed.

    Raises:
        UnreadableMessage: its kind is unknown to this version.
    """
    return from_json(json.loads(reading.vault.unseal(row.content, place=PLACE)))


def retry(work: Work, *, message_id: int) -> None:
    """Send a failed, dead or uncertain message again: a person has decided it, and the audit says so.

    Raises:
        MessageNotFound: there is none of this id.
        NotRetryable: it is on its way, has arrived, or was withdrawn.
    """
    row = work.session.get(OutboxMessage, message_id, with_for_update=True)
    if row is None:
        raise MessageNotFound(message_id=message_id)
    if row.status not in RETRYABLE or not row.content:
        raise NotRetryable(message_id=message_id, status=row.status)
    audit.record(work, "outbox.retry", f"outbox:{row.id}", was=row.status, error=row.last_error)
    row.status, row.attempts, row.not_before = OutboxStatus.PENDING.value, 0, work.now
    row.exposed_at = row.settled_at = None
    row.provider_id = ""
    if row.reminder_id is not None:
        _reopen_reminder(work, row.reminder_id)
    work.session.flush()


def forget(work: Work, *, recipient: str) -> int:
    """Withdraw what has not left for a person who is gone, and blank what was said; return how many were withdrawn.

    Their reminders are suppressed for the call list. A message just being sent is left to its sender.
    """
    mine = OutboxMessage.recipient == recipient
    withdrawn = work.session.execute(
        update(OutboxMessage)
        .where(mine, OutboxMessage.status == OutboxStatus.PENDING.value)
        .values(status=OutboxStatus.WITHDRAWN.value, settled_at=work.now, last_error=Reason.UNREACHABLE.value)
    )
    settled = mine, OutboxMessage.status.not_in(OPEN)
    work.session.execute(update(OutboxMessage).where(*settled).values(content=b""))
    on_its_way = select(OutboxMessage.reminder_id).where(
        mine, OutboxMessage.status == OutboxStatus.SENDING.value
    )
    work.session.execute(
        update(Reminder)
        .where(
            Reminder.recipient == recipient,
            Reminder.status == ReminderStatus.PENDING.value,
            Reminder.id.not_in(on_its_way.where(OutboxMessage.reminder_id.is_not(None))),
        )
        .values(status=ReminderStatus.SUPPRESSED.value, reason=Reason.UNREACHABLE.value, settled_at=work.now)
        .execution_options(synchronize_session=False)
    )
    return affected(withdrawn)


def _row(work: Work, *, channel: str, recipient: str, message: Outgoing) -> dict[str, Any]:
    stored = to_json(message)
    sealed = work.vault.seal(json.dumps(stored, ensure_ascii=False), place=PLACE)
    return {
        "channel": channel,
        "recipient": recipient,
        "content": sealed,
        "kind": stored["kind"],
        "client_msg_id": work.ids.token(CLIENT_MSG_BYTES),
        "reminder_id": None,
        "status": OutboxStatus.PENDING.value,
        "attempts": 0,
        "lease_token": "",
        "provider_id": "",
        "last_error": "",
        "created_at": work.now,
    }


def _insert(work: Work, rows: list[dict[str, Any]]) -> int:
    statement = insert(work, OutboxMessage).values(rows).on_conflict_do_nothing(index_elements=["dedup_key"])
    return len(work.session.execute(statement.returning(OutboxMessage.id)).all())


def _reopen_reminder(work: Work, reminder_id: int) -> None:
    work.session.execute(
        update(Reminder)
        .where(Reminder.id == reminder_id)
        .values(status=ReminderStatus.PENDING.value, reason="", settled_at=None)
    )
