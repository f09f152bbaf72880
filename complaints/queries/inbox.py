"""The queue of an office: what is open, most urgent first, cut to the actor's region."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy import case as sql_case

from complaints.models import Case, Evidence
from complaints.queries.scope import within
from complaints.queries.views import countdowns, places, today_of, urgent
from complaints.rules import lifecycle
from complaints.rules.clocks import Track
from complaints.rules.countdown import Countdown
from complaints.rules.lifecycle import TRACK_NAMES, Status
from complaints.rules.numbering import found
from core.work import Reading

COUNT_UP_TO = 1000
LONGEST_SEARCH = 64


class Due(StrEnum):
    """Cuts by the most urgent clock."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is cut to; empty values cut nothing, `state` is a status, "open" or "closed"."""

    state: str = "open"
    track: str = ""
    mine: bool = False
    due: str = ""
    platform: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the queue shows it; `short_mg` is the stated shortage in milligrams."""

    id: int
    number: str
    track: str
    track_name: str
    status: str
    status_name: str
    merchant: str
    product: str
    short_mg: int | None
    place: str
    clock: Countdown | None
    photos: int
    assignee: str
    received_at: datetime
    platform_number: str | None
    due_on: date


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the queue; `total` counts up to 1000, `after` is the cursor of the next page or None."""

    rows: tuple[Row, ...]
    total: int
    after: tuple[date, int] | None


@dataclass(frozen=True, slots=True)
class Counters:
    """How the office stands now."""

    overdue: int
    today: int
    week: int
    waiting: int
    supplement: int
    mine: int
    not_handed_over: int
    open: int


def inbox(
    reading: Reading, *, filters: Filters, after: tuple[date, int] | None = None, limit: int = 30
) -> Page:
    """Return a page of the cases in the actor's region: open ones by due day, closed ones newest first."""
    closed = filters.state == "closed"
    wanted = _where(reading, filters)
    statement: Select[Case] = select(Case).where(*wanted).limit(limit + 1)
    if closed:
        statement = statement.order_by(Case.id.desc())
        if after is not None:
            statement = statement.where(Case.id < after[1])
    else:
        statement = statement.order_by(Case.due_on, Case.id)
        if after is not None:
            statement = statement.where(
                or_(Case.due_on > after[0], and_(Case.due_on == after[0], Case.id > after[1]))
            )
    cases = list(reading.session.scalars(statement))
    more, cases = len(cases) > limit, cases[:limit]
    counted = select(Case.id).where(*wanted).limit(COUNT_UP_TO).subquery()
    total = reading.session.scalar(select(func.count()).select_from(counted)) or 0
    return Page(
        rows=tuple(_rows(reading, cases)),
        total=total,
        after=(cases[-1].due_on, cases[-1].id) if more else None,
    )


def counters(reading: Reading) -> Counters:
    """Count the open cases of the actor's region by what they need."""
    today = today_of(reading)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(sql_case((condition, 1), else_=0)), 0)

    row = reading.session.execute(
        select(
            count(Case.due_on < today),
            count(Case.due_on == today),
            count(and_(Case.due_on >= today, Case.due_on <= today + timedelta(days=7))),
            count(Case.status == Status.RECEIVED.value),
            count(Case.status == Status.SUPPLEMENT.value),
            count(Case.assignee_id == reading.actor.id),
            count(Case.platform_number.is_(None)),
            func.count(),
        ).where(Case.is_open, within(reading.actor.region))
    ).one()
    return Counters(*(int(value) for value in row))


def next_up(reading: Reading, *, limit: int = 6) -> tuple[Row, ...]:
    """Return what the actor should do next: their own and nobody's, most urgent first."""
    mine = or_(Case.assignee_id == reading.actor.id, Case.assignee_id.is_(None))
    statement = (
        select(Case)
        .where(Case.is_open, mine, within(reading.actor.region), Case.status != Status.SUPPLEMENT.value)
        .order_by(Case.due_on, Case.id)
        .limit(limit)
    )
    return tuple(_rows(reading, list(reading.session.scalars(statement))))


def sentence(filters: Filters, *, region: str, total: int) -> str:
    """Say in one line what the queue shows: 历下区 · 待受理 · 已超期 · 32 件."""
    parts = [region]
    match filters.state:
        case "open":
            parts.append("在办")
        case "closed":
            parts.append("已办结")
        case state if state in set(Status):
            parts.append(lifecycle.name(Track.COMPLAINT, Status(state)))
    if filters.track in set(Track):
        parts.append(TRACK_NAMES[Track(filters.track)])
    if filters.mine:
        parts.append("我办理的")
    parts += [DUE_NAMES[Due(filters.due)]] if filters.due in set(Due) else []
    if filters.platform == "none":
        parts.append("未转 12315")
    if filters.text:
        parts.append(f"含“{filters.text}”")
    parts.append("新收的在前" if filters.state == "closed" else "先到期的在前")
    parts.append(f"{total} 件" if total < COUNT_UP_TO else f"超过 {COUNT_UP_TO} 件")
    return " · ".join(part for part in parts if part)


DUE_NAMES = {Due.OVERDUE: "已超期", Due.TODAY: "今日到期", Due.WEEK: "七日内到期"}


def _where(reading: Reading, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = [within(reading.actor.region)]
    if filters.state == "open":
        wanted.append(Case.is_open.is_(True))
    elif filters.state == "closed":
        wanted.append(Case.is_open.is_(False))
    elif filters.state in set(Status):
        wanted.append(Case.status == filters.state)
    if filters.track in set(Track):
        wanted.append(Case.track == filters.track)
    if filters.mine:
        wanted.append(Case.assignee_id == reading.actor.id)
    if filters.platform == "none":
        wanted.append(Case.platform_number.is_(None))
    if filters.due in set(Due):
        wanted.append(_due(Due(filters.due), today_of(reading)))
    if filters.text:
        wanted.append(_containing(filters.text))
    return wanted


def _due(due: Due, today: date) -> ColumnElement[bool]:
    match due:
        case Due.OVERDUE:
            return Case.due_on < today
        case Due.TODAY:
            return Case.due_on == today
        case Due.WEEK:
            return and_(Case.due_on >= today, Case.due_on <= today + timedelta(days=7))


def _containing(text: str) -> ColumnElement[bool]:
    if number := found(text):
        return Case.number == number
    part = text.strip()[:LONGEST_SEARCH]
    return or_(
        Case.number.startswith(part.upper(), autoescape=True),
        Case.merchant_name.contains(part, autoescape=True),
        Case.product.contains(part, autoescape=True),
        Case.platform_number == part.upper(),
    )


def _rows(reading: Reading, cases: list[Case]) -> list[Row]:
    ids = [case.id for case in cases]
    clocks, names, photos = countdowns(reading, ids), places(reading), _photos(reading, ids)
    return [
        replace(
            _row(case),
            place=names.name(case.region_code),
            clock=urgent(clocks.get(case.id, [])),
            photos=photos.get(case.id, 0),
        )
        for case in cases
    ]


def _row(case: Case) -> Row:
    track, status = Track(case.track), Status(case.status)
    weighed = case.claimed_mg is not None and case.measured_mg is not None
    return Row(
        id=case.id,
        number=case.number,
        track=case.track,
        track_name=TRACK_NAMES[track],
        status=case.status,
        status_name=lifecycle.name(track, status),
        merchant=case.merchant_name or "（未写明商户）",
        product=case.product,
        short_mg=(case.claimed_mg or 0) - (case.measured_mg or 0) if weighed else None,
        place="",
        clock=None,
        photos=0,
        assignee=case.assignee_name,
        received_at=case.received_at,
        platform_number=case.platform_number,
        due_on=case.due_on,
    )


def _photos(reading: Reading, ids: list[int]) -> dict[int, int]:
    rows = reading.session.execute(
        select(Evidence.case_id, func.count()).where(Evidence.case_id.in_(ids)).group_by(Evidence.case_id)
    )
    return {case_id: count for case_id, count in rows if case_id is not None}
