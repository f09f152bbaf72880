"""What the editors' screens share: their tabs, and the permission to look."""

from dataclasses import dataclass

from aiohttp import web

from portal.pages import respond


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the editors' screens."""

    url: str
    name: str


TABS = (Tab("/console/knowledge/bench", "试问"),)


def screen(request: web.Request, template: str, /, *, status: int = 200, **context: object) -> web.Response:
    """Render one of the editors' screens with the tabs above it."""
    here = max((tab.url for tab in TABS if request.path.startswith(tab.url)), key=len, default="")
    return respond(request, template, status=status, tabs=TABS, here=here, **context)
