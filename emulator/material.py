"""APIs of media, menu and QR codes, and the plain addresses their pictures have."""

from io import BytesIO
from typing import Any

from aiohttp import BodyPartReader, web
from PIL import Image

from emulator import menus, qr
from emulator.calls import OK, Answer, json_body
from emulator.errors import ApiError
from emulator.media import Medium
from emulator.world import WORLD, World

_PIXELS_A_MODULE = 10
_QUIET_MODULES = 4


async def upload(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/media/upload: multipart, field `media`."""
    if request.method != "POST":
        raise ApiError(43002)
    body = await _uploaded(request)
    medium = world.media.put(request.query.get("type", ""), body)
    return {"type": medium.kind, "media_id": medium.media_id, "created_at": int(medium.created_at)}


async def download(request: web.Request, world: World) -> web.Response:
    """GET /cgi-bin/media/get: the bytes, or a refusal as JSON with status 200."""
    media_id = request.query.get("media_id", "")
    if not media_id:
        raise ApiError(41006)
    medium, body = world.media.get(media_id)
    world.wire("call", name=request.path, errcode=0)
    disposition = f'attachment; filename="{medium.filename}"'
    return _bytes(medium, body, {"Content-Disposition": disposition})


async def picture(request: web.Request) -> web.Response:
    """GET /mmbiz/{media_id}: what PicUrl points at; needs no token."""
    try:
        medium, body = request.app[WORLD].media.get(request.match_info["media_id"])
    except ApiError as error:
        raise web.HTTPNotFound from error
    return _bytes(medium, body, {"Cache-Control": "private, max-age=3600"})


async def menu_create(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/menu/create"""
    world.menu = menus.checked(await json_body(request))
    world.wire("menu", buttons=world.menu)
    return OK


async def menu_get(_request: web.Request, world: World) -> Answer:
    """GET /cgi-bin/menu/get"""
    if world.menu is None:
        raise ApiError(46003)
    return {"menu": {"button": world.menu}}


async def menu_delete(_request: web.Request, world: World) -> Answer:
    """GET /cgi-bin/menu/delete"""
    world.menu = None
    world.wire("menu", buttons=[])
    return OK


async def code_create(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/qrcode/create"""
    code, life = world.codes.create(await json_body(request))
    expiry: dict[str, Any] = {} if life is None else {"expire_seconds": life}
    return {"ticket": code.ticket, **expiry, "url": code.url}


async def code_show(request: web.Request) -> web.Response:
    """GET /cgi-bin/showqrcode: the code as a PNG; needs no token."""
    code = request.app[WORLD].codes.find(request.query.get("ticket", ""))
    if code is None:
        raise web.HTTPNotFound
    return web.Response(body=_png(qr.matrix(code.url)), content_type="image/png")


async def _uploaded(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        raise ApiError(41005)
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "media":
            return bytes(await part.read(decode=True))
    raise ApiError(41005)


def _bytes(medium: Medium, body: bytes, headers: dict[str, str]) -> web.Response:
    return web.Response(body=body, content_type=medium.content_type, headers=headers)


def _png(modules: list[list[bool]]) -> bytes:
    side = len(modules) + 2 * _QUIET_MODULES
    image = Image.new("1", (side, side), 1)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + _QUIET_MODULES, y + _QUIET_MODULES), 0)
    out = BytesIO()
    image.resize((side * _PIXELS_A_MODULE,) * 2).save(out, "PNG")
    return out.getvalue()
