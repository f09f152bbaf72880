"""The console's queue of cases."""

from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from accounts.permissions import Permission
from accounts.queries import regions
from accounts.web.guards import actor, requires
from complaints.queries import inbox
from complaints.queries.inbox import DUE_NAMES, Filters
from complaints.rules import lifecycle
from complaints.rules.clocks import Track
from complaints.rules.lifecycle import TRACK_NAMES, Status
from core.work import Reading
from portal.keys import SITE, database
from portal.pages import respond

VIEWS = (
    ("", "在办"),
    ("state=received", "待受理"),
    ("state=supplement", "待补正"),
    ("state=accepted", "办理中"),
    ("due=overdue", "已超期"),
    ("due=today", "今日到期"),
    ("mine=1", "我办理的"),
    ("platform=none", "未转 12315"),
    ("state=closed", "已办结"),
)
STATES = [
    ("open", "在办"),
    *((status.value, lifecycle.name(Track.COMPLAINT, status)) for status in Status),
    ("closed", "已办结"),
]
TRACKS = [("", "投诉和举报"), *((track.value, name) for track, name in TRACK_NAMES.items())]
DUES = [("", "不限"), *((due.value, name) for due, name in DUE_NAMES.items())]


@requires(Permission.VIEW_CASES)
async def queue(request: web.Request) -> web.Response:
    """GET /console/cases: the queue, cut by the filters in the address."""
    who = actor(request)
    filters = _filters(request)
    page = await database(request).read_as(who, inbox.inbox, filters=filters, after=_cursor(request))
    region = await database(request).read(_region_name, prefix=who.region)
    kept = _kept(filters)
    return respond(
        request,
        "complaints/inbox.html",
        page=page,
        filters=filters,
        sentence=inbox.sentence(filters, region=region or request.config_dict[SITE].region, total=page.total),
        next_url=_next(kept, page.after),
        views=[
            (f"/console/cases?{query}".rstrip("?"), name, query == urlencode(kept)) for query, name in VIEWS
        ],
        states=STATES,
        tracks=TRACKS,
        dues=DUES,
    )


def _filters(request: web.Request) -> Filters:
    asked = request.query
    return Filters(
        state=asked.get("state") or "open",
        track=asked.get("track", ""),
        mine=asked.get("mine") == "1",
        due=asked.get("due", ""),
        platform=asked.get("platform", ""),
        text=asked.get("q", "").strip()[: inbox.LONGEST_SEARCH],
    )


def _kept(filters: Filters) -> dict[str, str]:
    """Return the filters as they stand in an address, without what cuts nothing."""
    kept = {
        "state": "" if filters.state == "open" else filters.state,
        "track": filters.track,
        "mine": "1" if filters.mine else "",
        "due": filters.due,
        "platform": filters.platform,
        "q": filters.text,
    }
    return {key: value for key, value in kept.items() if value}


def _next(kept: dict[str, str], after: tuple[date, int] | None) -> str:
    if after is None:
        return ""
    return f"/console/cases?{urlencode({**kept, 'after': f'{after[0].isoformat()}_{after[1]}'})}"


def _cursor(request: web.Request) -> tuple[date, int] | None:
    """Read the cursor; an address somebody has bent begins at the first page."""
    day, _, number = request.query.get("after", "").partition("_")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _region_name(reading: Reading, *, prefix: str) -> str:
    if not prefix:
        return ""
    place = regions.place(reading, code=prefix.ljust(6, "0"))
    return place.full_name if place else prefix
