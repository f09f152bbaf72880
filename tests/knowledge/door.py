"""The guide's and the editors' doors over a test's own database and a handful of entries."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

import accounts.web.routes
import knowledge.web.routes
import portal.routes
from core.database import Database
from core.ids import SystemIds
from knowledge.jobs import Drafts, Press
from knowledge.rules.library import library_of
from knowledge.rules.questions import Asked
from knowledge.services.known import Known
from knowledge.web import keys as knowledge_keys
from knowledge.web.keys import Texts
from portal import csrf, doors, keys
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.people import SECTIONS
from portal.render import Pages
from portal.sessions import Door
from tests.accounts.door import ROOT, SITE
from tests.accounts.door import desk as home
from tests.fakes import HandClock


def pages(
    database: Database,
    clock: HandClock,
    published: Callable[[], Known],
    *,
    press: Press | None = None,
    texts: Texts | None = None,
    noted: list[Asked] | None = None,
) -> web.Application:
    """Return the doors as the server builds them, with this room's pages and the sign-in."""
    app = web.Application(middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)])
    app[keys.SITE], app[keys.CLOCK], app[keys.IDS] = SITE, clock, SystemIds()
    app[keys.DATABASE] = database
    folders = [ROOT / room / "templates" for room in ("portal", "accounts", "knowledge")]
    app[keys.PAGES] = Pages(folders, {"site": SITE})
    app[METRICS], app[SECTIONS] = Metrics(), ()
    app[csrf.SESSION_KEY] = b"s" * 32
    app[keys.COMPUTE] = ThreadPoolExecutor(1)
    app[knowledge_keys.PUBLISHED] = knowledge_keys.Published(published)
    app[knowledge_keys.TEXTS] = texts or Texts(
        lambda: library_of((), published().content.laws, {}), lambda: None
    )
    app[knowledge_keys.NOTED] = knowledge_keys.Noted((noted if noted is not None else []).append)
    app[knowledge_keys.REHEARSING], app[knowledge_keys.DRAFTS] = set(), Drafts()
    if press is not None:
        app[knowledge_keys.PRESS] = press
    app[portal.routes.ADDRESSES] = frozenset()
    desk = [web.get("/", home), *accounts.web.routes.CONSOLE, *knowledge.web.routes.CONSOLE]
    h5 = [*portal.routes.H5, *knowledge.web.routes.H5]
    app.add_routes(portal.routes.ROOT)
    app.add_subapp("/console", _door(desk, Door.CONSOLE, Style.DESK))
    app.add_subapp("/h5", _door(h5, Door.H5, Style.HAND))
    app.on_cleanup.append(_close)
    return app


def _door(routes: list[web.RouteDef], door: Door, style: Style) -> web.Application:
    sign_in = "/console/login" if door is Door.CONSOLE else ""
    made = web.Application(middlewares=[boundary(style, sign_in=sign_in), doors.session(door)])
    made.add_routes(routes)
    return made


async def _close(app: web.Application) -> None:
    app[keys.COMPUTE].shutdown()
