"""The phone page: a page, its style and its script, all our own files."""

from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from emulator.world import WORLD

FOLDER = Path(__file__).with_name("phone")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-src http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGES = Environment(loader=FileSystemLoader(FOLDER), autoescape=select_autoescape())


async def page(request: web.Request) -> web.Response:
    """GET /: the phone in a browser."""
    world = request.app[WORLD]
    text = _PAGES.get_template("phone.html").render(account=world.app.name)
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(text=text, content_type="text/html", headers=headers)


def mount(site: web.Application) -> None:
    """Add the page and its files."""
    site.router.add_get("/", page)
    site.router.add_static("/phone/files/", FOLDER)
