"""A citizen's pages: my cases, one case as a timeline, adding to it, withdrawing it."""

from collections.abc import Mapping

from aiohttp import web
from aiohttp.web_request import FileField

from accounts.web.guards import actor
from accounts.web.guards import citizen as known
from complaints.errors import CaseNotFound
from complaints.queries import evidence
from complaints.queries import mine as queries
from complaints.services import aftercare, citizens
from complaints.web.evidence import KINDS, image, photo_id_of
from complaints.web.keys import SETTINGS
from core.errors import AppError, Conflict, InvalidInput
from core.files import prepare
from portal.keys import FILES, compute, database
from portal.pages import redirect, respond


@known
async def mine(request: web.Request) -> web.Response:
    """GET /h5/cases: my cases, newest first."""
    cases = await database(request).read(queries.mine, openid=actor(request).id)
    return respond(request, "complaints/my_cases.html", cases=cases)


@known
async def show(request: web.Request) -> web.Response:
    """GET /h5/cases/{number}: where my case stands, in plain words."""
    return await _page(request)


@known
async def photo_image(request: web.Request) -> web.Response:
    """GET /h5/cases/{number}/photos/{photo}.jpg: a photograph of my own case."""
    shown = await database(request).read(
        evidence.shown_to_citizen,
        openid=actor(request).id,
        number=request.match_info["number"],
        photo_id=photo_id_of(request),
    )
    return await image(request, shown.sha256, shown.boxes)


@known
async def add_photos(request: web.Request) -> web.Response:
    """POST /h5/cases/{number}/photos: more photographs, each taken or refused in words of its own."""
    number = request.match_info["number"]
    taken, refused = 0, []
    for sent in (await request.post()).getall("file", []):
        if not isinstance(sent, FileField) or not sent.filename:
            continue
        try:
            await _take(request, sent.file.read())
            taken += 1
        except InvalidInput as error:
            refused.append(f"{sent.filename[:64]}：{error.text}")
    if refused or not taken:
        said = "；".join(refused) or "请先选择照片"
        if taken:
            said = f"{said}。其余 {taken} 张已保存"
        return await _page(request, error=InvalidInput(said, fields={"file": said}))
    return redirect(f"/h5/cases/{number}", message=f"已保存 {taken} 张照片")


@known
async def write(request: web.Request) -> web.Response:
    """POST /h5/cases/{number}/messages: words to the office."""
    number, who = request.match_info["number"], actor(request)
    text = str((await request.post()).get("text", ""))
    try:
        await database(request).work(who, citizens.message, openid=who.id, number=number, text=text)
    except InvalidInput as error:
        return await _page(request, error=error, typed={"text": text})
    return redirect(f"/h5/cases/{number}", message="留言已送到承办单位")


@known
async def withdraw(request: web.Request) -> web.Response:
    """POST /h5/cases/{number}/withdraw."""
    number, who = request.match_info["number"], actor(request)
    reason = str((await request.post()).get("reason", ""))
    try:
        await database(request).work(who, citizens.withdraw, openid=who.id, number=number, reason=reason)
    except Conflict as error:
        return await _page(request, error=error)
    return redirect(f"/h5/cases/{number}", message="已撤回")


@known
async def urge(request: web.Request) -> web.Response:
    """POST /h5/cases/{number}/urge: remind the office."""
    number, who = request.match_info["number"], actor(request)
    text = str((await request.post()).get("urging", ""))
    every = request.config_dict[SETTINGS].urge_every_days
    try:
        await database(request).work(
            who, aftercare.urge, openid=who.id, number=number, text=text, every=every
        )
    except Conflict as error:
        return await _page(request, error=error)
    return redirect(f"/h5/cases/{number}", message="已提醒承办单位")


@known
async def rate(request: web.Request) -> web.Response:
    """POST /h5/cases/{number}/rate: how it was handled, 1 to 5."""
    number, who = request.match_info["number"], actor(request)
    sent = await request.post()
    score, reason = str(sent.get("score", "")), str(sent.get("remark", ""))
    try:
        await database(request).work(
            who,
            aftercare.rate,
            openid=who.id,
            number=number,
            score=int(score) if score.isdecimal() else 0,
            reason=reason,
        )
    except (Conflict, InvalidInput) as error:
        return await _page(request, error=error, typed={"remark": reason})
    return redirect(f"/h5/cases/{number}", message="谢谢您的评价")


@known
async def unsatisfied(request: web.Request) -> web.Response:
    """POST /h5/cases/{number}/unsatisfied: ask for another look."""
    number, who = request.match_info["number"], actor(request)
    reason = str((await request.post()).get("reason", ""))
    within = request.config_dict[SETTINGS].reopen_within_days
    try:
        await database(request).work(
            who, aftercare.unsatisfied, openid=who.id, number=number, reason=reason, within_days=within
        )
    except (Conflict, InvalidInput) as error:
        return await _page(request, error=error, typed={"reason": reason})
    return redirect(f"/h5/cases/{number}", message="已转给负责人查看")


async def _take(request: web.Request, data: bytes) -> None:
    who, store = actor(request), request.config_dict[FILES]
    prepared = await compute(request, prepare, data, store.limits)
    await compute(request, store.keep, prepared)
    await database(request).work(
        who,
        citizens.keep_photo,
        openid=who.id,
        number=request.match_info["number"],
        prepared=prepared,
    )


async def _page(
    request: web.Request, *, error: AppError | None = None, typed: Mapping[str, str] | None = None
) -> web.Response:
    number, settings = request.match_info["number"], request.config_dict[SETTINGS]
    found = await database(request).read(
        queries.in_full,
        openid=actor(request).id,
        number=number,
        urge_every=settings.urge_every_days,
        reopen_within_days=settings.reopen_within_days,
    )
    if found is None:
        raise CaseNotFound(number=number)
    return respond(
        request,
        "complaints/my_case.html",
        status=error.status if error else 200,
        mine=found,
        case=found.case,
        error=error,
        form={"values": dict(typed or {}), "errors": error.fields if isinstance(error, InvalidInput) else {}},
        kinds=KINDS,
    )
