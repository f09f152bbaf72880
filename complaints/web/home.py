"""The console's home: what is due, and what to do next."""

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, signed_in
from complaints.queries import inbox
from portal.keys import database
from portal.notices import notices
from portal.pages import respond


@signed_in
async def home(request: web.Request) -> web.Response:
    """GET /console/: counters, the next things to do, and what the office must put right."""
    who, base = actor(request), database(request)
    told = await notices(request)
    if Permission.VIEW_CASES.value not in who.permissions:
        return respond(request, "complaints/home.html", counters=None, rows=(), notices=told)
    counters = await base.read_as(who, inbox.counters)
    rows = await base.read_as(who, inbox.next_up)
    return respond(request, "complaints/home.html", counters=counters, rows=rows, notices=told)
