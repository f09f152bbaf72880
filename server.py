"""Composition root: wires the rooms, opens the doors, starts what runs by itself, dispatches the commands."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

import accounts.web.routes
import portal.routes
from accounts.queries.calendar import missing_years
from configuration import Config, key
from core import migration
from core.clock import Clock, SystemClock
from core.database import Database
from core.ids import Ids, SystemIds
from core.privacy import Vault
from portal import csrf, doors, health, keys
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.people import SECTIONS
from portal.render import Pages
from portal.sessions import Door

HERE = Path(__file__).parent
MAX_BODY = 16 * 1024 * 1024

CONFIG = web.AppKey("config", Config)


def open_database(config: Config, *, clock: Clock, ids: Ids) -> Database:
    """Return the configured database with the vault that seals its personal fields."""
    vault = Vault(
        encryption_key=key(config.secrets.encryption_key, name="secrets.encryption_key"),
        index_key=key(config.secrets.index_key, name="secrets.index_key"),
        ids=ids,
    )
    return Database(config.database, clock=clock, ids=ids, vault=vault)


def create_app(config: Config, *, clock: Clock | None = None, ids: Ids | None = None) -> web.Application:
    """Return the whole service: four doors with their rooms' routes, and what starts and stops with it."""
    clock, ids = clock or SystemClock(), ids or SystemIds()
    app = web.Application(
        client_max_size=MAX_BODY, middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)]
    )
    site = _site(config)
    app[CONFIG] = config
    app[keys.CLOCK], app[keys.IDS], app[keys.SITE] = clock, ids, site
    app[keys.DATABASE] = open_database(config, clock=clock, ids=ids)
    app[keys.PAGES] = Pages([HERE / room / "templates" for room in ROOMS_WITH_PAGES], {"site": site})
    app[METRICS] = Metrics()
    app[csrf.SESSION_KEY] = key(config.secrets.session_key, name="secrets.session_key")
    app[SECTIONS] = tuple(SECTIONS_IN_ORDER)
    app[health.CHECKS] = tuple(CHECKS)
    app.add_routes(portal.routes.ROOT)
    for prefix, routes, middlewares in DOORS:
        door = web.Application(client_max_size=MAX_BODY, middlewares=middlewares)
        door.add_routes(routes)
        app.add_subapp(prefix, door)
    app[portal.routes.ADDRESSES] = frozenset(
        route.resource.canonical for route in app.router.routes() if route.resource is not None
    )
    app.cleanup_ctx.extend([_ground])
    return app


def _site(config: Config) -> keys.Site:
    return keys.Site(
        name=config.site.name,
        region=config.site.region,
        owner=config.site.owner,
        hotline=config.site.hotline,
        privacy_contact=config.site.privacy_contact,
        public_url=config.public_url,
        phone_url=config.phone_url,
        demo=config.demo.enabled,
    )


async def _ground(app: web.Application) -> AsyncIterator[None]:
    app[keys.COMPUTE] = ThreadPoolExecutor(2, thread_name_prefix="compute")
    yield
    app[keys.COMPUTE].shutdown(wait=True)
    app[keys.DATABASE].close()


async def _migrated(request: web.Request) -> str:
    return "ok" if migration.is_current(keys.database(request).engine) else "schema is not current"


async def _calendar_known(request: web.Request) -> str:
    missing = await keys.database(request).read(missing_years)
    return "ok" if not missing else f"no notice for {', '.join(map(str, missing))}"


ROOMS_WITH_PAGES = ("portal", "accounts")
SECTIONS_IN_ORDER = [*accounts.web.routes.SECTIONS]
CHECKS = [
    health.Check("database", health.database_answers),
    health.Check("migrations", _migrated),
    health.Check("calendar", _calendar_known, decides=False),
]
DOORS = (
    (
        "/console",
        [*accounts.web.routes.CONSOLE],
        [boundary(Style.DESK, sign_in="/console/login"), doors.session(Door.CONSOLE)],
    ),
    ("/h5", [*portal.routes.H5], [boundary(Style.HAND), doors.session(Door.H5)]),
)
