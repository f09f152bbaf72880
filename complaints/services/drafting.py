"""The one open draft of a person: begun anywhere, continued anywhere, kept until filed or cancelled."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select

from complaints.errors import DraftNotFound, TooManyPhotos
from complaints.models import Draft, Evidence, EvidenceKind
from complaints.rules import drafts
from complaints.rules.drafts import DraftFacts, Slot
from core.database import alone
from core.work import Reading, Work

PLACE = "drafts.facts"
PHOTOS = 9


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as dialogs and pages see it; `asked` is the slot whose question is open."""

    id: int
    facts: DraftFacts
    asked: Slot | None
    begun_at: datetime
    changed_at: datetime


def current(reading: Reading, *, openid: str) -> OpenDraft | None:
    """Return a person's open draft, or None."""
    row = reading.session.scalar(select(Draft).where(Draft.openid == openid))
    return _opened(reading, row) if row else None


def begin(work: Work, *, openid: str, facts: DraftFacts, asked: Slot | None = None) -> OpenDraft:
    """Open a draft with what is known; what an open one already holds is kept and added to, never lost."""
    alone(work, f"draft:{openid}")
    row = work.session.scalar(select(Draft).where(Draft.openid == openid))
    if row is None:
        row = Draft(openid=openid, begun_at=work.now)
        work.session.add(row)
    else:
        facts = drafts.merge(_opened(work, row).facts, facts)
    _write(work, row, facts, asked)
    return _opened(work, row)


def change(work: Work, *, openid: str, facts: DraftFacts, asked: Slot | None = None) -> OpenDraft:
    """Put `facts` in place of the draft's; the number of photographs is always counted, not believed.

    Raises:
        DraftNotFound: there is no open draft, as after filing on another device.
    """
    row = _locked(work, openid)
    _write(work, row, facts, asked)
    return _opened(work, row)


def attach(
    work: Work, *, openid: str, file_id: int, kind: EvidenceKind = EvidenceKind.OTHER, limit: int = PHOTOS
) -> OpenDraft:
    """Add a kept photograph to the draft; the same picture twice counts once.

    Raises:
        DraftNotFound: there is no open draft.
        TooManyPhotos: the draft has `limit` photographs already.
    """
    row = _locked(work, openid)
    present = list(work.session.scalars(select(Evidence.file_id).where(Evidence.draft_id == row.id)))
    if file_id not in present:
        if len(present) >= limit:
            raise TooManyPhotos(limit=limit)
        work.session.add(Evidence(draft_id=row.id, file_id=file_id, kind=kind.value, added_at=work.now))
        work.session.flush()
    opened = _opened(work, row)
    _write(work, row, opened.facts, opened.asked)
    return opened


def cancel(work: Work, *, openid: str) -> bool:
    """Throw the draft away; false when there was none."""
    alone(work, f"draft:{openid}")
    row = work.session.scalar(select(Draft).where(Draft.openid == openid))
    if row is None:
        return False
    discard(work, row)
    return True


def discard(work: Work, row: Draft) -> None:
    """Remove a draft and whatever photographs it still holds."""
    work.session.execute(delete(Evidence).where(Evidence.draft_id == row.id))
    work.session.delete(row)
    work.session.flush()


def _locked(work: Work, openid: str) -> Draft:
    alone(work, f"draft:{openid}")
    row = work.session.scalar(select(Draft).where(Draft.openid == openid))
    if row is None:
        raise DraftNotFound(openid=openid)
    return row


def _write(work: Work, row: Draft, facts: DraftFacts, asked: Slot | None) -> None:
    row.facts = work.vault.seal(json.dumps(drafts.to_json(facts), ensure_ascii=False), place=PLACE)
    row.asked = asked.value if asked else None
    row.changed_at = work.now
    work.session.flush()


def _opened(reading: Reading, row: Draft) -> OpenDraft:
    facts = drafts.from_json(json.loads(reading.vault.unseal(row.facts, place=PLACE)))
    photos = reading.session.scalar(
        select(func.count()).select_from(Evidence).where(Evidence.draft_id == row.id)
    )
    return OpenDraft(
        id=row.id,
        facts=replace(facts, photos=photos or 0),
        asked=Slot(row.asked) if row.asked else None,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
    )
