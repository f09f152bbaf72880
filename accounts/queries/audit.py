"""The audit as people read it: newest first, by subject or person."""

from sqlalchemy import select

from core.audit import AuditEntry
from core.work import Reading

PAGE = 50


def lines(
    reading: Reading, *, subject: str = "", actor_id: str = "", before: int | None = None
) -> list[AuditEntry]:
    """Return up to 50 lines before the id `before`, newest first."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE)
    if subject:
        statement = statement.where(AuditEntry.subject == subject)
    if actor_id:
        statement = statement.where(AuditEntry.actor_id == actor_id)
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    return list(reading.session.scalars(statement))
