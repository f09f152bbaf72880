"""Everything that happened, in order: what each follower sees in the dialog, and the traffic behind it."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

KEPT = 8000


class Side(StrEnum):
    """Who an entry comes from, as the dialog shows it."""

    MINE = "mine"
    THEIRS = "theirs"
    NOTICE = "notice"
    WIRE = "wire"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `data` holds `type` and what that type needs; wire entries are traffic, not dialog."""

    seq: int
    at: float
    side: Side
    openid: str
    data: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the control API and the phone page read it."""
        return {"seq": self.seq, "at": self.at, "side": self.side, "openid": self.openid, **self.data}


@dataclass(slots=True)
class Journal:
    """An ordered, bounded record that can be waited on; `life` tells one start of the platform from another."""

    now: Callable[[], float]
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=KEPT))
    closed: bool = False
    life: int = 0
    seq: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, side: Side, openid: str, **data: Any) -> Entry:
        """Record an entry and wake those who wait."""
        self.seq += 1
        entry = Entry(self.seq, round(self.now(), 3), side, openid, data)
        self.entries.append(entry)
        self.wake()
        return entry

    def wake(self) -> None:
        """Let everybody who waits look again."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    def close(self) -> None:
        """End all waiting, for the platform stops."""
        self.closed = True
        self.wake()

    def clear(self) -> None:
        """Forget everything but the count, so that numbers never come back."""
        self.entries.clear()
        self.wake()

    def since(self, after: int) -> list[Entry]:
        """Return entries behind a sequence number, oldest first."""
        return [entry for entry in self.entries if entry.seq > after]

    def dialog(self, openid: str, after: int = 0) -> list[Entry]:
        """Return what one follower sees behind a sequence number."""
        return [e for e in self.since(after) if e.openid == openid and e.side is not Side.WIRE]

    async def dialog_soon(self, openid: str, after: int, wait_s: float) -> list[Entry]:
        """Return what one follower sees behind a number, waiting up to `wait_s` seconds for the first of it."""
        try:
            async with asyncio.timeout(wait_s):
                while not (found := self.dialog(openid, after)) and not self.closed:
                    await self._news.wait()
        except TimeoutError:
            return []
        return found

    async def news(self, after: int, wait_s: float) -> list[Entry]:
        """Return all entries behind a number, waiting up to `wait_s` seconds for the first of them."""
        try:
            async with asyncio.timeout(wait_s):
                while not (found := self.since(after)) and not self.closed:
                    await self._news.wait()
        except TimeoutError:
            return []
        return found
