"""One photograph of a report: seen under its boxes, and boxes drawn over it by finger or by ticking squares."""

from collections.abc import Sequence

from aiohttp import web

from accounts.web.guards import actor, citizen
from complaints.errors import BadBox
from complaints.queries import evidence
from complaints.services import covering
from complaints.services.covering import Box
from complaints.web.evidence import image, photo_id_of
from complaints.web.report_pages import ROOT
from core.errors import AppError
from core.work import Work
from portal.keys import database
from portal.pages import redirect, respond

CELLS = 4
WHOLE = 1000
NOTHING = "还没有遮住任何地方：在照片上划一块，或点格子。"


@citizen
async def show(request: web.Request) -> web.Response:
    """GET /h5/report/photos/{photo}: the picture, to be covered."""
    return await _page(request, request.query.get("back", ""))


@citizen
async def picture(request: web.Request) -> web.Response:
    """GET /h5/report/photos/{photo}.jpg: a photograph of my own draft under its boxes."""
    shown = await database(request).read(
        evidence.shown_in_draft, openid=actor(request).id, photo_id=photo_id_of(request)
    )
    return await image(request, shown.sha256, shown.boxes)


@citizen
async def save(request: web.Request) -> web.Response:
    """POST /h5/report/photos/{photo}: cover what was drawn or ticked, or take all boxes off."""
    who, photo_id, form = actor(request), photo_id_of(request), await request.post()
    back = "check" if form.get("back") == "check" else ""
    here = f"{ROOT}/photos/{photo_id}{'?back=check' if back else ''}"
    if form.get("bare"):
        await database(request).work(who, covering.bare_own, openid=who.id, evidence_id=photo_id)
        return redirect(here, message="已去掉遮挡")
    boxes = [_cell(str(one)) for one in form.getall("cell", [])]
    boxes += [_box(str(one)) for one in form.getall("box", [])]
    if not boxes:
        return await _page(request, back, BadBox(NOTHING))
    try:
        await database(request).work(who, _cover, openid=who.id, photo_id=photo_id, boxes=boxes)
    except BadBox as error:
        return await _page(request, back, error)
    return redirect(here, message=f"遮住了 {len(boxes)} 处")


def _cover(work: Work, *, openid: str, photo_id: int, boxes: Sequence[Box]) -> None:
    for box in boxes:
        covering.cover_own(work, openid=openid, evidence_id=photo_id, box=box)


def _box(told: str) -> Box:
    """Return a drawn box, in thousandths; what is no box lies outside the picture."""
    sides = told.split(",")
    if len(sides) != len(("left", "top", "right", "bottom")) or not all(
        side.isdecimal() and len(side) < 5 for side in sides
    ):
        return Box(-1, -1, -1, -1)
    return Box(*map(int, sides))


def _cell(told: str) -> Box:
    """Return the box of a ticked square."""
    places = told.split(",")
    if len(places) != len(("row", "column")) or not all(one in "0123" and one for one in places):
        return Box(-1, -1, -1, -1)
    step = WHOLE // CELLS
    row, column = (int(place) * step for place in places)
    return Box(column, row, column + step, row + step)


async def _page(request: web.Request, back: str, error: AppError | None = None) -> web.Response:
    photo_id = photo_id_of(request)
    shown = await database(request).read(evidence.shown_in_draft, openid=actor(request).id, photo_id=photo_id)
    return respond(
        request,
        "complaints/report_cover.html",
        status=error.status if error else 200,
        photo=photo_id,
        covered=len(shown.boxes),
        back=back,
        error=error,
    )
