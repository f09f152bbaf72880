"""Brings statutes in: new, changed or as they were; an older text is kept as an earlier revision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select

from core import audit
from core.database import alone
from core.work import Reading, Work
from knowledge.models import StatuteArticle, StatuteText
from knowledge.queries import statutes
from knowledge.queries.statutes import BETWEEN
from knowledge.rules.statutes import Statute, settled

DESCRIBED = (
    "short",
    "number",
    "level",
    "valid_from",
    "valid_to",
    "superseded_by",
    "confidence",
    "source",
    "remark",
    "file",
)


class Outcome(StrEnum):
    """What an import comes to: a text we had not, another text, better known about, or nothing new."""

    ADDED = "added"
    REVISED = "revised"
    DESCRIBED = "described"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Result:
    """What importing one statute came to, and which revision now stands."""

    code: str
    outcome: Outcome
    revision: int


def compare(reading: Reading, *, statute: Statute) -> Result:
    """Tell what importing `statute` would do; nothing is written."""
    row = _current(reading, statute.code)
    if row is None:
        latest = statutes.revisions(reading, code=statute.code)
        return Result(statute.code, Outcome.ADDED, latest[0][0] + 1 if latest else 1)
    if row.fingerprint != statute.fingerprint:
        return Result(statute.code, Outcome.REVISED, row.revision + 1)
    changed = Outcome.DESCRIBED if _changes(row, statute) else Outcome.UNCHANGED
    return Result(statute.code, changed, row.revision)


def store(work: Work, *, statute: Statute) -> Result:
    """Import one statute: another text becomes the next revision, what is newly known about the same text is noted."""
    alone(work, f"statute:{statute.code}")
    result = compare(work, statute=statute)
    row = _current(work, statute.code)
    facts: dict[str, object] = {"revision": result.revision, "file": statute.file}
    match result.outcome:
        case Outcome.UNCHANGED:
            return result
        case Outcome.DESCRIBED if row is not None:
            facts["changes"] = _described(work, row, _changes(row, statute))
        case _:
            if row is not None:
                row.replaced_at = work.now
                work.session.flush()
            facts["articles"] = _written(work, statute, result.revision, row)
    audit.record(work, f"statute.{result.outcome.value}", f"statute:{statute.code}", **facts)
    return result


def settle(work: Work) -> list[Statute]:
    """End every statute that a later one replaces or repeals and whose end is not known yet; return those ended."""
    ended = settled(statutes.everything(work))
    for one in ended:
        row = _current(work, one.code)
        if row is None:
            continue
        changes = _described(work, row, {"valid_to": one.valid_to, "superseded_by": one.superseded_by})
        audit.record(work, "statute.ended", f"statute:{one.code}", changes=changes)
    return ended


def _current(reading: Reading, code: str) -> StatuteText | None:
    return reading.session.scalar(
        select(StatuteText).where(StatuteText.code == code, StatuteText.replaced_at.is_(None))
    )


def _changes(row: StatuteText, statute: Statute) -> dict[str, Any]:
    """Return what `statute` knows that the row does not; what it says nothing about stays."""
    said = {name: getattr(statute, name) for name in DESCRIBED}
    return {name: value for name, value in said.items() if value not in (None, "", getattr(row, name))}


def _described(work: Work, row: StatuteText, changes: dict[str, Any]) -> dict[str, list[str | None]]:
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.changed_at = work.now
    work.session.flush()
    return {name: [_plain(before[name]), _plain(value)] for name, value in changes.items()}


def _plain(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _written(work: Work, statute: Statute, revision: int, before: StatuteText | None) -> int:
    known = {name: getattr(statute, name) for name in DESCRIBED}
    if before is not None:
        known = {
            name: getattr(before, name) if value in (None, "") else value for name, value in known.items()
        }
    row = StatuteText(
        code=statute.code,
        revision=revision,
        title=statute.title,
        preamble=list(statute.preamble),
        annex=list(statute.annex),
        fingerprint=statute.fingerprint,
        imported_at=work.now,
        changed_at=work.now,
        replaced_at=None,
        **known,
    )
    work.session.add(row)
    work.session.flush()
    work.session.execute(
        insert(StatuteArticle),
        [
            {
                "statute_id": row.id,
                "main": article.order[0],
                "sub": article.order[1],
                "number": article.number,
                "place": "\n".join(article.place),
                "text": BETWEEN.join(article.paragraphs),
            }
            for article in statute.articles
        ],
    )
    return len(statute.articles)
