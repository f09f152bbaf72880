"""A small site around the room's pages: two doors, their sessions, no WeChat."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

import accounts.web.routes
import complaints.web.routes
import portal.routes
from accounts.permissions import Permission
from accounts.services.person import Profile
from accounts.web.mydata import KEEPERS
from accounts.web.notices import calendar_gap
from complaints.services.person import Reports
from complaints.settings import ComplaintsSettings
from complaints.web.keys import SETTINGS
from core.clock import Clock
from core.database import Database
from core.files import FileStore
from core.ids import Ids
from core.privacy import Vault
from core.settings import FilesSettings
from core.work import Reading
from integrity.queries import merchants
from integrity.rules.names import Gazetteer
from integrity.services.search import MerchantIndex
from integrity.web.keys import NAMES, Names
from portal import csrf, doors, keys
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.notices import SOURCES, Notice, Source
from portal.people import SECTIONS
from portal.render import Pages
from portal.sessions import Door

ROOT = Path(__file__).parents[2]


def for_editors(_reading: Reading) -> list[Notice]:
    """Return a notice that handlers are not shown."""
    return [Notice("编辑要看的一句", "/console/", "去看")]


def site(database: Database, *, clock: Clock, ids: Ids, vault: Vault, files: Path) -> web.Application:
    """Compose the console and the phone pages of cases."""
    app = web.Application(middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)])
    told = keys.Site("权衡", "山东省", "山东省局", "12315", "a@example.invalid", "http://127.0.0.1", "", True)
    app[keys.CLOCK], app[keys.IDS], app[keys.DATABASE] = clock, ids, database
    app[keys.SITE], app[METRICS], app[csrf.SESSION_KEY] = told, Metrics(), b"s" * 32
    app[keys.FILES] = FileStore(FilesSettings(root=files), vault)
    app[keys.COMPUTE] = ThreadPoolExecutor(1)
    app[SETTINGS] = ComplaintsSettings()
    app[KEEPERS] = (Profile(), Reports())
    app[NAMES] = Names(
        lambda: MerchantIndex(
            database.read_now(lambda reading: list(merchants.names(reading))), Gazetteer([])
        )
    )
    folders = [ROOT / room / "templates" for room in ("portal", "accounts", "complaints")]
    app[keys.PAGES] = Pages(folders, {"site": told})
    app[SECTIONS] = (*complaints.web.routes.SECTIONS, *accounts.web.routes.SECTIONS)
    app[SOURCES] = (Source(calendar_gap), Source(for_editors, Permission.EDIT_KNOWLEDGE.value))
    app.add_routes(portal.routes.ROOT)
    for prefix, routes, style, door in (
        (
            "/console",
            [*complaints.web.routes.CONSOLE, *accounts.web.routes.CONSOLE],
            Style.DESK,
            Door.CONSOLE,
        ),
        ("/h5", [*complaints.web.routes.H5, *accounts.web.routes.H5, *portal.routes.H5], Style.HAND, Door.H5),
    ):
        part = web.Application(client_max_size=2**24, middlewares=[boundary(style), doors.session(door)])
        part.add_routes(routes)
        app.add_subapp(prefix, part)
    app[portal.routes.ADDRESSES] = frozenset()

    async def closing(opened: web.Application) -> None:
        opened[keys.COMPUTE].shutdown(wait=True)

    app.on_cleanup.append(closing)
    return app
