"""Which routes each door has, which rooms have pages, what the console's menu and its notices show."""

import accounts.web.routes
import bot.web.routes
import complaints.web.routes
import integrity.web.routes
import knowledge.web.routes
import portal.routes
import scheduler.web.routes
from accounts.permissions import Permission
from accounts.web.notices import calendar_gap
from knowledge.web.notices import ending_laws
from portal import doors, notices
from portal.errors import Style, boundary
from portal.sessions import Door

ROOMS_WITH_PAGES = ("portal", "accounts", "scheduler", "knowledge", "integrity", "complaints")
SECTIONS_IN_ORDER = (
    *complaints.web.routes.SECTIONS,
    *integrity.web.routes.SECTIONS,
    *knowledge.web.routes.SECTIONS,
    *scheduler.web.routes.SECTIONS,
    *accounts.web.routes.SECTIONS,
)
NOTICES = (
    notices.Source(calendar_gap),
    notices.Source(ending_laws, Permission.VIEW_KNOWLEDGE.value),
)
DOORS = (
    (
        "/console",
        [
            *accounts.web.routes.CONSOLE,
            *complaints.web.routes.CONSOLE,
            *integrity.web.routes.CONSOLE,
            *knowledge.web.routes.CONSOLE,
            *scheduler.web.routes.CONSOLE,
        ],
        [boundary(Style.DESK, sign_in="/console/login"), doors.session(Door.CONSOLE)],
    ),
    (
        "/h5",
        [
            *portal.routes.H5,
            *accounts.web.routes.H5,
            *bot.web.routes.H5,
            *complaints.web.routes.H5,
            *integrity.web.routes.H5,
            *knowledge.web.routes.H5,
        ],
        [boundary(Style.HAND), doors.session(Door.H5)],
    ),
    ("/api/v1", [*integrity.web.routes.API], [boundary(Style.JSON)]),
    ("/wechat", [*bot.web.routes.WECHAT], [boundary(Style.JSON)]),
)
