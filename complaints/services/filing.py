"""A draft becomes a case: once per key, with its number, its clocks and its first calculation."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select, update

from accounts.queries import regions
from accounts.services.citizens import NOTICE_VERSION
from complaints.errors import DraftIncomplete, DraftNotFound, TooMany
from complaints.models import Case, Draft, EventKind, Evidence, LinkKind
from complaints.queries import related
from complaints.queries.views import office
from complaints.rules import drafts, words
from complaints.rules.admissibility import grounds
from complaints.rules.assessing import assess
from complaints.rules.clocks import ClockName, Track
from complaints.rules.drafts import DraftFacts
from complaints.rules.lifecycle import Status
from complaints.rules.numbering import RANDOM_LENGTH, number
from complaints.services import drafting, linking, notices
from complaints.services.recording import clock_due, write
from core.clock import day_start, local_date
from core.database import alone
from core.work import Reading, Work

PER_DAY = 10
FIRST_CLOCK = {Track.COMPLAINT: ClockName.ACCEPTANCE, Track.TIPOFF: ClockName.TIPOFF_ACCEPTANCE}


@dataclass(frozen=True, slots=True)
class Filed:
    """What the citizen is told at once; `acceptance_due` is the last day for the decision to accept.

    `twin` is the tip-off filed together with a complaint.
    """

    case_id: int
    number: str
    track: Track
    acceptance_due: date
    provisional: bool
    office_name: str
    office_phone: str
    merchant_name: str
    twin: "Filed | None" = None


def file(work: Work, *, openid: str, idempotency_key: str, per_day: int = PER_DAY) -> Filed:
    """Make a case of the open draft; the same key again gives the same case and makes nothing.

    A draft that asks for both becomes a complaint and a tip-off without its author, linked, with one set of
    photographs. Source: 总局令第121号第9、10、28条.
    Raises:
        DraftNotFound: there is no open draft and no case of this key.
        DraftIncomplete: what the law asks for is missing; `fields` names each slot.
        TooMany: the person has filed `per_day` cases today.
    """
    alone(work, f"draft:{openid}")
    key = hashlib.sha256(idempotency_key.encode()).hexdigest()
    done = work.session.scalar(select(Case).where(Case.openid == openid, Case.idempotency_key == key))
    if done is not None:
        return receipt(work, done)
    row = work.session.scalar(select(Draft).where(Draft.openid == openid))
    opened = drafting.current(work, openid=openid)
    if row is None or opened is None:
        raise DraftNotFound(openid=openid)
    if wanting := drafts.obstacles(opened.facts):
        raise DraftIncomplete("；".join(wanting.values()), fields=wanting)
    _refuse_flood(work, openid, per_day)
    case = build(work, openid=openid, key=key, facts=opened.facts)
    work.session.execute(
        update(Evidence).where(Evidence.draft_id == row.id).values(draft_id=None, case_id=case.id)
    )
    drafting.discard(work, row)
    if opened.facts.me_too:
        linking.relate(work, case, related.same_matter(work, opened.facts, openid=openid))
    filed = announce(work, case)
    if opened.facts.track is Track.COMPLAINT and opened.facts.also_tipoff:
        return replace(filed, twin=_file_twin(work, case, key=key, facts=opened.facts))
    return filed


def _file_twin(work: Work, complaint: Case, *, key: str, facts: DraftFacts) -> Filed:
    twin = build(
        work,
        openid=complaint.openid,
        key=hashlib.sha256(f"{key}:tipoff".encode()).hexdigest(),
        facts=drafts.without_person(facts),
    )
    linking.pair(work, complaint, twin)
    return announce(work, twin)


def _refuse_flood(work: Work, openid: str, per_day: int) -> None:
    since = day_start(local_date(work.now))
    today = select(func.count()).select_from(Case).where(Case.openid == openid, Case.received_at >= since)
    if (work.session.scalar(today) or 0) >= per_day:
        raise TooMany(f"一天最多提交 {per_day} 件，请明天再来；着急的话请拨打 12315。", openid=openid)


def build(work: Work, *, openid: str, key: str, facts: DraftFacts) -> Case:
    """Insert the case of `facts`, received now; its timeline is still empty."""
    today = local_date(work.now)
    case = Case(
        number=_free_number(work, today),
        track=facts.track.value,
        status=Status.RECEIVED.value,
        is_open=True,
        version=0,
        openid=openid,
        idempotency_key=key,
        region_code=_region(work, facts),
        assessment=assess(facts, on=facts.bought_on or today),
        received_at=work.now,
        law_order=grounds(facts.track, today)[0].source.order,
        signs=related.signs(work, openid=openid, phone=facts.contact_phone),
        changed_at=work.now,
    )
    _lay_goods(case, facts)
    _seal_person(work, case, facts)
    work.session.add(case)
    work.session.flush()
    return case


def announce(work: Work, case: Case) -> Filed:
    """Begin the timeline of a new case, start its clocks and tell the citizen."""
    event = write(work, case, EventKind.RECEIVED)
    filed = receipt(work, case)
    event.public_text = words.received(
        filed.track,
        due=filed.acceptance_due,
        provisional=filed.provisional,
        office=filed.office_name,
        today=local_date(work.now),
    )
    work.session.flush()
    notices.progress(work, case, event)
    return filed


def receipt(reading: Reading, case: Case) -> Filed:
    """Return what a person is told about a case that has been filed."""
    track = Track(case.track)
    due, provisional = clock_due(reading, case, FIRST_CLOCK[track])
    desk = office(reading, case.region_code)
    return Filed(
        case_id=case.id,
        number=case.number,
        track=track,
        acceptance_due=due or local_date(case.received_at),
        provisional=provisional,
        office_name=desk[0],
        office_phone=desk[1],
        merchant_name=case.merchant_name,
        twin=_twin_receipt(reading, case),
    )


def _twin_receipt(reading: Reading, case: Case) -> Filed | None:
    if case.track != Track.COMPLAINT.value:
        return None
    twins = linking.linked(reading, case, LinkKind.TWIN)
    return receipt(reading, twins[0]) if twins else None


def _free_number(work: Work, today: date) -> str:
    while True:
        drawn = number(today, work.ids.readable(RANDOM_LENGTH))
        if work.session.scalar(select(Case.id).where(Case.number == drawn)) is None:
            return drawn


def _region(work: Work, facts: DraftFacts) -> str:
    if facts.region_code:
        return facts.region_code
    place = regions.find(work, text=facts.place) if facts.place else None
    return place.code if place else ""


def _lay_goods(case: Case, facts: DraftFacts) -> None:
    case.merchant_id = facts.merchant_id
    case.merchant_name = (facts.merchant_name or "")[:128]
    case.place = (facts.place or "")[:200]
    case.product = (facts.product or "")[:64]
    case.claimed_mg, case.measured_mg = facts.claimed_mg, facts.measured_mg
    case.claimed_ml, case.measured_ml = facts.claimed_ml, facts.measured_ml
    case.method = (facts.method or "")[:64] or None
    case.unit_price_cents_per_kg, case.paid_cents = facts.unit_price_cents_per_kg, facts.paid_cents
    case.bought_on = facts.bought_on
    case.demand = facts.demand or ""
    case.category = facts.category.value if facts.category else None
    case.channel = facts.channel.value if facts.channel else None
    case.scale_number = (facts.scale_number or "")[:64] or None
    case.has_receipt = facts.has_receipt
    case.may_publish, case.may_delegate = bool(facts.may_publish), bool(facts.may_delegate)
    case.notice_version = NOTICE_VERSION


def _seal_person(work: Work, case: Case, facts: DraftFacts) -> None:
    for field in ("contact_name", "contact_phone", "contact_address", "story"):
        value = getattr(facts, field)
        if value:
            setattr(case, field, work.vault.seal(value, place=f"cases.{field}"))
    if facts.contact_phone:
        case.phone_index = work.vault.index(facts.contact_phone, purpose="phone")
