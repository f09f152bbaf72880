"""Who did what: an append-only record in which every line seals the one before it."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Json, Key, alone
from core.work import Reading, Work

GENESIS = "0" * 64


class AuditEntry(Base):
    """One line of the audit: who, when, what, on which subject, with which facts."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64), index=True)
    actor_name: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(96), index=True)
    facts: Mapped[dict[str, object]] = mapped_column(Json)
    previous: Mapped[str] = mapped_column(Text)
    seal: Mapped[str] = mapped_column(String(64), unique=True)


def record(work: Work, action: str, subject: str, **facts: object) -> None:
    """Append a line: `action` in the room's words ("case.accept"), `subject` as "kind:id".

    Lines of concurrent transactions queue on one lock, so that the chain has no fork.
    """
    alone(work, "audit")
    previous = work.session.scalar(select(AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)) or GENESIS
    entry = AuditEntry(
        at=work.now,
        actor_kind=work.actor.kind.value,
        actor_id=work.actor.id,
        actor_name=work.actor.name,
        action=action,
        subject=subject,
        facts=facts,
        previous=previous,
    )
    entry.seal = _seal(entry)
    work.session.add(entry)
    work.session.flush()


def verify(reading: Reading) -> int | None:
    """Return the id of the first line whose seal or link is broken, or None when the chain is whole."""
    previous = GENESIS
    lines = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    with reading.session.scalars(lines) as entries:
        for entry in entries:
            if entry.previous != previous or entry.seal != _seal(entry):
                return entry.id
            previous = entry.seal
    return None


def _seal(entry: AuditEntry) -> str:
    content = [
        entry.previous,
        entry.at.isoformat(),
        entry.actor_kind,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.facts,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
