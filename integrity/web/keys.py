"""What the register's handlers find in the application."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from integrity.services.search import MerchantIndex
from integrity.settings import IntegritySettings


@dataclass(frozen=True, slots=True)
class Names:
    """Gives the index of names as it is now; it is replaced as a whole when the register changes."""

    current: Callable[[], MerchantIndex]


NAMES = web.AppKey("names", Names)
SETTINGS = web.AppKey("integrity_settings", IntegritySettings)


def names(request: web.Request) -> MerchantIndex:
    """Return the index of names as it is now."""
    return request.config_dict[NAMES].current()


def settings(request: web.Request) -> IntegritySettings:
    """Return the register's settings."""
    return request.config_dict.get(SETTINGS) or IntegritySettings()
