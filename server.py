"""Composition root: wires the rooms, opens the doors, starts what runs by itself, dispatches the commands."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

import portal.routes
from accounts.queries.calendar import missing_years
from accounts.services.person import Profile
from accounts.web import mydata
from bot import jobs as bot_jobs
from bot.conversation import Conversations
from bot.errors import PlatformFailed
from bot.indexes import Indexes
from bot.memory import Memory
from bot.person import Chat
from bot.web import entrance, webhook
from bot.wechat import menu
from bot.wechat.channel import WechatChannel
from bot.wechat.client import WechatClient
from complaints.jobs import Readers
from complaints.services.person import Reports
from complaints.services.recording import recompute_provisional
from complaints.services.silence import tell_overdue
from complaints.web import keys as complaints_keys
from configuration import Config, key
from core import migration
from core.clock import Clock, SystemClock
from core.database import Database
from core.files import FileStore
from core.ids import Ids, SystemIds
from core.privacy import Vault
from core.vision import VisionProcess
from core.work import SYSTEM
from integrity.jobs import DueInstruments
from integrity.web import keys as integrity_keys
from knowledge.jobs import Drafts, Press, group_questions
from knowledge.services import alarms
from knowledge.web import keys as knowledge_keys
from portal import csrf, doors, health, keys, notices
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.people import SECTIONS
from portal.render import Pages
from routing import DOORS, NOTICES, ROOMS_WITH_PAGES, SECTIONS_IN_ORDER
from scheduler import queries
from scheduler.engine import Engine
from scheduler.jobs import Tools
from scheduler.web import console as reminders

LOG = logging.getLogger(__name__)

HERE = Path(__file__).parent
MAX_BODY = 16 * 1024 * 1024
FLUSH_S, FETCH_S, FOLLOW_S, REFRESH_S, MEASURE_S = 1.0, 1.0, 1.0, 5.0, 5.0
RECOMPUTE_S, GROUP_S, WATCH_S, SWEEP_S = 60.0, 30.0, 600.0, 3600.0

CONFIG = web.AppKey("config", Config)
INDEXES = web.AppKey("indexes", Indexes)
REMEMBERED = web.AppKey("remembered", Memory)
SOLE = web.AppKey("sole", bool)


@dataclass(frozen=True, slots=True)
class House:
    """What every process of the service stands on, whichever command started it."""

    config: Config
    clock: Clock
    ids: Ids
    vault: Vault
    database: Database
    files: FileStore


GROUND = web.AppKey("ground", House)


def house(config: Config, *, clock: Clock | None = None, ids: Ids | None = None) -> House:
    """Return the ground of a process; no connection is made yet."""
    clock, ids = clock or SystemClock(), ids or SystemIds()
    vault = Vault(
        encryption_key=key(config.secrets.encryption_key, name="secrets.encryption_key"),
        index_key=key(config.secrets.index_key, name="secrets.index_key"),
        ids=ids,
    )
    database = Database(config.database, clock=clock, ids=ids, vault=vault)
    return House(config, clock, ids, vault, database, FileStore(config.files, vault))


def indexes(ground: House) -> Indexes:
    """Return the indexes of a process; merchants and statutes come with their first refresh."""
    return Indexes(
        clock=ground.clock,
        public_url=ground.config.public_url,
        hotline=ground.config.site.hotline,
        region=ground.config.site.region,
        reporting=ground.config.complaints,
        cache_dir=Path("var/cache"),
    )


def create_app(
    config: Config, *, clock: Clock | None = None, ids: Ids | None = None, sole: bool = True
) -> web.Application:
    """Return the whole service; `sole` says that no other web process takes messages beside this one."""
    ground = house(config, clock=clock, ids=ids)
    app = web.Application(
        client_max_size=MAX_BODY, middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)]
    )
    site = _site(config)
    app[CONFIG], app[keys.SITE] = config, site
    app[keys.CLOCK], app[keys.IDS], app[keys.DATABASE] = ground.clock, ground.ids, ground.database
    app[keys.FILES] = ground.files
    app[keys.PAGES] = Pages([HERE / room / "templates" for room in ROOMS_WITH_PAGES], {"site": site})
    app[METRICS] = Metrics()
    app[csrf.SESSION_KEY] = key(config.secrets.session_key, name="secrets.session_key")
    app[SECTIONS], app[health.CHECKS], app[notices.SOURCES] = SECTIONS_IN_ORDER, CHECKS, NOTICES
    app[webhook.SETTINGS], app[webhook.LATER] = config.wechat, set()
    app[integrity_keys.SETTINGS] = config.integrity
    app[complaints_keys.SETTINGS] = config.complaints
    app[mydata.KEEPERS] = (
        Profile(),
        Reports(keep_days=config.complaints.keep_personal_days),
        Chat(),
    )
    app[REMEMBERED], app[SOLE] = Memory(shared=not sole), sole
    app[GROUND] = ground
    app[knowledge_keys.REHEARSING], app[knowledge_keys.DRAFTS] = set(), Drafts()
    app[integrity_keys.NAMES] = integrity_keys.Names(lambda: app[INDEXES].merchants)
    app[knowledge_keys.PUBLISHED] = knowledge_keys.Published(lambda: app[INDEXES].known)
    app[knowledge_keys.TEXTS] = knowledge_keys.Texts(
        lambda: app[INDEXES].lawbook.library, lambda: app[INDEXES].lawbook.provisions
    )
    app[knowledge_keys.NOTED] = knowledge_keys.Noted(app[REMEMBERED].keep_question)
    app.add_routes(portal.routes.ROOT)
    for prefix, routes, middlewares in DOORS:
        door = web.Application(client_max_size=MAX_BODY, middlewares=middlewares)
        door.add_routes(routes)
        app.add_subapp(prefix, door)
    app[portal.routes.ADDRESSES] = frozenset(
        route.resource.canonical for route in app.router.routes() if route.resource is not None
    )
    app.cleanup_ctx.extend([_ground, _indexes, _wechat, _background])
    return app


def tools(ground: House, client: WechatClient, note: Callable[[str], None] | None = None) -> Tools:
    """Return what the scheduler's jobs work with."""
    wired = {"note": note} if note is not None else {}
    return Tools(
        database=ground.database,
        clock=ground.clock,
        settings=ground.config.scheduler,
        planners=(DueInstruments(),),
        channels={"wechat": WechatChannel(client, public_url=ground.config.public_url, clock=ground.clock)},
        **wired,
    )


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


async def _indexes(app: web.Application) -> AsyncIterator[None]:
    app[INDEXES] = await asyncio.to_thread(indexes, app[GROUND])
    await app[INDEXES].follow(app[keys.DATABASE], app[keys.COMPUTE])
    await app[keys.DATABASE].read(app[INDEXES].refresh)
    app[knowledge_keys.PRESS] = Press(
        app[keys.DATABASE], app[keys.CLOCK], app[keys.COMPUTE], app[INDEXES].segmenter
    )
    yield


async def _wechat(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession() as session:
        client = WechatClient(session, app[CONFIG].wechat, app[keys.DATABASE], clock=app[keys.CLOCK])
        app[entrance.CLIENT] = client
        app[webhook.CONVERSATIONS] = Conversations(
            app[keys.DATABASE],
            scene=app[INDEXES].scene,
            remembered=app[REMEMBERED],
            clock=app[keys.CLOCK],
            noted=app[METRICS].answered,
            sole=app[SOLE],
            burst_gap_s=app[CONFIG].wechat.burst_gap_s,
        )
        yield
        await asyncio.gather(*app[webhook.LATER], return_exceptions=True)


async def _background(app: web.Application) -> AsyncIterator[None]:
    database, remembered, press = app[keys.DATABASE], app[REMEMBERED], app[knowledge_keys.PRESS]
    photographs = bot_jobs.Photographs(database, app[entrance.CLIENT], app[keys.FILES], app[keys.COMPUTE])
    vision = VisionProcess()
    readers = Readers(database, app[keys.FILES], vision, app[keys.COMPUTE], public_url=app[CONFIG].public_url)
    tasks = [
        asyncio.create_task(_every(FLUSH_S, lambda: bot_jobs.flush(database, remembered))),
        asyncio.create_task(_every(FETCH_S, photographs.fetch)),
        asyncio.create_task(_every(FETCH_S, readers.read)),
        asyncio.create_task(_every(REFRESH_S, lambda: database.read(app[INDEXES].refresh))),
        asyncio.create_task(_every(FOLLOW_S, lambda: app[INDEXES].follow(database, app[keys.COMPUTE]))),
        asyncio.create_task(_every(GROUP_S, lambda: group_questions(press, app[INDEXES].known.index))),
        asyncio.create_task(
            _every(WATCH_S, lambda: database.work(SYSTEM, alarms.watch, laws=app[INDEXES].known.content.laws))
        ),
        asyncio.create_task(_every(SWEEP_S, lambda: bot_jobs.sweep(database))),
        asyncio.create_task(_every(MEASURE_S, lambda: _measure(app))),
        asyncio.create_task(_every(RECOMPUTE_S, lambda: database.work(SYSTEM, recompute_provisional))),
        asyncio.create_task(_every(RECOMPUTE_S, lambda: database.work(SYSTEM, tell_overdue))),
        asyncio.create_task(_menu(app)),
    ]
    app[reminders.TOOLS] = tools(app[GROUND], app[entrance.CLIENT], app[METRICS].delivered)
    app[reminders.RUNNING] = set()
    engine = Engine(app[reminders.TOOLS]) if app[CONFIG].scheduler.embedded else None
    if engine is not None:
        engine.start()
    yield
    if engine is not None:
        engine.stop()
    under_way: list[asyncio.Task[Any]] = [*tasks, *app[reminders.RUNNING], *app[knowledge_keys.REHEARSING]]
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    await vision.close()
    await bot_jobs.flush(database, remembered)


async def _measure(app: web.Application) -> None:
    app[METRICS].backlog.set(await app[keys.DATABASE].read(queries.backlog))


async def _menu(app: web.Application) -> None:
    """Put the menu in place once the platform answers; it keeps the last one."""
    for pause in (1, 2, 4, 8, 16, 32, 60):
        try:
            await menu.publish(app[entrance.CLIENT], public_url=app[CONFIG].public_url)
        except PlatformFailed as error:
            LOG.warning("menu not published", extra={"errcode": error.errcode, "reason": error.reason})
            await asyncio.sleep(pause)
        else:
            return


async def _every(seconds: float, job: Callable[[], Awaitable[object]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await job()
        except Exception:  # a periodic job outlives its failures; each is logged with its traceback
            LOG.exception("periodic job failed")


async def _migrated(request: web.Request) -> str:
    current = await asyncio.to_thread(migration.is_current, keys.database(request).engine)
    return "ok" if current else "schema is not current"


async def _calendar_known(request: web.Request) -> str:
    missing = await keys.database(request).read(missing_years)
    return "ok" if not missing else f"no notice for {', '.join(map(str, missing))}"


async def _index_built(request: web.Request) -> str:
    return "ok" if INDEXES in request.config_dict else "not built"


async def _platform_answers(request: web.Request) -> str:
    return "ok" if await request.config_dict[entrance.CLIENT].answers() else "the platform does not answer"


async def _scheduler_ticks(request: web.Request) -> str:
    return "ok" if request.config_dict[CONFIG].scheduler.embedded else "off"


CHECKS = (
    health.Check("database", health.database_answers),
    health.Check("migrations", _migrated),
    health.Check("index", _index_built),
    health.Check("scheduler", _scheduler_ticks),
    health.Check("calendar", _calendar_known, decides=False),
    health.Check("platform", _platform_answers, decides=False),
)


def main(argv: Sequence[str]) -> int:
    """Run a command of the program or of a room, as `python -m bot …` hands over."""
    import commands

    return commands.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
