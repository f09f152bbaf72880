"""The console's door with this room's routes only, over a test's own database."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

import accounts.web.routes
import portal.routes
from accounts.web.guards import actor, citizen, signed_in
from core.database import Database
from core.ids import SystemIds
from portal import csrf, doors, keys
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.people import SECTIONS
from portal.render import Pages
from portal.sessions import Door
from tests.fakes import HandClock

ROOT = Path(__file__).parents[2]
SITE = keys.Site(
    name="权衡",
    region="山东省",
    owner="某局",
    hotline="12315",
    privacy_contact="privacy@example.invalid",
    public_url="http://127.0.0.1:8080",
    phone_url="http://127.0.0.1:8081",
    demo=False,
)


@signed_in
async def desk(request: web.Request) -> web.Response:
    """GET /console/: stands in for the queue's home."""
    return web.Response(text="desk")


@citizen
async def mine(request: web.Request) -> web.Response:
    """GET and POST /h5/mine: stands in for a page that must know who looks."""
    return web.Response(text=actor(request).id)


def console(database: Database, clock: HandClock) -> web.Application:
    """Return the doors of console and H5 as the server builds them."""
    app = web.Application(middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)])
    app[keys.SITE], app[keys.CLOCK], app[keys.IDS] = SITE, clock, SystemIds()
    app[keys.DATABASE] = database
    app[keys.PAGES] = Pages([ROOT / room / "templates" for room in ("portal", "accounts")], {"site": SITE})
    app[METRICS], app[SECTIONS] = Metrics(), tuple(accounts.web.routes.SECTIONS)
    app[csrf.SESSION_KEY] = b"s" * 32
    app[keys.COMPUTE] = ThreadPoolExecutor(1)
    app[portal.routes.ADDRESSES] = frozenset()
    app.add_subapp(
        "/console", _door([*accounts.web.routes.CONSOLE, web.get("/", desk)], Door.CONSOLE, Style.DESK)
    )
    app.add_subapp("/h5", _door([web.get("/mine", mine), web.post("/mine", mine)], Door.H5, Style.HAND))
    app.on_cleanup.append(_close)
    return app


def _door(routes: list[web.RouteDef], door: Door, style: Style) -> web.Application:
    sign_in = "/console/login" if door is Door.CONSOLE else ""
    app = web.Application(middlewares=[boundary(style, sign_in=sign_in), doors.session(door)])
    app.add_routes(routes)
    return app


async def _close(app: web.Application) -> None:
    app[keys.COMPUTE].shutdown()
