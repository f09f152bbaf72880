"""What the console's home tells whoever opens it must be seen to; rooms fill it in, the home asks no room by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiohttp import web

from core.work import Reading
from portal.keys import database
from portal.people import PERSON


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence, what follows from it, and where to see to it."""

    text: str
    url: str
    action: str
    advice: str = ""
    tone: str = "warn"


@dataclass(frozen=True, slots=True)
class Source:
    """A query for notices, asked for those who hold `permission`; without one, for everybody."""

    find: Callable[[Reading], Sequence[Notice]]
    permission: str = ""


SOURCES = web.AppKey("notice_sources", tuple)


async def notices(request: web.Request) -> list[Notice]:
    """Return what the person in front of the page should know, in the order of the sources."""
    held = request[PERSON].permissions
    sources = [one for one in request.config_dict[SOURCES] if not one.permission or one.permission in held]
    return await database(request).read(_found, sources=sources)


def _found(reading: Reading, *, sources: Sequence[Source]) -> list[Notice]:
    return [notice for source in sources for notice in source.find(reading)]
