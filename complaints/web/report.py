"""A report on the phone page by page: the start, one question each, one's own words, the sum, giving up."""

from datetime import date
from decimal import Decimal
from urllib.parse import quote

from aiohttp import web

from accounts.web.guards import actor, citizen, public, visitor
from complaints.errors import DraftChanged, DraftNotFound
from complaints.rules import answers, screens, telling
from complaints.rules.drafts import DraftFacts
from complaints.rules.screens import Screen
from complaints.services import drafting, reporting, reviewing
from complaints.web import report_pages as pages
from complaints.web.report_pages import GONE, ROOT, Typed
from core.clock import local_date
from core.errors import Conflict, InvalidInput
from portal.keys import CLOCK, database
from portal.pages import redirect, respond

LONGEST_STORY = 2000


@public
async def start(request: web.Request) -> web.Response:
    """GET /h5/report: four ways to begin, what happens with 12315, and the unfinished one."""
    who = visitor(request)
    opened = await database(request).read(drafting.current, openid=who.id) if who else None
    return respond(
        request,
        "complaints/report_start.html",
        opened=opened,
        going_on=f"{ROOT}/{screens.resuming(opened.facts).value}" if opened else "",
        shop=telling.shop(opened.facts) if opened else "",
    )


@citizen
async def show(request: web.Request) -> web.Response:
    """GET /h5/report/{screen}: one question."""
    return await pages.page(request, pages.screen_of(request))


@citizen
async def save(request: web.Request) -> web.Response:
    """POST /h5/report/{screen}: its answer, or that it is passed by."""
    screen, who, form = pages.screen_of(request), actor(request), await pages.sent(request)
    version = pages.version(form)
    opened = await pages.current(request)
    before = opened.facts if opened else DraftFacts()
    try:
        if form.get("pass") and screen in screens.MAY_PASS:
            after = await database(request).work(
                who, reporting.pass_by, openid=who.id, screen=screen, version=version
            )
            return pages.onward(form, after.facts, screen)
        changes = answers.read(screen, form, before, today=_today(request))
        after = await database(request).work(
            who, reporting.save, openid=who.id, changes=changes, version=version
        )
    except InvalidInput as error:
        return await pages.page(request, screen, Typed(form, error))
    except DraftChanged as error:
        return await pages.page(request, screen, await pages.crossed(request, error, form))
    except DraftNotFound:
        return await pages.page(request, screen, Typed(form, Conflict(GONE)))
    return pages.onward(form, after.facts, screen, message=pages.saved(before, after.facts, screen))


@citizen
async def result(request: web.Request) -> web.Response:
    """GET /h5/report/result: within, over, or cannot tell, and how that was worked out."""
    opened = await pages.current(request)
    sum_ = await database(request).read(reviewing.summed, opened.facts) if opened else None
    if opened is None or sum_ is None:
        return redirect(f"{ROOT}/{Screen.PHOTOS.value}" if opened else ROOT)
    facts = opened.facts
    return await pages.page(
        request,
        Screen.RESULT,
        sum=sum_,
        claimed=telling.amount(facts.claimed_mg, None),
        measured=telling.amount(facts.measured_mg, None),
        short_g=Decimal(sum_.shortage_mg) / 1000,
    )


@citizen
async def words(request: web.Request) -> web.Response:
    """GET /h5/report/words: the whole story in one's own words."""
    return _words(request, "", None)


@citizen
async def told(request: web.Request) -> web.Response:
    """POST /h5/report/words: read it, keep it, ask for what it does not say."""
    who, form = actor(request), await pages.sent(request)
    text = form.get("story", "").strip()
    if len(text) < 2 or len(text) > LONGEST_STORY:
        sentence = f"请写 2 到 {LONGEST_STORY} 个字，例如“昨天在老王海鲜买了3斤虾，回家只有2斤4两”"
        return _words(request, text, InvalidInput(sentence, fields={"story": sentence}))
    understood = telling.told(text, now=request.config_dict[CLOCK].now())
    opened = await database(request).work(who, reporting.tell, openid=who.id, understood=understood)
    place = Screen.WHERE if opened.facts.merchant_id is None else screens.resuming(opened.facts)
    asked = (
        f"?q={quote(opened.facts.merchant_name)}"
        if place is Screen.WHERE and opened.facts.merchant_name
        else ""
    )
    heard = telling.lines(opened.facts, _heard(understood))
    return redirect(
        f"{ROOT}/{place.value}{asked}", message=f"记下了：{'；'.join(heard)}" if heard else "已保存"
    )


@citizen
async def cancel(request: web.Request) -> web.Response:
    """POST /h5/report/cancel: throw the draft away."""
    who = actor(request)
    await database(request).work(who, drafting.cancel, openid=who.id)
    return redirect(ROOT, message="草稿已删除")


def _words(request: web.Request, text: str, error: InvalidInput | None) -> web.Response:
    return respond(
        request,
        "complaints/report_words.html",
        status=error.status if error else 200,
        error=error,
        form={"values": {"story": text}, "errors": error.fields if error else {}},
    )


def _heard(understood: DraftFacts) -> list[str]:
    names = (name for facts in screens.FACTS.values() for name in facts if name != "track")
    return [name for name in names if getattr(understood, name) is not None]


def _today(request: web.Request) -> date:
    return local_date(request.config_dict[CLOCK].now())
