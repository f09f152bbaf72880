"""Typed keys under which every door finds what was started with the service."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from aiohttp import web

from core.clock import Clock
from core.database import Database
from core.files import FileStore
from core.ids import Ids
from portal.render import Pages


@dataclass(frozen=True, slots=True)
class Site:
    """What pages need to know about the place they stand in; `demo` shows the demonstration's hints."""

    name: str
    region: str
    owner: str
    hotline: str
    privacy_contact: str
    public_url: str
    phone_url: str
    demo: bool


DATABASE = web.AppKey("database", Database)
CLOCK = web.AppKey("clock", Clock)
IDS = web.AppKey("ids", Ids)
PAGES = web.AppKey("pages", Pages)
SITE = web.AppKey("site", Site)


def database(request: web.Request) -> Database:
    """Return the service's database."""
    return request.config_dict[DATABASE]


COMPUTE = web.AppKey("compute", ThreadPoolExecutor)
FILES = web.AppKey("files", FileStore)

Params = ParamSpec("Params")
Result = TypeVar("Result")


async def compute(
    request: web.Request, function: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
) -> Result:
    """Run what takes more than a few milliseconds of CPU (argon2, photographs) away from the event loop."""
    call = partial(function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(request.config_dict[COMPUTE], call)
