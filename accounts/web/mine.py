"""我的数据 on the phone: see what is kept, take it along, have erased what no law keeps."""

import json
from collections.abc import Mapping

from aiohttp import web

from accounts.services import mydata
from accounts.services.mydata import Part
from accounts.web.guards import actor, citizen
from accounts.web.mydata import KEEPERS
from core.clock import local_date
from portal.keys import CLOCK, database
from portal.pages import respond

NAMES = {"name": "姓名", "phone": "电话", "address": "地址"}


@citizen
async def start(request: web.Request) -> web.Response:
    """GET /h5/me: what one may do with one's data."""
    return respond(request, "accounts/me.html")


@citizen
async def kept(request: web.Request) -> web.Response:
    """GET /h5/me/kept: everything that is kept of me, in the open."""
    parts = [(part.title, [_told(row) for row in part.rows]) for part in await _parts(request)]
    return respond(request, "accounts/me_kept.html", parts=parts)


@citizen
async def export(request: web.Request) -> web.Response:
    """GET /h5/me/kept.json: the same as a file."""
    today = local_date(request.config_dict[CLOCK].now())
    told = {part.title: [dict(row) for row in part.rows] for part in await _parts(request)}
    return web.Response(
        text=json.dumps(told, ensure_ascii=False, indent=2),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="my-data-{today.isoformat()}.json"',
            "Cache-Control": "no-store",
        },
    )


@citizen
async def erase_form(request: web.Request) -> web.Response:
    """GET /h5/me/erase: what would go, what stays and why."""
    return respond(request, "accounts/me_erase.html", error="", done=None)


@citizen
async def erase(request: web.Request) -> web.Response:
    """POST /h5/me/erase: erase what may be erased, once it was confirmed."""
    who = actor(request)
    if (await request.post()).get("sure") != "yes":
        return respond(
            request,
            "accounts/me_erase.html",
            status=422,
            error="要删除，请先勾选“我知道删除后找不回来”。",
            done=None,
        )
    keepers = request.config_dict[KEEPERS]
    done = await database(request).work(who, mydata.erase, openid=who.id, keepers=keepers)
    return respond(request, "accounts/me_erase.html", error="", done=done)


async def _parts(request: web.Request) -> list[Part]:
    who, keepers = actor(request), request.config_dict[KEEPERS]
    return await database(request).work(who, mydata.see, openid=who.id, keepers=keepers)


def _told(row: Mapping[str, object]) -> tuple[str, list[tuple[str, str]]]:
    """Return a row's heading and its filled fields as words."""
    fields = [(NAMES.get(key, key), _words(value)) for key, value in row.items() if value not in ("", None)]
    named = dict(fields)
    heading = next((named[label] for label in ("编号", "事项", "类型") if label in named), "")
    return heading, fields


def _words(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return str(value)
