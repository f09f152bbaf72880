"""The report read back, who will see it, the two consents, sending it once, and the receipt."""

from aiohttp import web

from accounts.web.guards import actor, citizen
from complaints.errors import CaseNotFound, DraftChanged, DraftIncomplete, DraftNotFound
from complaints.queries.mine import own
from complaints.queries.views import countdowns, urgent
from complaints.rules import telling
from complaints.rules.admissibility import GroundName
from complaints.rules.clocks import Track
from complaints.rules.countdown import Countdown
from complaints.rules.drafts import SLOT_NAMES, DraftFacts, Slot
from complaints.rules.lifecycle import TRACK_NAMES
from complaints.rules.screens import SLOTS, Screen
from complaints.rules.selfcheck import Check
from complaints.services import filing, reporting, reviewing
from complaints.services.filing import Filed
from complaints.services.reporting import Consents
from complaints.services.reviewing import Review
from complaints.web import report_pages as pages
from complaints.web.evidence import KINDS
from complaints.web.keys import SETTINGS
from complaints.web.report_pages import ROOT, Typed
from core.errors import AppError, Conflict
from core.work import Reading
from portal.keys import IDS, database
from portal.pages import redirect, respond

CURES = {
    GroundName.NOT_CONSUMER: Screen.PHOTOS,
    GroundName.TOO_OLD: Screen.WHEN,
    GroundName.INCOMPLETE: Screen.CONTACT,
    GroundName.IDENTITY: Screen.CONTACT,
    GroundName.NO_CLUE: Screen.PHOTOS,
}


@citizen
async def show(request: web.Request) -> web.Response:
    """GET /h5/report/check: everything that was told, with what to know before sending it."""
    return await _page(request, None)


@citizen
async def send(request: web.Request) -> web.Response:
    """POST /h5/report/check: send it; pressed twice, it is sent once."""
    who, form = actor(request), await pages.sent(request)
    try:
        filed = await database(request).work(
            who,
            reporting.send,
            openid=who.id,
            key=form.get("key", "") or f"draft:{form.get('version', '')}",
            version=pages.version(form),
            consents=Consents("may_publish" in form, "may_delegate" in form),
            per_day=request.config_dict[SETTINGS].filings_per_day,
        )
    except DraftNotFound:
        return redirect("/h5/cases", tone="warn", message="这份草稿已经提交或取消了，提交过的都在这里。")
    except DraftChanged as error:
        return await _page(request, await pages.crossed(request, error, form))
    except (DraftIncomplete, Conflict) as error:
        return await _page(request, Typed(form, error))
    return redirect(f"{ROOT}/filed/{filed.number}")


@citizen
async def filed(request: web.Request) -> web.Response:
    """GET /h5/report/filed/{number}: the receipt: number, office, what comes next and by when."""
    receipt = await database(request).read(
        _receipt, openid=actor(request).id, number=request.match_info["number"]
    )
    return respond(request, "complaints/report_filed.html", filed=receipt, tracks=TRACK_NAMES)


def _receipt(reading: Reading, *, openid: str, number: str) -> list[tuple[Filed, Countdown | None]]:
    """Return what was filed, complaint and tip-off of one report together, each with the clock that runs."""
    case = own(reading, openid, number)
    if case is None:
        raise CaseNotFound(number=number)
    first = filing.receipt(reading, case)
    both = [first, first.twin] if first.twin else [first]
    clocks = countdowns(reading, [one.case_id for one in both])
    return [(one, urgent(clocks.get(one.case_id, []))) for one in both]


async def _page(request: web.Request, typed: Typed | None) -> web.Response:
    review = await database(request).read(reviewing.review, openid=actor(request).id)
    if review is None:
        return redirect(ROOT, tone="warn", message="没有未完成的草稿，可以从这里重新开始。")
    error: AppError | None = typed.error if typed else None
    return await pages.page(
        request,
        Screen.CHECK,
        typed,
        review=review,
        rows=_rows(review.opened.facts),
        wanting=[(SLOT_NAMES[Slot(slot)], told, _fix(slot)) for slot, told in review.obstacles.items()],
        warnings=[(one, _cure(one, review)) for one in review.warnings],
        is_complaint=review.opened.facts.track is Track.COMPLAINT,
        kinds=KINDS,
        key=typed.values.get("key", "") if typed and error else request.config_dict[IDS].token(24),
    )


def _rows(facts: DraftFacts) -> list[tuple[str, str, str]]:
    told = [
        ("类别", telling.wish(facts), Screen.TRACK),
        ("商户", telling.shop(facts), Screen.WHERE),
        ("商品", facts.product or telling.NOT_SAID, Screen.GOODS),
        ("买了", telling.amount(facts.claimed_mg, facts.claimed_ml) or telling.NOT_SAID, Screen.PAID),
        ("再称", _again(facts), Screen.AGAIN),
        ("价钱", telling.price(facts) or telling.NOT_SAID, Screen.PRICE),
        ("日期", telling.day(facts), Screen.WHEN),
        ("照片", f"{facts.photos} 张" if facts.photos else "没有", Screen.PHOTOS),
    ]
    if facts.track is Track.COMPLAINT:
        told += [
            ("联系", telling.contact(facts), Screen.CONTACT),
            ("诉求", facts.demand or telling.NOT_SAID, Screen.DEMAND),
        ]
    return [(label, text, f"{ROOT}/{screen.value}?back=check") for label, text, screen in told]


def _again(facts: DraftFacts) -> str:
    told = telling.amount(facts.measured_mg, facts.measured_ml)
    how = telling.lines(facts, ["method"])[0].split("：", 1)[1] if facts.method else ""
    return (f"{told}，{how}" if how else told) if told else "没有再称"


def _fix(slot: str) -> str:
    screen = next(screen for screen, asked in SLOTS.items() if asked.value == slot)
    return f"{ROOT}/{screen.value}?back=check"


def _cure(one: Check, review: Review) -> str:
    """Return the page where what may stand in the way can be mended, or nothing."""
    screen = CURES.get(one.ground.ground)
    if screen is Screen.CONTACT and not review.obstacles:
        screen = Screen.WHERE
    return f"{ROOT}/{screen.value}?back=check" if screen else ""
