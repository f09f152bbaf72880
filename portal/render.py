"""Server-rendered pages: one Jinja environment over every room's templates, with hashed static files."""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from portal import filters

STATIC = Path(__file__).parent / "static"


class Pages:
    """Renders templates named `<room>/<page>.html`.

    `folders` are the rooms' `templates/` folders; `shared` are values every page sees (the site).
    """

    def __init__(self, folders: list[Path], shared: Mapping[str, object]) -> None:
        """Prepare the environment; a name no template defines is an error, not an empty string."""
        self._environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(filters.ALL)
        self._environment.globals.update(shared)
        self._environment.globals["static"] = static_url

    def markup(self, template: str, context: Mapping[str, object]) -> Markup:
        """Return `template` filled with `context`."""
        return Markup(self._environment.get_template(template).render(context))  # noqa: S704 (autoescaped)


@lru_cache(maxsize=256)
def static_url(path: str) -> str:
    """Return the address of a file under portal/static with a hash of its content, so that it may be cached forever."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


Context = Callable[[web.Request], Mapping[str, object]]


def page(body: Markup, *, status: int = 200) -> web.Response:
    """Return a rendered page as a response that no cache keeps."""
    return web.Response(
        text=str(body), status=status, content_type="text/html", headers={"Cache-Control": "no-store"}
    )
