"""What every page of a report shares: its place in the line, its form, and what other devices changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web

from accounts.web.guards import actor
from complaints.errors import DraftChanged
from complaints.rules import answers, screens, telling
from complaints.rules.drafts import DraftFacts
from complaints.rules.screens import Screen
from complaints.services import drafting
from complaints.services.drafting import OpenDraft
from core.clock import local_date
from core.errors import AppError, InvalidInput
from portal.keys import CLOCK, database
from portal.pages import redirect, respond

ROOT = "/h5/report"
QUESTIONS = {
    Screen.WHERE: "在哪一家买的",
    Screen.GOODS: "买的是什么",
    Screen.PAID: "当时按多少分量付的钱",
    Screen.AGAIN: "重新称是多少",
    Screen.PRICE: "什么价钱",
    Screen.WHEN: "哪天买的",
    Screen.RESULT: "分量核对",
    Screen.PHOTOS: "有照片或凭证吗",
    Screen.TRACK: "投诉，还是举报",
    Screen.CONTACT: "怎么联系您",
    Screen.DEMAND: "希望怎么解决",
    Screen.CHECK: "核对并提交",
}
GONE = (
    "这份草稿已经在别处提交或取消了。您刚填的还在下面：再点一次就另起一份；已经提交的，在“我的投诉”里看进度。"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that came back: what was typed, what is wrong with it, and what to say above it."""

    values: Mapping[str, str] = field(default_factory=dict)
    error: AppError | None = None
    crossed: tuple[str, ...] = ()


def screen_of(request: web.Request) -> Screen:
    """Return the page in the address. Raises: HTTPNotFound."""
    name = request.match_info.get("screen", "")
    if name not in answers.FORMS:
        raise web.HTTPNotFound
    return Screen(name)


async def sent(request: web.Request) -> dict[str, str]:
    """Return the text fields of a form."""
    return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}


def version(form: Mapping[str, str]) -> int:
    """Return the version of the draft that a form showed."""
    told = form.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


async def current(request: web.Request) -> OpenDraft | None:
    """Return the visitor's open draft, or None."""
    return await database(request).read(drafting.current, openid=actor(request).id)


def onward(form: Mapping[str, str], facts: DraftFacts, screen: Screen, *, message: str = "") -> web.Response:
    """Lead on: back to the review where the page was opened from there, else to the next question."""
    target = Screen.CHECK if form.get("back") == "check" else screens.following(facts, screen)
    return redirect(f"{ROOT}/{target.value}", message=message)


def saved(before: DraftFacts, after: DraftFacts, screen: Screen) -> str:
    """Say what was written, in grams and yuan, for the top of the next page."""
    names = [name for name in screens.FACTS[screen] if getattr(before, name) != getattr(after, name)]
    told = telling.lines(after, names)
    return f"记下了：{'；'.join(told)}" if told else ""


async def crossed(request: web.Request, error: DraftChanged, values: Mapping[str, str]) -> Typed:
    """Return a form that crossed another device's change, with what stands there now."""
    opened = await current(request)
    lines = telling.lines(opened.facts, error.names) if opened else []
    return Typed(values, error, tuple(lines))


async def page(
    request: web.Request, screen: Screen, typed: Typed | None = None, **more: object
) -> web.Response:
    """Answer with one page of the report; a form that came back keeps what was typed."""
    opened = await current(request)
    facts = opened.facts if opened else DraftFacts()
    error = typed.error if typed else None
    line = screens.applying(facts)
    before = screens.preceding(facts, screen)
    back = typed.values.get("back", "") if typed else request.query.get("back", "")
    today = local_date(request.config_dict[CLOCK].now())
    written = answers.fields(screen, facts, today=today)
    return respond(
        request,
        f"complaints/report_{screen.value}.html",
        status=error.status if error else 200,
        screen=screen,
        question=QUESTIONS[screen],
        facts=facts,
        begun=opened is not None,
        version=opened.version if opened else 0,
        number=line.index(screen) + 1 if screen in line else len(line),
        total=len(line),
        back=back,
        back_url=f"{ROOT}/{'check' if back == 'check' else before.value if before else ''}".rstrip("/"),
        next_url=f"{ROOT}/{'check' if back == 'check' else screens.following(facts, screen).value}",
        days=[today - timedelta(days=ago) for ago in range(3)],
        may_pass=screen in screens.MAY_PASS,
        error=error,
        crossed=typed.crossed if typed else (),
        form={
            "values": dict(typed.values) if typed else written,
            "errors": error.fields if isinstance(error, InvalidInput) else {},
        },
        **more,
    )
