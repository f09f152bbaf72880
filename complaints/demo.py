"""The demonstration's cases: believable, deterministic, in every state, with dates relative to today."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import func, select
from yaml import safe_load

from accounts.demo import ACCOUNTS
from accounts.queries import regions
from accounts.queries.calendar import working_calendar
from accounts.services import staff
from complaints.demo_photos import DRAWN
from complaints.models import Case, EventKind, Evidence
from complaints.queries.views import office
from complaints.rules import words
from complaints.rules.admissibility import refusal
from complaints.rules.clocks import ClockName, Track
from complaints.rules.drafts import DraftFacts
from complaints.rules.lifecycle import Step
from complaints.services import filing, handling
from complaints.services.recording import clock_due, take, write
from core import audit, files
from core.clock import SHANGHAI, local_date
from core.files import FileStore
from core.work import SYSTEM, Actor, ActorKind, Work
from integrity.queries import merchants
from integrity.rules.names import Entry

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"
GIVEN = ("秀英", "建国", "海燕", "志强", "晓东", "丽华", "文静", "永胜", "桂芳", "磊")
FOLLOWERS = ("wangxiuying", "liuyang", "zhangwenjing", "sunjianguo", "zhaolei")
LAST_OF_ORDER_20 = date(2026, 3, 30)
NOTES = ("已电话联系商户，约好明天到现场核秤。", "已到现场，秤的检定标志在有效期内，复称记录见附件。")


class CaseRow(BaseModel):
    """A case as written in demo.yaml; masses in grams, price in yuan per kilogram, volumes in millilitres."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ago: int | str
    at: str
    who: int
    trade: list[str]
    shop: str
    product: str
    path: str
    story: str
    track: Track = Track.COMPLAINT
    claimed: Decimal | None = None
    measured: Decimal | None = None
    claimed_ml: int | None = None
    measured_ml: int | None = None
    method: str | None = None
    price: Decimal | None = None
    demand: str | None = None
    photos: list[str] = []


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happens `after` so many days: a step, a note, a reply or a number of the platform."""

    after: int
    what: Step | EventKind
    text: str = ""


ACCEPTED = Move(2, Step.ACCEPT)
NOTED = Move(3, EventKind.NOTE, NOTES[0])
PLATFORM = Move(3, EventKind.PLATFORM)
PATHS: dict[str, tuple[Move, ...]] = {
    "received": (),
    "supplement": (Move(1, Step.ASK_SUPPLEMENT, "小票或付款记录的照片，以及用公平秤复称的读数"),),
    "accepted": (ACCEPTED, NOTED),
    "replied": (
        Move(1, Step.ACCEPT),
        Move(2, EventKind.REPLY, "我们已与商户联系，约定明天上午到店核秤，结果会在这里告诉您。"),
    ),
    "agreed": (
        ACCEPTED,
        NOTED,
        PLATFORM,
        Move(9, EventKind.NOTE, NOTES[1]),
        Move(10, Step.AGREE, "商户当场补足差价并致歉，款项已经收到。"),
    ),
    "terminated": (ACCEPTED, PLATFORM, Move(12, Step.TERMINATE, "商户明确表示不同意调解。")),
    "terminated_told": (
        ACCEPTED,
        Move(15, Step.TERMINATE, "双方对复称结果意见不一致，未能达成协议。"),
        Move(17, EventKind.TOLD, "已电话告知双方，并说明可以提起诉讼。"),
    ),
    "refused": (
        Move(3, Step.REFUSE, "反映的是镜片度数配制和退货问题，材料中没有计量器具不准的依据，已建议按产品质量渠道提出。"),
    ),
    "refused_early": (
        Move(1, Step.ASK_SUPPLEMENT, "姓名、联系电话和通讯地址，以及购买凭证"),
        Move(6, Step.REFUSE, "通知补充后仍没有提供购买凭证和通讯地址，无法确认购买的事实。"),
    ),
    "withdrawn": (ACCEPTED, Move(5, Step.WITHDRAW), Move(7, EventKind.TOLD, "已电话告知商户投诉撤回。")),
    "verifying": (Move(2, Step.ACCEPT), NOTED),
    "filed": (Move(2, Step.ACCEPT), NOTED, PLATFORM, Move(14, Step.OPEN_FILE, "现场核查发现秤的零点异常，已先行登记。")),
    "not_filed": (Move(2, Step.ACCEPT), Move(9, Step.DECLINE_FILE, "到店核查三台在用秤，检定均在有效期内，示值符合要求。")),
    "decided": (
        Move(2, Step.ACCEPT),
        PLATFORM,
        Move(12, Step.OPEN_FILE, "现场核查情况与反映的一致。"),
        Move(48, Step.DECIDE, "已依照程序作出处理，涉及的加油机经检定合格后恢复使用。"),
    ),
    "refused_tipoff": (Move(2, Step.REFUSE, "没有写明时间、商品和具体情况，到店核查也没有发现异常。"),),
}  # fmt: skip
GROUNDS = {"refused": "not_competent", "refused_early": "incomplete", "refused_tipoff": "no_clue"}


def seed(work: Work, *, files: FileStore) -> None:
    """Write the cases with their histories, unless there are cases already; nobody is sent anything."""
    if work.session.scalar(select(func.count()).select_from(Case)):
        return
    rows = TypeAdapter(list[CaseRow]).validate_python(
        safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))["cases"]
    )
    shops, handlers = list(merchants.names(work)), _handlers(work)
    for index, row in sorted(enumerate(rows), key=lambda pair: _received(work, *pair)):
        _seed_one(work, row, index=index, shops=shops, actor=_handler(handlers, row.at), store=files)


def _seed_one(
    work: Work, row: CaseRow, *, index: int, shops: list[Entry], actor: Actor, store: FileStore
) -> None:
    received = _received(work, index, row)
    citizen = Actor(ActorKind.CITIZEN, id=_openid(row.who))
    then = replace(work, now=received, actor=citizen)
    case = filing.build(then, openid=citizen.id, key=f"demo-{index}", facts=_facts(work, row, index, shops))
    for kind in row.photos:
        _photo(then, case, kind, row, store)
    event = write(then, case, EventKind.RECEIVED)
    told = filing.receipt(then, case)
    event.public_text = words.received(
        told.track,
        due=told.acceptance_due,
        provisional=told.provisional,
        office=told.office_name,
        today=local_date(received),
    )
    calendar = working_calendar(work)
    for move in PATHS[row.path]:
        moment = received + timedelta(days=move.after, hours=index % 5)
        while not calendar.is_working_day(local_date(moment)):
            moment += timedelta(days=1)
        if moment < work.now:
            by = citizen if move.what is Step.WITHDRAW else actor
            _move(replace(work, now=moment, actor=by), case, move, row.path)


def _move(work: Work, case: Case, move: Move, path: str) -> None:
    match move.what:
        case Step() as step:
            _step(work, case, step, move.text, path)
        case EventKind.PLATFORM:
            case.platform_number = f"{case.region_code or '370000'}{work.now:%y%m%d}{case.id:04d}"
            write(work, case, EventKind.PLATFORM, public=words.handed_over(case.platform_number))
        case EventKind.REPLY:
            write(work, case, EventKind.REPLY, public=move.text)
        case kind:
            write(work, case, kind, internal=move.text)
    if work.actor.kind is ActorKind.STAFF:
        audit.record(work, f"case.{move.what.value}", f"case:{case.id}", number=case.number)


def _step(work: Work, case: Case, step: Step, text: str, path: str) -> None:
    track = Track(case.track)
    take(work, case, step)
    if step is Step.ACCEPT:
        case.assignee_id, case.assignee_name = work.actor.id, work.actor.name
    event = write(work, case, EventKind.STEP, step=step)
    match step:
        case Step.ACCEPT:
            following = ClockName.MEDIATION if track is Track.COMPLAINT else ClockName.TIPOFF_FILING
            due, _ = clock_due(work, case, following)
            event.public_text = words.accepted(
                track, due=due, office=office(work, case.region_code)[0], today=local_date(work.now)
            )
        case Step.ASK_SUPPLEMENT:
            due, _ = clock_due(work, case, filing.FIRST_CLOCK[track])
            event.public_text = words.supplement(text, due=due, today=local_date(work.now))
        case Step.REFUSE:
            chosen = refusal(track, local_date(case.received_at), ground=GROUNDS[path], reason=text)
            event.public_text = words.refused(track, ground=chosen, reason=text)
        case Step.WITHDRAW:
            event.public_text = words.withdrawn(track)
        case _:
            event.public_text = handling.explained_end(work, case, step, text)
    work.session.flush()


def _facts(work: Work, row: CaseRow, index: int, shops: list[Entry]) -> DraftFacts:
    shop = _shop(row, index, shops)
    place = regions.place(work, code=row.at) if row.at else None
    named = row.track is Track.COMPLAINT
    return DraftFacts(
        track=row.track,
        merchant_name=shop.sign_name if shop else row.shop,
        merchant_id=shop.merchant_id if shop else None,
        place=shop.place if shop else (place.full_name if place else "夜市，位置不详"),
        region_code=row.at or None,
        product=row.product,
        claimed_mg=_mg(row.claimed),
        measured_mg=_mg(row.measured),
        claimed_ml=row.claimed_ml,
        measured_ml=row.measured_ml,
        method=row.method,
        unit_price_cents_per_kg=int(row.price * 100) if row.price else None,
        paid_cents=int(row.price * row.claimed / 10) if row.price and row.claimed else None,
        bought_on=local_date(_received(work, index, row)) - timedelta(days=1),
        contact_name=_name(row.who) if named else None,
        contact_phone=f"139531{row.who:05d}" if named else None,
        contact_address=f"{place.full_name if place else '山东省'}演示小区 {row.who + 1} 号楼"
        if named
        else None,
        demand=row.demand,
        story=row.story,
    )


def _shop(row: CaseRow, index: int, shops: list[Entry]) -> Entry | None:
    """Pick a merchant of the county by the words of the trade; the same one every time."""
    for word in row.trade:
        found = [shop for shop in shops if shop.region_code == row.at and word in shop.sign_name]
        if found:
            return found[index % len(found)]
    return None


def _photo(work: Work, case: Case, kind: str, row: CaseRow, store: FileStore) -> None:
    shown = row.claimed if kind == "receipt" else row.measured
    prepared = files.prepare(DRAWN[kind](int(shown or case.id)), store.limits)
    store.keep(prepared)
    file_id = files.register(work, prepared=prepared)
    work.session.add(Evidence(case_id=case.id, file_id=file_id, kind=kind, added_at=work.now))


def _received(work: Work, index: int, row: CaseRow) -> datetime:
    """Return when the case came in, between 9 and 17 o'clock; "today" makes its first clock end today."""
    today = local_date(work.now)
    match row.ago:
        case int() as days:
            day = today - timedelta(days=days)
        case "order20":
            day = LAST_OF_ORDER_20
        case _:
            calendar = working_calendar(work)
            days_before = (today - timedelta(days=n) for n in range(4, 30))
            day = next(
                (d for d in days_before if calendar.add_working_days(d, 7).day == today),
                today - timedelta(days=9),
            )
    return datetime.combine(day, time(9 + index % 8, index * 7 % 60), SHANGHAI).astimezone(UTC)


def _handlers(work: Work) -> list[Actor]:
    """Return the demonstration's handlers, the narrowest region first."""
    found = []
    for account in ACCOUNTS:
        if account.role.value in {"handler", "supervisor"}:
            staff_id = staff.credentials(work, username=account.username).staff_id
            found.append(Actor(ActorKind.STAFF, id=str(staff_id), name=account.name, region=account.region))
    return sorted(found, key=lambda actor: -len(actor.region))


def _handler(handlers: list[Actor], region_code: str) -> Actor:
    return next((actor for actor in handlers if region_code.startswith(actor.region)), SYSTEM)


def _openid(who: int) -> str:
    return f"oQHdemo_citizen_{FOLLOWERS[who]}" if who < len(FOLLOWERS) else f"oQHdemo_past_{who:012d}"


def _name(who: int) -> str:
    return SURNAMES[who % len(SURNAMES)] + GIVEN[who * 7 % len(GIVEN)]


def _mg(grams: Decimal | None) -> int | None:
    return int(grams * 1000) if grams is not None else None
