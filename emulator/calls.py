"""How every API of the platform is called: token first, JSON bodies, refusals as JSON with status 200."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from emulator import faults
from emulator.errors import ApiError
from emulator.world import WORLD, World

Answer = dict[str, Any]
Api = Callable[[web.Request, World], Awaitable[Answer | web.StreamResponse]]
OK: Answer = {"errcode": 0, "errmsg": "ok"}
_OWN_DOORS = ("/control/", "/phone/", "/mmbiz/")


def api(call: Api, *, token: bool = True) -> faults.Handler:
    """Make a handler of an API: judge the token, count the call, turn refusals into answers."""

    async def handler(request: web.Request) -> web.StreamResponse:
        world = request.app[WORLD]
        world.counters.calls[request.path] = world.counters.calls.get(request.path, 0) + 1
        try:
            if token:
                world.tokens.judge(request.query.get("access_token"))
            answer = await call(request, world)
        except ApiError as error:
            answer = refusal(world, error)
        if isinstance(answer, web.StreamResponse):
            return answer
        world.wire("call", name=request.path, errcode=answer.get("errcode", 0))
        return web.json_response(answer)

    return handler


def refusal(world: World, error: ApiError) -> Answer:
    """Return the JSON of a refusal, with a request id as support asks for."""
    rid = world.chance.rid(world.time.now())
    return {"errcode": error.errcode, "errmsg": f"{error.errmsg} rid: {rid}"}


async def json_body(request: web.Request) -> dict[str, Any]:
    """Return the JSON object of a POST. Raises: ApiError 43002 other methods, 47001 anything but an object."""
    if request.method != "POST":
        raise ApiError(43002)
    try:
        body = json.loads(await request.read())
    except (ValueError, UnicodeDecodeError) as error:
        raise ApiError(47001) from error
    if not isinstance(body, dict):
        raise ApiError(47001)
    return body


@web.middleware
async def faulty(request: web.Request, handler: faults.Handler) -> web.StreamResponse:
    """Play an ordered fault in front of a platform API; the emulator's own doors have none."""
    if request.path == "/" or request.path.startswith(_OWN_DOORS):
        return await handler(request)
    world = request.app[WORLD]
    fault = world.faults.take(request.path)
    if fault is None:
        return await handler(request)
    world.wire("fault", name=request.path, fault=fault.kind)
    return await faults.play(fault, request, handler)
