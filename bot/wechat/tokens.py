"""One access token for all processes: a sealed row, renewed before it ends by whoever comes first."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.models import PlatformToken
from core.clock import Clock
from core.database import Database, alone
from core.work import SYSTEM, Reading, Work

PLACE = "platform_tokens.value"
NAME = "access_token"
EARLY = timedelta(seconds=300)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and when it should be renewed; `version` tells one from the next."""

    value: str
    version: int
    renew_at: datetime


class Fetch(Protocol):
    """Asks the platform for a token and the seconds it lives."""

    def __call__(self, *, force: bool) -> Awaitable[tuple[str, int]]:
        """Return (token, seconds)."""
        ...


class Tokens:
    """Hands out the shared token; one task of a process renews while the others wait."""

    def __init__(self, database: Database, *, clock: Clock, fetch: Fetch) -> None:
        """Take where the token is kept and how a new one is had."""
        self._database, self._clock, self._fetch = database, clock, fetch
        self._known: Token | None = None
        self._renewing = asyncio.Lock()

    async def current(self) -> Token:
        """Return a token that is good for five more minutes. Raises: what fetching raises."""
        if self._is_good(self._known):
            return self._known  # type: ignore[return-value]  # checked in the line above
        async with self._renewing:
            self._known = await self._database.read(_kept)
            if self._known is not None and self._is_good(self._known):
                return self._known
            return await self._renewed(force=False)

    async def replace(self, refused: Token) -> Token:
        """Return a token other than the one the platform refused, with force only where asking does not help.

        A forced renewal is rationed (20 a day, 30 s apart) and kills the token that others may be using.
        """
        async with self._renewing:
            self._known = await self._database.read(_kept)
            if self._known is not None and self._known.version > refused.version:
                return self._known
            found = await self._renewed(force=False)
            return found if found.value != refused.value else await self._renewed(force=True)

    async def _renewed(self, *, force: bool) -> Token:
        value, seconds = await self._fetch(force=force)
        renew_at = self._clock.now() + max(timedelta(seconds=seconds) - EARLY, timedelta(seconds=seconds) / 2)
        self._known = await self._database.work(SYSTEM, _keep, value=value, renew_at=renew_at)
        return self._known

    def _is_good(self, token: Token | None) -> bool:
        return token is not None and token.renew_at > self._clock.now()


def _kept(reading: Reading) -> Token | None:
    row = reading.session.get(PlatformToken, NAME)
    if row is None:
        return None
    return Token(reading.vault.unseal(row.value, place=PLACE), row.version, row.renew_at)


def _keep(work: Work, *, value: str, renew_at: datetime) -> Token:
    alone(work, "platform_token")
    row = work.session.get(PlatformToken, NAME)
    if row is None:
        row = PlatformToken(name=NAME, version=0)
        work.session.add(row)
    row.value = work.vault.seal(value, place=PLACE)
    row.version += 1
    row.renew_at = renew_at
    work.session.flush()
    return Token(value, row.version, renew_at)
