"""The control API: JSON that lets a test or the phone page play followers, time, faults, and look at everything."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from emulator import actions, invariants
from emulator.envelopes import Variant
from emulator.errors import ApiError
from emulator.faults import Fault, Handler
from emulator.journal import Entry
from emulator.receipts import ReceiptPlan
from emulator.world import WORLD, World

_ACTION: TypeAdapter[actions.Action] = TypeAdapter(actions.Action)
_LONGEST_WAIT_S = 60.0
_HEARTBEAT_S = 15.0
_READING = ("GET", "HEAD")
_TAKEN_BODIES = ("application/json", "image/jpeg", "image/png", "image/gif", "audio/amr")


class Advance(BaseModel):
    """Seconds to push the platform's clock forward."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(ge=0)


class Switches(BaseModel):
    """A follower's switches; what is None stays."""

    model_config = ConfigDict(extra="forbid")

    blocks_templates: bool | None = None
    blacklisted: bool | None = None


class Verification(BaseModel):
    """Verify the callback URL with a good or a bad signature."""

    model_config = ConfigDict(extra="forbid")

    good: bool = True


@web.middleware
async def tidy(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other sites' pages, and turn wrong input into 422 with the reason."""
    if not request.path.startswith(("/control/", "/phone/")):
        return await handler(request)
    if request.method not in _READING and request.content_type not in _TAKEN_BODIES:
        return web.json_response({"error": "send application/json"}, status=415)
    try:
        return await handler(request)
    except ValidationError as error:
        return web.json_response(
            {"error": error.errors(include_url=False, include_context=False)}, status=422
        )
    except ApiError as error:
        return web.json_response({"errcode": error.errcode, "error": error.errmsg}, status=422)


async def state(request: web.Request) -> web.Response:
    """GET /control/state: account, followers, menu, codes of what may happen next."""
    world = request.app[WORLD]
    return web.json_response(
        {
            "account": {"app_id": world.app.app_id, "name": world.app.name, "mode": world.app.mode},
            "time": world.time.now(),
            "ahead_s": world.time.ahead_s,
            "seq": world.journal.seq,
            "menu": world.menu or [],
            "followers": [_person(world, openid) for openid in (p.follower.openid for p in world.people)],
            "templates": list(world.templates),
            "faults": [fault.model_dump() for fault in world.faults.open],
        }
    )


async def send(request: web.Request) -> web.Response:
    """POST /control/send: do something as a follower; answers when the push has ended, or at once."""
    world = request.app[WORLD]
    action = _ACTION.validate_json(await request.read())
    return await _pushed(world, actions.perform(world, action), wait=action.wait)


async def photo(request: web.Request) -> web.Response:
    """POST /control/photo?openid=…: send the body, an image, as a follower."""
    world, query = request.app[WORLD], request.query
    variant = Variant(query.get("variant", Variant.HONEST))
    push = actions.photograph(world, query.get("openid", ""), await request.read(), variant)
    return await _pushed(world, push, wait=query.get("wait", "1") != "0")


async def store(request: web.Request) -> web.Response:
    """POST /control/media?type=voice: store bytes as if a phone had recorded them."""
    medium = request.app[WORLD].media.put(request.query.get("type", "voice"), await request.read())
    return web.json_response({"media_id": medium.media_id})


async def conversation(request: web.Request) -> web.Response:
    """GET /control/conversations/{openid}?after=N&wait=S: what the follower sees, waiting for the first."""
    world = request.app[WORLD]
    openid = world.people.find(request.match_info["openid"]).follower.openid
    after = int(request.query.get("after", "0"))
    wait_s = min(float(request.query.get("wait", "0")), _LONGEST_WAIT_S)
    found = (
        await world.journal.dialog_soon(openid, after, wait_s)
        if wait_s
        else world.journal.dialog(openid, after)
    )
    return web.json_response({"entries": [entry.as_json() for entry in found]})


async def log(request: web.Request) -> web.Response:
    """GET /control/log?after=N: everything, the traffic too."""
    entries = request.app[WORLD].journal.since(int(request.query.get("after", "0")))
    return web.json_response({"entries": [entry.as_json() for entry in entries]})


async def stream(request: web.Request) -> web.StreamResponse:
    """GET /control/stream: the log as server-sent events; a reader from an earlier life begins at the start."""
    world = request.app[WORLD]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    life, _, seq = request.headers.get("Last-Event-ID", "").partition(".")
    after = int(seq) if life == str(world.journal.life) and seq.isdigit() else 0
    try:
        async for text in _events(world, after):
            await response.write(text.encode("utf-8"))
    except ConnectionResetError:
        pass
    return response


async def pushes(request: web.Request) -> web.Response:
    """GET /control/pushes: every push with its attempts and what was found in the reply."""
    return web.json_response({"pushes": [push.as_json() for push in request.app[WORLD].pusher.history]})


async def check(request: web.Request) -> web.Response:
    """GET /control/invariants"""
    return web.json_response(invariants.report(request.app[WORLD]))


async def advance(request: web.Request) -> web.Response:
    """POST /control/clock {"seconds": 7200}"""
    world = request.app[WORLD]
    world.time.ahead_s += Advance.model_validate_json(await request.read()).seconds
    return web.json_response({"time": world.time.now(), "ahead_s": world.time.ahead_s})


async def fault(request: web.Request) -> web.Response:
    """POST /control/faults: order a fault · DELETE: forget those still open."""
    faults = request.app[WORLD].faults
    if request.method == "DELETE":
        faults.open.clear()
    else:
        faults.order(Fault.model_validate_json(await request.read()))
    return web.json_response({"open": [each.model_dump() for each in faults.open]})


async def receipts(request: web.Request) -> web.Response:
    """POST /control/receipts: order how the next template messages end."""
    request.app[WORLD].receipts.order(ReceiptPlan.model_validate_json(await request.read()))
    return web.json_response({})


async def switch(request: web.Request) -> web.Response:
    """POST /control/followers/{openid}: turn a follower's switches."""
    world = request.app[WORLD]
    person = world.people.find(request.match_info["openid"])
    for name, value in (
        Switches.model_validate_json(await request.read()).model_dump(exclude_none=True).items()
    ):
        setattr(person, name, value)
    return web.json_response(_person(world, person.follower.openid))


async def verify(request: web.Request) -> web.Response:
    """POST /control/verify {"good": false}: play the console's URL verification."""
    order = Verification.model_validate_json(await request.read())
    return web.json_response(await request.app[WORLD].pusher.verify(good=order.good))


async def revoke(request: web.Request) -> web.Response:
    """POST /control/tokens/revoke: all tokens are wrong from now on."""
    request.app[WORLD].tokens.revoke_all()
    return web.json_response({})


async def reset(request: web.Request) -> web.Response:
    """POST /control/reset: begin anew; stored media stay."""
    world = request.app[WORLD]
    world.fresh()
    world.time.ahead_s = 0.0
    world.pusher.history.clear()
    world.journal.clear()
    world.wire("reset")
    return web.json_response({})


async def _pushed(world: World, push: Any, *, wait: bool) -> web.Response:
    task = world.pusher.start(push)
    if not wait:
        return web.json_response({"kind": push.kind, "openid": push.openid}, status=202)
    return web.json_response((await asyncio.shield(task)).as_json())


async def _events(world: World, after: int) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    while not world.journal.closed:
        found: list[Entry] = await world.journal.news(after, _HEARTBEAT_S)
        for entry in found:
            after = entry.seq
            yield f"id: {world.journal.life}.{entry.seq}\ndata: {json.dumps(entry.as_json(), ensure_ascii=False)}\n\n"
        if not found:
            yield ": still here\n\n"


def _person(world: World, openid: str) -> dict[str, Any]:
    person = world.people.find(openid)
    return {
        **person.follower.model_dump(),
        "subscribed": person.subscribed,
        "blocks_templates": person.blocks_templates,
        "blacklisted": person.blacklisted,
        "typing": person.typing_until > world.time.now(),
        "custom_left": {
            "message": person.from_message.left if person.from_message.until > world.time.now() else 0,
            "event": person.from_event.left if person.from_event.until > world.time.now() else 0,
        },
    }


Route = tuple[str, str, Callable[[web.Request], Awaitable[web.StreamResponse]]]
ROUTES: tuple[Route, ...] = (
    ("GET", "/control/state", state),
    ("POST", "/control/send", send),
    ("POST", "/control/photo", photo),
    ("POST", "/control/media", store),
    ("GET", "/control/conversations/{openid}", conversation),
    ("GET", "/control/log", log),
    ("GET", "/control/stream", stream),
    ("GET", "/control/pushes", pushes),
    ("GET", "/control/invariants", check),
    ("POST", "/control/clock", advance),
    ("POST", "/control/faults", fault),
    ("DELETE", "/control/faults", fault),
    ("POST", "/control/receipts", receipts),
    ("POST", "/control/followers/{openid}", switch),
    ("POST", "/control/verify", verify),
    ("POST", "/control/tokens/revoke", revoke),
    ("POST", "/control/reset", reset),
)
