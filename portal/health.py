"""Alive, ready, and the figures: what an operator's monitor asks."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import text

from core.work import Reading
from portal.keys import database
from portal.metrics import METRICS

LOG = logging.getLogger(__name__)

CHECKS = web.AppKey("checks", tuple)


@dataclass(frozen=True, slots=True)
class Check:
    """One named condition of readiness; `probe` returns "ok", "off", or what is wrong; `decides` if it must hold."""

    name: str
    probe: Callable[[web.Request], Awaitable[str]]
    decides: bool = True


async def healthz(_request: web.Request) -> web.Response:
    """GET /healthz: the process answers."""
    return web.json_response({"status": "alive"})


async def readyz(request: web.Request) -> web.Response:
    """GET /readyz: every named condition; 503 while one that decides does not hold."""
    found: dict[str, str] = {}
    ready = True
    for check in request.config_dict[CHECKS]:
        found[check.name] = await check.probe(request)
        ready = ready and (found[check.name] in {"ok", "off"} or not check.decides)
    return web.json_response({"ready": ready, "checks": found}, status=200 if ready else 503)


async def metrics(request: web.Request) -> web.Response:
    """GET /metrics: figures for Prometheus."""
    return web.Response(
        body=request.config_dict[METRICS].text(), headers={"Content-Type": "text/plain; version=0.0.4"}
    )


async def database_answers(request: web.Request) -> str:
    """Tell whether the database answers a question."""
    try:
        await database(request).read(_one)
    except Exception as error:  # whatever it is, the answer is "not ready", with its kind named
        LOG.exception("the database does not answer")
        return type(error).__name__
    return "ok"


def _one(reading: Reading) -> None:
    reading.session.execute(text("SELECT 1"))
