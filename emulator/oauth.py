"""Codes and page tokens of OAuth2: a code is good once and for five minutes."""

from collections.abc import Callable
from dataclasses import dataclass

from emulator.chance import Chance
from emulator.errors import ApiError
from emulator.settings import Limits


@dataclass(slots=True)
class Grant:
    """A code that was given to a page for one follower."""

    openid: str
    scope: str
    expires_at: float
    used: bool = False


class Grants:
    """Gives out codes and takes them back once."""

    def __init__(self, limits: Limits, now: Callable[[], float], chance: Chance) -> None:
        self._limits, self._now, self._chance = limits, now, chance
        self._by_code: dict[str, Grant] = {}

    def give(self, openid: str, scope: str) -> str:
        """Return a fresh code for the follower who looks."""
        code = self._chance.text(32)
        self._by_code[code] = Grant(openid, scope, self._now() + self._limits.code_life_s)
        return code

    def take(self, code: str) -> Grant:
        """Use a code up. Raises: ApiError 41008 missing, 40163 used before, 40029 unknown or expired."""
        if not code:
            raise ApiError(41008)
        grant = self._by_code.get(code)
        if grant is None:
            raise ApiError(40029)
        if grant.used:
            raise ApiError(40163)
        if self._now() >= grant.expires_at:
            raise ApiError(40029)
        grant.used = True
        return grant
