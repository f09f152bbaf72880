"""What the pages of a report do with the draft: save one page, pass one by, add photographs, send it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from accounts.services import citizens
from complaints.errors import DraftChanged
from complaints.models import Evidence, EvidenceKind
from complaints.rules import drafts, screens
from complaints.rules.drafts import DraftFacts, Slot
from complaints.rules.screens import Screen
from complaints.services import drafting, filing
from complaints.services.drafting import OpenDraft
from complaints.services.filing import Filed
from core import files
from core.database import alone
from core.files import Prepared
from core.work import Work


@dataclass(frozen=True, slots=True)
class Consents:
    """The two consents of the official form, each given or not."""

    may_publish: bool
    may_delegate: bool


def save(work: Work, *, openid: str, changes: Mapping[str, Any], version: int) -> OpenDraft:
    """Write one page's facts; the first page of all (`version` 0) opens the draft, as the privacy notice was shown.

    Raises:
        DraftNotFound: the draft the page showed was sent or cancelled meanwhile.
        DraftChanged: another device changed one of these facts meanwhile; nothing is written.
    """
    if version == 0 and drafting.current(work, openid=openid) is None:
        citizens.meet(work, openid=openid)
        citizens.note_privacy_shown(work, openid=openid)
        return drafting.begin(work, openid=openid, facts=replace(DraftFacts(), **changes))
    return drafting.amend(work, openid=openid, changes=changes, version=version)


def pass_by(work: Work, *, openid: str, screen: Screen, version: int) -> OpenDraft:
    """Leave a page's question open and empty what stood there.

    Raises:
        DraftNotFound, DraftChanged: as for `save`.
    """
    opened = save(work, openid=openid, changes=dict.fromkeys(screens.FACTS[screen]), version=version)
    facts = drafts.skip(opened.facts, screens.SLOTS[screen])
    if screen is Screen.AGAIN:
        facts = drafts.skip(facts, Slot.METHOD)
    return drafting.change(work, openid=openid, facts=facts, asked=opened.asked)


def tell(work: Work, *, openid: str, understood: DraftFacts) -> OpenDraft:
    """Lay what was told in one's own words over the draft, opening it where there is none."""
    citizens.meet(work, openid=openid)
    citizens.note_privacy_shown(work, openid=openid)
    return drafting.begin(work, openid=openid, facts=understood)


def without_photos(work: Work, *, openid: str, has_receipt: bool | None, version: int) -> OpenDraft:
    """Pass the photographs by; `has_receipt` false says that there is no proof at all.

    Raises:
        DraftNotFound, DraftChanged: as for `save`.
    """
    told = {} if has_receipt is None else {"has_receipt": has_receipt}
    opened = save(work, openid=openid, changes=told, version=version)
    facts = drafts.skip(opened.facts, Slot.PHOTOS)
    return drafting.change(work, openid=openid, facts=facts, asked=opened.asked)


def add_photo(work: Work, *, openid: str, prepared: Prepared, kind: EvidenceKind) -> int:
    """Add a photograph that lies in the store already, opening the draft where photographs come first; its id there.

    Raises:
        TooManyPhotos: the draft has as many as it may have.
    """
    if drafting.current(work, openid=openid) is None:
        save(work, openid=openid, changes={}, version=0)
    file_id = files.register(work, prepared=prepared)
    opened = drafting.attach(work, openid=openid, file_id=file_id, kind=kind)
    return work.session.scalars(
        select(Evidence.id).where(Evidence.draft_id == opened.id, Evidence.file_id == file_id)
    ).one()


def send(
    work: Work, *, openid: str, key: str, version: int, consents: Consents, per_day: int = filing.PER_DAY
) -> Filed:
    """File the draft as the review of `version` showed it; the same key again gives the same case.

    Raises:
        DraftNotFound, DraftIncomplete, TooMany: as for `filing.file`.
        DraftChanged: another device changed facts after the review was shown; nothing is sent.
    """
    alone(work, f"draft:{openid}")
    opened = drafting.current(work, openid=openid)
    if opened is not None:
        crossed = sorted(name for name, at in opened.written.items() if at > version)
        if crossed:
            raise DraftChanged(crossed, version=version, stands=opened.version)
        told = {"may_publish": consents.may_publish or None, "may_delegate": consents.may_delegate or None}
        drafting.amend(work, openid=openid, changes=told, version=opened.version)
        for kind in (kind for kind, given in told.items() if given):
            citizens.consent(work, openid=openid, kind=kind)
    return filing.file(work, openid=openid, idempotency_key=key, per_day=per_day)
