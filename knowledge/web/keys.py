"""What the room's handlers find in the application."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from knowledge.jobs import Drafts, Press
from knowledge.rules.library import Library
from knowledge.rules.questions import Asked
from knowledge.services.known import Known
from knowledge.services.provisions import Provisions


@dataclass(frozen=True, slots=True)
class Published:
    """Gives what is published now; it is replaced as a whole with each publication."""

    current: Callable[[], Known]


@dataclass(frozen=True, slots=True)
class Texts:
    """Gives the statutes as they were last read: to quote from, and to search where no answer of ours fits."""

    library: Callable[[], Library]
    provisions: Callable[[], Provisions | None]


@dataclass(frozen=True, slots=True)
class Noted:
    """Takes what was asked on a page, for the statistics; it is written in batches with what was asked in chat."""

    keep: Callable[[Asked], None]


PUBLISHED = web.AppKey("published", Published)
TEXTS = web.AppKey("texts", Texts)
NOTED = web.AppKey("noted", Noted)
PRESS = web.AppKey("press", Press)
DRAFTS = web.AppKey("drafts", Drafts)
REHEARSING = web.AppKey("rehearsing", set[asyncio.Task[None]])


def known(request: web.Request) -> Known:
    """Return what is published now."""
    return request.config_dict[PUBLISHED].current()


def library(request: web.Request) -> Library:
    """Return the statutes one may quote, with the laws one may cite."""
    return request.config_dict[TEXTS].library()


def press(request: web.Request) -> Press:
    """Return what publications are rehearsed and made with."""
    return request.config_dict[PRESS]


async def drafted(request: web.Request) -> Known:
    """Return what would be published if every version under way were."""
    return await request.config_dict[DRAFTS].known(press(request), known(request).content)
