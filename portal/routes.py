"""The addresses that belong to nobody's subject: landing, H5 home, privacy, static files, health."""

import gzip
import mimetypes
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import TypeVar

from aiohttp import web

from core.errors import NotFound
from portal import health
from portal.keys import SITE
from portal.pages import ELDER_COOKIE, redirect, respond
from portal.render import STATIC

H = TypeVar("H", bound=Callable[[web.Request], Awaitable[web.StreamResponse]])

YEAR_S = 365 * 24 * 3600
COMPRESSED = frozenset({".css", ".js", ".svg"})


def public(handler: H) -> H:
    """Mark a handler that anybody may reach; a test lists every route's mark."""
    handler.guard = "public"  # type: ignore[attr-defined]  # functions carry attributes, their type does not say so
    return handler


class NoSuchFile(NotFound):
    """There is no such static file."""

    code = "no_such_file"


@public
async def landing(request: web.Request) -> web.Response:
    """GET /: what this is, and a door for each kind of reader."""
    links = {
        "h5": "/h5/",
        "report": "/h5/report",
        "certificate": "/h5/instruments",
        "shops": "/h5/merchants",
        "merchant": "/h5/merchant",
        "console": "/console/login",
        "docs": "/api/v1/docs",
        "api": "/api/v1/openapi.json",
        "phone": request.config_dict[SITE].phone_url,
    }
    return respond(request, "portal/landing.html", links=_served(request, links))


@public
async def home(request: web.Request) -> web.Response:
    """GET /h5/: what a citizen or merchant can do here."""
    links = {
        "ask": "/h5/guide",
        "report": "/h5/report",
        "certificate": "/h5/instruments",
        "shops": "/h5/merchants",
        "cases": "/h5/cases",
        "merchant": "/h5/merchant",
        "rights": "/h5/me",
    }
    return respond(request, "portal/home_hand.html", links=_served(request, links))


@public
async def privacy(request: web.Request) -> web.Response:
    """GET /h5/privacy: the privacy notice."""
    rights = _served(request, {"my_data_url": "/h5/me"})
    return respond(request, "portal/privacy.html", privacy=rights)


@public
async def elder(request: web.Request) -> web.Response:
    """POST /h5/elder: switch the larger type on or off and stay on the page."""
    wanted = "1" if (await request.post()).get("elder") == "1" else "0"
    back = request.headers.get("Referer", "")
    path = "/" + back.split("/", 3)[3] if back.count("/") >= 3 else "/h5/"
    response = redirect(path if path.startswith("/h5/") else "/h5/")
    response.set_cookie(ELDER_COOKIE, wanted, path="/", max_age=YEAR_S, samesite="Lax")
    return response


@public
async def static(request: web.Request) -> web.Response:
    """GET /static/{path}: a file of ours, compressed, to be kept forever under its hashed address."""
    body, zipped, kind = _file(request.match_info["path"])
    headers = {"Cache-Control": f"public, max-age={YEAR_S}, immutable", "Vary": "Accept-Encoding"}
    if zipped and "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=zipped, content_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return web.Response(body=body, content_type=kind, headers=headers)


@lru_cache(maxsize=128)
def _file(name: str) -> tuple[bytes, bytes, str]:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        raise NoSuchFile(name=name)
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return body, gzip.compress(body, mtime=0) if path.suffix in COMPRESSED else b"", kind


def _served(request: web.Request, links: dict[str, str]) -> dict[str, str]:
    known = request.config_dict[ADDRESSES]
    return {name: url for name, url in links.items() if url in known or url.startswith("http")}


ADDRESSES = web.AppKey("addresses", frozenset)

ROOT = [
    web.get("/", landing),
    web.get("/static/{path:.+}", static),
    web.get("/healthz", public(health.healthz)),
    web.get("/readyz", public(health.readyz)),
    web.get("/metrics", public(health.metrics)),
]
H5 = [web.get("/", home), web.get("/privacy", privacy), web.post("/elder", elder)]
