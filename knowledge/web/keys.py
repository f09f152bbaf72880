"""What the room's handlers find in the application."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from knowledge.jobs import Press
from knowledge.services.known import Known


@dataclass(frozen=True, slots=True)
class Published:
    """Gives what is published now; it is replaced as a whole with each publication."""

    current: Callable[[], Known]


PUBLISHED = web.AppKey("published", Published)
PRESS = web.AppKey("press", Press)
REHEARSING = web.AppKey("rehearsing", set[asyncio.Task[None]])


def known(request: web.Request) -> Known:
    """Return what is published now."""
    return request.config_dict[PUBLISHED].current()


def press(request: web.Request) -> Press:
    """Return what publications are rehearsed and made with."""
    return request.config_dict[PRESS]
