"""The console's evidence room: a photograph, what covers it, what was read from it, its sealed original."""

import csv
import io
from typing import Any

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from complaints.errors import PhotoNotFound
from complaints.models import Evidence, PhotoCover, PhotoReading
from complaints.queries import casefile, evidence
from complaints.services import covering, personal, readings
from complaints.services.covering import Box
from core import files
from core.clock import local
from core.errors import AppError, InvalidInput
from core.vision import Seen
from core.work import Reading
from integrity.rules.labels import FIELD_NAMES, MATCH_NAMES, Field, Match
from portal.keys import FILES, compute, database
from portal.pages import redirect, respond

KINDS = {
    "scale": "秤面读数",
    "label": "检定标签",
    "receipt": "小票",
    "payment": "付款截图",
    "scene": "现场",
    "other": "照片",
}
TYPES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
SIDES = ("left", "top", "right", "bottom")


@requires(Permission.VIEW_CASES)
async def photo_page(request: web.Request) -> web.Response:
    """GET /console/cases/{number}/photos/{photo}: one photograph large; this is audited."""
    return await _page(request)


@requires(Permission.VIEW_CASES)
async def photo_image(request: web.Request) -> web.Response:
    """GET /console/cases/{number}/photos/{photo}.jpg: the picture, upright, without metadata, covered."""
    shown = await database(request).read_as(
        actor(request),
        evidence.shown_to_staff,
        number=request.match_info["number"],
        photo_id=photo_id_of(request),
    )
    return await image(request, shown.sha256, shown.boxes)


@requires(Permission.REVEAL_PERSONAL)
async def uncovered_image(request: web.Request) -> web.Response:
    """GET /console/cases/{number}/photos/{photo}/uncovered.jpg: without its boxes; this is audited."""
    sha256 = await database(request).work(
        actor(request),
        covering.uncovered,
        number=request.match_info["number"],
        photo_id=photo_id_of(request),
    )
    response = await image(request, sha256)
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(Permission.HANDLE_CASES)
async def cover(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/photos/{photo}/covers: draw a box, in hundredths of the picture."""
    number, photo_id = request.match_info["number"], photo_id_of(request)
    sent = await request.post()
    typed = {side: str(sent.get(side, "")) for side in SIDES}
    try:
        await database(request).work(
            actor(request), covering.cover, number=number, photo_id=photo_id, box=box_of(typed)
        )
    except InvalidInput as error:
        return await _page(request, error=error, typed=typed)
    return redirect(f"/console/cases/{number}/photos/{photo_id}", message="已遮挡，原件没有改动")


@requires(Permission.HANDLE_CASES)
async def lift(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/photos/{photo}/covers/{cover}/lift: take a box away."""
    number, photo_id = request.match_info["number"], photo_id_of(request)
    await database(request).work(
        actor(request),
        covering.lift,
        number=number,
        photo_id=photo_id,
        cover_id=int(request.match_info["cover"]),
    )
    return redirect(f"/console/cases/{number}/photos/{photo_id}", message="已取消这处遮挡")


@requires(Permission.REVEAL_PERSONAL)
async def original(request: web.Request) -> web.StreamResponse:
    """POST /console/cases/{number}/photos/{photo}/original: the sealed original, for a purpose."""
    number, photo_id = request.match_info["number"], photo_id_of(request)
    purpose = str((await request.post()).get("purpose", ""))
    try:
        file = await database(request).work(
            actor(request), covering.hand_out, number=number, photo_id=photo_id, purpose=purpose
        )
    except InvalidInput as error:
        return await _page(request, error=error, typed={"purpose": purpose})
    body = await compute(request, request.config_dict[FILES].original, file.sha256)
    kind, ending = TYPES[file.format]
    name = f"{number}-{photo_id}-{file.sha256[:12]}.{ending}"
    return web.Response(
        body=body,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@requires(Permission.HANDLE_CASES)
async def correct(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/photos/{photo}/reading: what it shows, and whether the label was read right."""
    number, photo_id = request.match_info["number"], photo_id_of(request)
    sent = await request.post()
    await database(request).work(
        actor(request),
        readings.correct,
        number=number,
        photo_id=photo_id,
        kind=str(sent.get("kind", "")),
        right={"yes": True, "no": False}.get(str(sent.get("right", ""))),
    )
    return redirect(f"/console/cases/{number}/photos/{photo_id}", message="已保存")


@requires(Permission.VIEW_CASES)
async def index(request: web.Request) -> web.Response:
    """GET /console/cases/{number}/evidence.csv: every original of the case with its hash."""
    number = request.match_info["number"]
    rows = await database(request).read_as(actor(request), evidence.index, number=number)
    if not rows:
        raise PhotoNotFound(number=number)
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("序号", "种类", "SHA-256", "格式", "字节", "收到时间"))
    for row in rows:
        at = f"{local(row.added_at):%Y-%m-%d %H:%M:%S}"
        table.writerow((row.place, KINDS[row.kind], row.sha256, row.format, row.size, at))
    return web.Response(
        body=written.getvalue().encode("utf-8-sig"),
        content_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{number}-evidence.csv"'},
    )


async def image(
    request: web.Request, sha256: str, boxes: tuple[tuple[int, int, int, int], ...] = ()
) -> web.Response:
    """Answer with a kept photograph under its boxes, that no shared cache keeps."""
    body = await compute(request, request.config_dict[FILES].view, sha256)
    if boxes:
        body = await compute(request, files.covered, body, boxes)
    return web.Response(body=body, content_type="image/jpeg", headers={"Cache-Control": "private, no-cache"})


def photo_id_of(request: web.Request) -> int:
    """Return the photograph's id in the address. Raises: PhotoNotFound."""
    text = request.match_info["photo"]
    if not text.isdecimal() or len(text) > 18:
        raise PhotoNotFound(photo_id=text)
    return int(text)


def box_of(typed: dict[str, str]) -> Box:
    """Return the box of a form that counts in hundredths, with decimals; what is no number lies outside."""
    sides = []
    for side in SIDES:
        try:
            sides.append(round(float(typed[side]) * 10))
        except (ValueError, OverflowError):
            sides.append(-1)
    return Box(*sides)


async def _page(
    request: web.Request, *, error: AppError | None = None, typed: dict[str, str] | None = None
) -> web.Response:
    number, photo_id = request.match_info["number"], photo_id_of(request)
    who = actor(request)
    file = await database(request).read_as(who, casefile.casefile, number=number)
    shown = next((photo for photo in file.photos if photo.id == photo_id), None)
    if shown is None:
        raise PhotoNotFound(number=number, photo_id=photo_id)
    await database(request).work(who, personal.photo_seen, number=file.case.number, sha256=shown.sha256)
    row, read, seen, covers = await database(request).read_as(who, _room, photo_id=photo_id)
    return respond(
        request,
        "complaints/photo.html",
        status=error.status if error else 200,
        file=file,
        photo=shown,
        kinds=KINDS,
        covers=covers,
        reading=read,
        seen=seen,
        label_right=row.label_right,
        fields=_fields(read),
        error=error,
        form={"values": typed or {}, "errors": error.fields if isinstance(error, InvalidInput) else {}},
        may={
            "handle": Permission.HANDLE_CASES.value in who.permissions,
            "reveal": Permission.REVEAL_PERSONAL.value in who.permissions,
        },
    )


def _room(
    reading: Reading, *, photo_id: int
) -> tuple[Evidence, PhotoReading | None, Seen | None, list[PhotoCover]]:
    row, read = evidence.reading_of(reading, photo_id=photo_id)
    seen = readings.seen_of(reading, file_id=row.file_id)
    return row, read, seen, evidence.covers(reading, photo_id=photo_id)


def _fields(read: PhotoReading | None) -> list[dict[str, Any]]:
    tones = {Match.SAME: "ok", Match.DIFFERS: "danger", Match.UNREAD: "plain", Match.UNKNOWN: "warn"}
    return [
        {
            "name": FIELD_NAMES[Field(one["field"])],
            "read": one["read"],
            "archived": one["archived"],
            "match": MATCH_NAMES[Match(one["match"])],
            "tone": tones[Match(one["match"])],
        }
        for one in (read.compared if read and read.compared else [])
    ]
