"""The one open draft of a person: begun anywhere, continued anywhere, kept until filed or cancelled."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from complaints.errors import DraftChanged, DraftNotFound, TooManyPhotos
from complaints.models import Draft, Evidence, EvidenceKind
from complaints.rules import drafts
from complaints.rules.drafts import DraftFacts, Slot
from complaints.services.evidence import want_reading
from core.database import alone
from core.work import Reading, Work

PLACE = "drafts.facts"
WRITTEN = "written"
PHOTOS = 9


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as dialogs and pages see it; `asked` is the slot whose question is open.

    `version` grows with every change; `written` tells at which version each fact was last written.
    """

    id: int
    facts: DraftFacts
    asked: Slot | None
    begun_at: datetime
    changed_at: datetime
    version: int
    written: Mapping[str, int]


def current(reading: Reading, *, openid: str) -> OpenDraft | None:
    """Return a person's open draft, or None."""
    row = reading.session.scalar(select(Draft).where(Draft.openid == openid))
    return _opened(reading, row) if row else None


def begin(work: Work, *, openid: str, facts: DraftFacts, asked: Slot | None = None) -> OpenDraft:
    """Open a draft with what is known; what an open one already holds is kept and added to, never lost."""
    alone(work, f"draft:{openid}")
    row = work.session.scalar(select(Draft).where(Draft.openid == openid))
    if row is None:
        row = Draft(openid=openid, begun_at=work.now, version=0)
        work.session.add(row)
        return _write(work, row, facts, asked, before=None)
    before = _opened(work, row)
    return _write(work, row, drafts.merge(before.facts, facts), asked, before=before)


def change(work: Work, *, openid: str, facts: DraftFacts, asked: Slot | None = None) -> OpenDraft:
    """Put `facts` in place of the draft's; the number of photographs is always counted, not believed.

    For a caller that has read the draft in this same unit of work. Raises:
        DraftNotFound: there is no open draft, as after filing on another device.
    """
    row = _locked(work, openid)
    return _write(work, row, facts, asked, before=_opened(work, row))


def amend(
    work: Work, *, openid: str, changes: Mapping[str, Any], version: int, asked: Slot | None = None
) -> OpenDraft:
    """Write single facts of a draft whose form showed `version`; what another device wrote meanwhile stays.

    `changes` names facts of `DraftFacts`; None empties one. A new merchant name forgets the merchant chosen.
    Raises:
        DraftNotFound: there is no open draft, as after filing on another device.
        DraftChanged: one of these very facts was changed to something else after `version`; nothing is written,
            `facts` names them.
    """
    row = _locked(work, openid)
    opened = _opened(work, row)
    crossed = sorted(
        name
        for name, value in changes.items()
        if opened.written.get(name, 0) > version and getattr(opened.facts, name) != value
    )
    if crossed:
        raise DraftChanged(crossed, version=version, stands=opened.version)
    wanted = dict(changes)
    if wanted.get("merchant_name", opened.facts.merchant_name) != opened.facts.merchant_name:
        wanted.setdefault("merchant_id", None)
    facts = replace(opened.facts, **wanted)
    still = tuple(slot for slot in facts.skipped if not drafts.filled(facts, slot))
    return _write(work, row, replace(facts, skipped=still), asked or opened.asked, before=opened)


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
        want_reading(work, file_id=file_id)
    opened = _opened(work, row)
    return _write(work, row, opened.facts, opened.asked, before=opened)


def detach(work: Work, *, openid: str, evidence_id: int) -> OpenDraft:
    """Take a photograph out of the draft again; one that is not there changes nothing.

    Raises:
        DraftNotFound: there is no open draft.
    """
    row = _locked(work, openid)
    work.session.execute(delete(Evidence).where(Evidence.id == evidence_id, Evidence.draft_id == row.id))
    opened = _opened(work, row)
    return _write(work, row, opened.facts, opened.asked, before=opened)


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


def _write(
    work: Work, row: Draft, facts: DraftFacts, asked: Slot | None, *, before: OpenDraft | None
) -> OpenDraft:
    row.version += 1
    old, written = (before.facts, dict(before.written)) if before else (DraftFacts(), {})
    written |= dict.fromkeys(drafts.changed(old, facts), row.version)
    kept = drafts.to_json(facts) | {WRITTEN: written}
    row.facts = work.vault.seal(json.dumps(kept, ensure_ascii=False), place=PLACE)
    row.asked = asked.value if asked else None
    row.changed_at = work.now
    work.session.flush()
    return _opened(work, row)


def _opened(reading: Reading, row: Draft) -> OpenDraft:
    kept = json.loads(reading.vault.unseal(row.facts, place=PLACE))
    photos = reading.session.scalar(
        select(func.count()).select_from(Evidence).where(Evidence.draft_id == row.id)
    )
    return OpenDraft(
        id=row.id,
        facts=replace(drafts.from_json(kept), photos=photos or 0),
        asked=Slot(row.asked) if row.asked else None,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        version=row.version,
        written=kept.get(WRITTEN, {}),
    )
