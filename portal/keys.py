"""Typed keys under which every door finds what was started with the service."""

from dataclasses import dataclass

from aiohttp import web

from core.clock import Clock
from core.database import Database
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
