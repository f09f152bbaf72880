"""Messages that were answered: the platform repeats itself, the reply stays the same and the effect happens once."""

import json
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete

from bot.messages import Chip, Link, Reply
from bot.models import AnsweredMessage
from core.work import Work

PLACE = "answered_messages.reply"
KEPT_FOR = timedelta(days=3)


def reply(work: Work, *, key: str) -> Reply | None:
    """Return the reply a message already got, or None for a new one."""
    row = work.session.get(AnsweredMessage, key)
    if row is None:
        return None
    plain = json.loads(work.vault.unseal(row.reply, place=PLACE))
    return Reply(
        plain["text"],
        chips=tuple(Chip(**chip) for chip in plain["chips"]),
        links=tuple(Link(**link) for link in plain["links"]),
    )


def remember(work: Work, *, key: str, reply: Reply) -> None:
    """Keep the reply in the same transaction as the message's effect."""
    sealed = work.vault.seal(json.dumps(asdict(reply), ensure_ascii=False), place=PLACE)
    work.session.add(AnsweredMessage(key=key, reply=sealed, at=work.now))
    work.session.flush()


def sweep(work: Work) -> None:
    """Remove replies older than three days; the platform gives up after seconds."""
    work.session.execute(delete(AnsweredMessage).where(AnsweredMessage.at < work.now - KEPT_FOR))
