"""What every request passes before its handler: an id, a log line, figures, headers, the session, the form token."""

import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from core.log import request_id
from core.work import VISITOR
from portal import csrf, sessions
from portal.headers import secure
from portal.keys import CLOCK, IDS, SITE, database
from portal.metrics import METRICS
from portal.sessions import Door

LOG = logging.getLogger("quanheng.request")
FORM_COOKIE_SECONDS = 24 * 3600
NAMED = frozenset({"h5", "console", "api", "wechat", "static", "healthz", "readyz", "metrics"})


@web.middleware
async def observed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id, and note its outcome in the log and the figures."""
    wired = request.app
    request_id.set(wired[IDS].token(9))
    started = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as error:
        status = error.status
        raise
    else:
        return response
    finally:
        seconds = time.perf_counter() - started
        door = _door(request.path)
        wired[METRICS].request(door, status, seconds)
        level = logging.DEBUG if door in {"static", "healthz", "readyz", "metrics"} else logging.INFO
        LOG.log(
            level,
            "%s %s %d",
            request.method,
            request.path,
            status,
            extra={"door": door, "ms": round(seconds * 1000, 1)},
        )


def _door(path: str) -> str:
    """Name the door of a path; scanners' inventions share one name, so that the figures stay few."""
    first = path.split("/", 2)[1] if "/" in path else path
    return first if first in NAMED else "other" if first else "root"


@web.middleware
async def with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Add the security headers of the door to whatever answer comes back."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        secure(request, error.headers)
        raise
    secure(request, response.headers)
    return response


def session(door: Door) -> Middleware:
    """Return the middleware that finds a door's session, checks the form token and keeps the session alive."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        token = request.cookies.get(sessions.cookie_name(door), "")
        visit = await database(request).read(sessions.find, door=door, token=token) if token else None
        fresh = None
        if visit is not None:
            request[sessions.VISIT] = visit
        else:
            fresh = csrf.issue(request, request.config_dict[IDS].token(24))
        await csrf.check(request)
        response = await handler(request)
        if fresh is not None and not response.prepared:
            https = request.config_dict[SITE].public_url.startswith("https")
            response.set_cookie(
                csrf.FORM_COOKIE,
                fresh,
                max_age=FORM_COOKIE_SECONDS,
                httponly=True,
                secure=https,
                samesite="Lax",
            )
        if visit is not None and request.config_dict[CLOCK].now() - visit.seen_at > sessions.TOUCH_EVERY:
            await database(request).work(VISITOR, sessions.touch, visit=visit)
        return response

    return middleware
