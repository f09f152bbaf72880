"""A citizen's own cases in plain words; nobody else's are ever found."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from complaints.models import Case, CaseEvent, CaseLink, EventKind, LinkKind
from complaints.queries import aftercare
from complaints.queries.casefile import Photo, events, photos
from complaints.queries.views import countdowns, office, urgent
from complaints.rules import lifecycle, words
from complaints.rules.assessing import Band, band
from complaints.rules.clocks import Track
from complaints.rules.countdown import Countdown
from complaints.rules.lifecycle import OPEN, TRACK_NAMES, Status, Step
from core.clock import local_date
from core.work import Reading

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own case in a list; `latest` is the last thing the citizen was told, its first line."""

    number: str
    track_name: str
    status: str
    status_name: str
    status_tone: str
    merchant: str
    product: str
    received_at: datetime
    is_open: bool
    clock: Countdown | None
    latest: str


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the citizen's timeline; `title` says what happened, `text` the whole of it."""

    at: datetime
    title: str
    text: str
    tone: str
    mine: bool


@dataclass(frozen=True, slots=True)
class MyCase:
    """One's own case in full; `twin` is track and number of the other track of the same report."""

    case: Case
    summary: Mine
    office_name: str
    office_phone: str
    timeline: tuple[Told, ...]
    photos: tuple[Photo, ...]
    band: Band | None
    may_withdraw: bool
    may_urge_on: date | None
    may_rate: bool
    rated: int | None
    may_ask_again: bool
    is_tipoff: bool
    next_line: str
    twin: tuple[str, str] | None


def mine(reading: Reading, *, openid: str) -> list[Mine]:
    """Return a person's cases, newest first, at most 50."""
    cases = list(
        reading.session.scalars(
            select(Case).where(Case.openid == openid).order_by(Case.id.desc()).limit(LIMIT)
        )
    )
    clocks = countdowns(reading, [case.id for case in cases])
    latest = _latest(reading, [case.id for case in cases])
    return [_summary(case, urgent(clocks.get(case.id, [])), latest.get(case.id, "")) for case in cases]


def by_number(reading: Reading, *, openid: str, number: str) -> Mine | None:
    """Return one's own case by its number, or None: somebody else's is not told apart from none."""
    case = own(reading, openid, number)
    if case is None:
        return None
    clock = urgent(countdowns(reading, [case.id]).get(case.id, []))
    return _summary(case, clock, _latest(reading, [case.id]).get(case.id, ""))


def in_full(
    reading: Reading,
    *,
    openid: str,
    number: str,
    urge_every: int = aftercare.URGE_EVERY,
    reopen_within_days: int = aftercare.REOPEN_WITHIN_DAYS,
) -> MyCase | None:
    """Return one's own case with its timeline in plain words and what may be done now, or None."""
    case = own(reading, openid, number)
    if case is None:
        return None
    clock = urgent(countdowns(reading, [case.id]).get(case.id, []))
    desk = office(reading, case.region_code)
    track, status = Track(case.track), Status(case.status)
    rating = aftercare.rating_of(reading, case)
    return MyCase(
        case=case,
        summary=_summary(case, clock, ""),
        office_name=desk[0],
        office_phone=desk[1],
        timeline=tuple(_told(event) for event in reversed(events(reading, case)) if event.public_text),
        photos=tuple(photos(reading, case)),
        band=band(case.assessment) if case.assessment else None,
        may_withdraw=Step.WITHDRAW in lifecycle.possible(track, status),
        may_urge_on=aftercare.may_urge_on(reading, case, every=urge_every),
        may_rate=aftercare.ending_of(reading, case) is not None,
        rated=rating.score if rating else None,
        may_ask_again=aftercare.may_ask_again(reading, case, within_days=reopen_within_days),
        is_tipoff=track is Track.TIPOFF,
        next_line=_next(track, status, clock, local_date(reading.now)),
        twin=_twin(reading, case),
    )


def _twin(reading: Reading, case: Case) -> tuple[str, str] | None:
    found = reading.session.execute(
        select(Case.track, Case.number).where(
            Case.id.in_(
                select(CaseLink.second_id)
                .where(CaseLink.first_id == case.id, CaseLink.kind == LinkKind.TWIN.value)
                .union(
                    select(CaseLink.first_id).where(
                        CaseLink.second_id == case.id, CaseLink.kind == LinkKind.TWIN.value
                    )
                )
            ),
            Case.openid == case.openid,
        )
    ).first()
    return (TRACK_NAMES[Track(found[0])], found[1]) if found else None


def own(reading: Reading, openid: str, number: str) -> Case | None:
    """Return one's own case by its number, or None."""
    return reading.session.scalar(
        select(Case).where(Case.number == number.strip().upper(), Case.openid == openid)
    )


def _summary(case: Case, clock: Countdown | None, latest: str) -> Mine:
    track, status = Track(case.track), Status(case.status)
    return Mine(
        number=case.number,
        track_name=TRACK_NAMES[track],
        status=case.status,
        status_name=lifecycle.name(track, status),
        status_tone=lifecycle.tone(status),
        merchant=case.merchant_name,
        product=case.product,
        received_at=case.received_at,
        is_open=status in OPEN,
        clock=clock if status in OPEN else None,
        latest=latest,
    )


def _latest(reading: Reading, ids: list[int]) -> dict[int, str]:
    rows = reading.session.execute(
        select(CaseEvent.case_id, CaseEvent.public_text)
        .where(
            CaseEvent.case_id.in_(ids),
            CaseEvent.public_text.is_not(None),
            CaseEvent.actor_kind != "citizen",
        )
        .order_by(CaseEvent.id)
    )
    found = {case_id: (text or "").split("\n", 1)[0] for case_id, text in rows}
    missing = set(ids) - found.keys()
    if missing:
        first = reading.session.execute(
            select(CaseEvent.case_id, CaseEvent.public_text).where(
                CaseEvent.case_id.in_(missing), CaseEvent.kind == EventKind.RECEIVED.value
            )
        )
        found |= {case_id: (text or "").split("\n", 1)[0] for case_id, text in first}
    return found


_TITLES = {
    EventKind.RECEIVED: "已收到",
    EventKind.REPLY: "工作人员回复",
    EventKind.MESSAGE: "您的留言",
    EventKind.EVIDENCE: "您补充了照片",
    EventKind.PLATFORM: "已转入全国 12315 平台",
    EventKind.URGED: "您催办了",
    EventKind.RATED: "您的评价",
    EventKind.UNSATISFIED: "您不满意",
    EventKind.OVERDUE: "超过期限，向您说明",
}
_STEP_TITLES = {
    Step.ASK_SUPPLEMENT: "请您补充",
    Step.ACCEPT: "已受理",
    Step.REFUSE: "不予受理",
    Step.AGREE: "已达成一致",
    Step.TERMINATE: "调解已终止",
    Step.OPEN_FILE: "已立案",
    Step.DECLINE_FILE: "没有立案",
    Step.DECIDE: "已作出决定",
    Step.WITHDRAW: "您已撤回",
    Step.REOPEN: "重新办理",
}
_TONES = {
    Step.ASK_SUPPLEMENT: "warn",
    Step.REFUSE: "warn",
    Step.TERMINATE: "warn",
    Step.AGREE: "ok",
    Step.ACCEPT: "ok",
}


def _told(event: CaseEvent) -> Told:
    kind = EventKind(event.kind)
    step = Step(event.step) if event.step else None
    title = _STEP_TITLES.get(step) if step and kind is EventKind.STEP else None
    return Told(
        at=event.at,
        title=title or _TITLES.get(kind, "有新进展"),
        text="" if kind is EventKind.EVIDENCE else event.public_text or "",
        tone=_TONES.get(step, "done") if step and kind is EventKind.STEP else "done",
        mine=event.actor_kind == "citizen",
    )


def _next(track: Track, status: Status, clock: Countdown | None, today: date) -> str:
    """Say what comes next and by when; when the day has passed, say what that means."""
    if clock is not None and clock.left < 0:
        return f"按规定应在 {words.on(clock.due, today)} 前有结果，现在已经超过。您可以拨打 12315 或承办单位电话催问。"
    by = f"，最晚 {words.on(clock.due, today)}" if clock is not None else ""
    match status:
        case Status.RECEIVED:
            return f"接下来：工作人员决定是否受理{by}。"
        case Status.SUPPLEMENT:
            return f"接下来：请您补充材料，工作人员再决定是否受理{by}。"
        case Status.ACCEPTED if track is Track.TIPOFF:
            return f"接下来：核查线索，决定是否立案{by}。"
        case Status.ACCEPTED:
            return f"接下来：征得双方同意后调解{by}。"
        case Status.FILED:
            return f"接下来：调查并作出处理决定{by}。"
        case Status.REFUSED | Status.TERMINATED:
            return "这里的程序已经结束，争议还可以通过其他途径解决，见下面的说明。"
        case _:
            return "这件事在这里已经结束。"
