"""Faults on order: what a path answers for its next calls instead of, or after, doing its work."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from emulator.errors import PHRASES

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FaultKind(StrEnum):
    """What goes wrong."""

    ERRCODE = "errcode"
    STATUS = "status"
    HTML = "html"
    GARBAGE = "garbage"
    DELAY = "delay"
    RESET = "reset"
    RESET_AFTER = "reset_after"
    TRUNCATE = "truncate"
    SLOW = "slow"


class Fault(BaseModel):
    """A fault for the next `times` calls of a path (`*` for every path that is not control or phone)."""

    model_config = ConfigDict(extra="forbid")

    path: str
    kind: FaultKind
    times: int = Field(default=1, ge=1)
    errcode: int = -1
    errmsg: str = ""
    status: int = Field(default=502, ge=400, le=599)
    delay_s: float = Field(default=0.0, ge=0, le=120)


class Faults:
    """The orders still open."""

    def __init__(self) -> None:
        self.open: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add an order behind the ones that wait."""
        self.open.append(fault)

    def take(self, path: str) -> Fault | None:
        """Use up one call of the first order for this path."""
        fault = next((f for f in self.open if f.path in (path, "*")), None)
        if fault is None:
            return None
        fault.times -= 1
        if fault.times == 0:
            self.open.remove(fault)
        return fault


async def play(fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a request the way the fault orders."""
    match fault.kind:
        case FaultKind.ERRCODE:
            text = fault.errmsg or PHRASES.get(fault.errcode, "error")
            return web.json_response({"errcode": fault.errcode, "errmsg": text})
        case FaultKind.STATUS:
            return web.Response(status=fault.status, text="upstream failed")
        case FaultKind.HTML:
            return web.Response(text="<html><body>系统维护中</body></html>", content_type="text/html")
        case FaultKind.GARBAGE:
            return web.Response(text='{"errcode":0,"err', content_type="application/json")
        case FaultKind.DELAY:
            await asyncio.sleep(fault.delay_s)
            return await handler(request)
        case FaultKind.RESET:
            return _cut(request)
        case FaultKind.RESET_AFTER:
            await handler(request)
            return _cut(request)
        case FaultKind.TRUNCATE | FaultKind.SLOW:
            return await _dribble(fault, request, await handler(request))


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _dribble(fault: Fault, request: web.Request, whole: web.StreamResponse) -> web.StreamResponse:
    body = whole.body if isinstance(whole, web.Response) and isinstance(whole.body, bytes) else b""
    half = len(body) // 2
    partly = web.StreamResponse(headers=whole.headers)
    partly.content_length = len(body)
    await partly.prepare(request)
    await partly.write(body[:half])
    if fault.kind is FaultKind.TRUNCATE:
        return _cut(request)
    await asyncio.sleep(fault.delay_s)
    await partly.write(body[half:])
    await partly.write_eof()
    return partly
