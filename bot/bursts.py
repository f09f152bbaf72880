"""虾 / 3斤 / 只有2斤4 within two seconds: one turn, one answer, nothing acknowledged before it is kept."""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from time import monotonic

from bot.messages import Chip, Inbound, Link, Reply

LONGEST_S = 2.5
MOST = 20


@dataclass
class Burst:
    """The messages of one person that share a turn, by their arrival; `kept` once the turn is committed."""

    arrived: dict[int, Inbound]
    closed: bool = False
    kept: bool = False
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def messages(self) -> list[Inbound]:
        """What was gathered, in the order of arrival."""
        return [inbound for _, inbound in sorted(self.arrived.items(), key=lambda pair: pair[0])]


class Bursts:
    """Gathers what each person of this process sends with less than `gap_s` between two messages; 0 gathers nothing."""

    def __init__(self, gap_s: float) -> None:
        """Take the longest pause inside a burst; the whole of it lasts two seconds and a half at most."""
        self._gap_s = gap_s
        self._arrivals = count()
        self._running: dict[str, Burst] = {}

    def arrival(self) -> int:
        """Return a message's place in the order of arrival."""
        return next(self._arrivals)

    async def joined(self, arrival: int, inbound: Inbound) -> Burst | None:
        """Let a message join what its author is sending; wait for a turn that takes nothing more, and return None."""
        burst = self._running.get(inbound.openid)
        if burst is None:
            return None
        if burst.closed or len(burst.arrived) >= MOST:
            await burst.ended.wait()
            return None
        burst.arrived[arrival] = inbound
        return burst

    async def gathered(self, arrival: int, inbound: Inbound) -> Burst:
        """Open a burst with its first message and return it when nothing more comes; `end` has to follow."""
        burst = Burst({arrival: inbound})
        self._running[inbound.openid] = burst
        end, seen = monotonic() + LONGEST_S, 0
        while self._gap_s and seen < len(burst.arrived) and monotonic() < end:
            seen = len(burst.arrived)
            await asyncio.sleep(self._gap_s)
        burst.closed = True
        return burst

    def end(self, openid: str, burst: Burst) -> None:
        """Let those who joined, and those who came too late, go on."""
        if self._running.get(openid) is burst:
            del self._running[openid]
        burst.ended.set()


def one_answer(replies: list[tuple[Reply, bool]]) -> Reply:
    """Make one answer of a burst's replies: what each acknowledged, then the last one's question.

    The second of each pair tells whether the open question went on to another; its question is then left out.
    """
    *earlier, (last, _) = replies
    heads: list[str] = []
    links: list[Link] = []
    for reply, went_on in earlier:
        head = reply.text.rpartition("\n\n")[0] if went_on else reply.text
        heads += [head] if head and head not in heads else []
        links += [link for link in reply.links if link not in links]
    chips: tuple[Chip, ...] = last.chips
    text = "\n".join([*heads, last.text])
    return Reply(text, chips=chips, links=(*links, *(link for link in last.links if link not in links)))
