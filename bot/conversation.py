"""One message in, one reply out: seen before? the same answer; else where the conversation stands decides."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from bot import memory, seen
from bot.bursts import Burst, Bursts, one_answer
from bot.dialogs import events, feedback, intake, plain
from bot.dialogs.ready import Ready
from bot.memory import Memory, Standing
from bot.messages import Inbound, InboundKind, Reply
from bot.scene import Scene
from bot.turns import Topic, Turn
from core.clock import Clock
from core.database import Database, alone
from core.errors import AppError
from core.work import Actor, ActorKind, Work

LOG = logging.getLogger(__name__)

REMEMBERED = 4096
KNOWN_IDLE = 20_000


def _unnoted(_kind: str) -> None:
    """Note nothing."""


class Conversations:
    """Every conversation of this process.

    A plain question is answered from memory, most at once; a turn with an effect runs alone per person in one unit of work that also
    keeps its reply, so that a repeated message gets the same answer and happens once.
    """

    def __init__(
        self,
        database: Database,
        *,
        scene: Callable[[], Scene],
        remembered: Memory,
        clock: Clock,
        noted: Callable[[str], None] = _unnoted,
        sole: bool = False,
        burst_gap_s: float = 0,
    ) -> None:
        """Take what every turn consults; `scene` gives the indexes as published now, `noted` is told each kind.

        With `sole`, no other process takes messages: who is known to fill in nothing is not looked up again until
        a turn of theirs has had an effect. Texts of a report with less than `burst_gap_s` between them are one turn.
        """
        self._database = database
        self._scene = scene
        self._memory = remembered
        self._clock = clock
        self._noted = noted
        self._sole = sole
        self._bursts = Bursts(burst_gap_s)
        self._idle: OrderedDict[str, None] = OrderedDict()
        self._effects = 0
        self._ready = Ready()
        self._turns: OrderedDict[str, Reply | asyncio.Task[Reply | None]] = OrderedDict()

    def at_once(self, inbound: Inbound) -> Reply | None:
        """Return the reply to a plain question that memory answers; None where `converse` has to find it."""
        if inbound.key in self._turns:
            known = self._turns[inbound.key]
            return known if isinstance(known, Reply) else None
        left = self._memory.topic(inbound.openid)
        if inbound.kind is not InboundKind.TEXT or left is None or inbound.openid not in self._idle:
            return None
        scene = self._scene()
        standing = Standing(filling=False, topic=memory.fresh(left, now=scene.now))
        said = plain.spoken(inbound.text, standing.topic, scene)
        if _has_effect(inbound, said, standing, scene):
            return None
        turn = self._ready.turn(said, scene=scene, topic=standing.topic)
        if turn is None:
            return None
        self._keep(inbound.key, turn.reply)
        return self._told(inbound, said, turn, before=standing.topic)

    async def converse(self, inbound: Inbound) -> Reply | None:
        """Return the reply, or None where nothing is to be said (a receipt, an unknown event).

        A retry that overlaps its original joins it.
        """
        known = self._turns.get(inbound.key)
        if isinstance(known, Reply):
            return known
        if known is None or (known.done() and (known.cancelled() or known.exception() is not None)):
            known = asyncio.create_task(self._turn(inbound))
            self._keep(inbound.key, known)
        return await asyncio.shield(known)

    def _keep(self, key: str, answer: Reply | asyncio.Task[Reply | None]) -> None:
        self._turns[key] = answer
        if len(self._turns) > REMEMBERED:
            self._turns.popitem(last=False)

    def _told(self, inbound: Inbound, said: str, turn: Turn, *, before: Topic) -> Reply:
        self._memory.note(inbound.openid, said, turn, before=before, now=self._clock.now())
        self._noted(turn.kind.value)
        return turn.reply

    async def _turn(self, inbound: Inbound) -> Reply | None:
        if inbound.kind is InboundKind.EVENT and not events.has_effect(inbound):
            return events.plain_reply(inbound, scene=self._scene())
        if inbound.kind is InboundKind.TEXT:
            arrival = self._bursts.arrival()
            if (burst := await self._bursts.joined(arrival, inbound)) is not None:
                return await self._followed(burst, inbound)
            if plain.wants_report(inbound.text):
                return await self._together(arrival, inbound)
            effects = self._effects
            standing = await self._standing(inbound.openid)
            scene = self._scene()
            said = plain.spoken(inbound.text, standing.topic, scene)
            if (burst := await self._bursts.joined(arrival, inbound)) is not None:
                return await self._followed(burst, inbound)
            if not _has_effect(inbound, said, standing, scene):
                turn = self._ready.turn(said, scene=scene, topic=standing.topic) or await plain.answer(
                    self._database, scene, said, openid=inbound.openid, topic=standing.topic
                )
                if self._sole and effects == self._effects:
                    self._note_idle(inbound.openid)
                return self._told(inbound, said, turn, before=standing.topic)
            return await self._together(arrival, inbound)
        return await self._alone([inbound])

    async def _together(self, arrival: int, inbound: Inbound) -> Reply | None:
        """Take a text of a report with what its author adds at once; where they fail together, each is taken by itself."""
        self._idle.pop(inbound.openid, None)
        burst = await self._bursts.gathered(arrival, inbound)
        try:
            reply = await self._alone(burst.messages)
            burst.kept = True
        except AppError:
            if len(burst.arrived) == 1:
                raise
            reply = await self._alone([inbound])
        finally:
            self._bursts.end(inbound.openid, burst)
        return reply

    async def _followed(self, burst: Burst, inbound: Inbound) -> Reply | None:
        """Acknowledge a message of a burst once it is kept: the first of them has the answer."""
        await burst.ended.wait()
        return None if burst.kept else await self._alone([inbound])

    async def _alone(self, messages: list[Inbound]) -> Reply | None:
        """Take messages of one person in one unit of work, alone among that person's turns."""
        openid = messages[0].openid
        self._idle.pop(openid, None)
        async with self._database.queue(openid):
            topic = self._memory.topic(openid)
            try:
                reply, topic = await self._database.work(
                    Actor(ActorKind.CITIZEN, id=openid),
                    _effects,
                    messages=messages,
                    scene=self._scene(),
                    topic=topic,
                )
            finally:
                self._effects += 1
                self._idle.pop(openid, None)
        if topic is not None:
            self._memory.keep(openid, topic)
        return reply

    async def _standing(self, openid: str) -> Standing:
        known = self._memory.topic(openid)
        if known is not None and openid in self._idle:
            return Standing(filling=False, topic=memory.fresh(known, now=self._clock.now()))
        found = await self._database.read(memory.standing, openid=openid)
        topic = memory.fresh(memory.later(known, found.topic), now=self._clock.now())
        return Standing(filling=found.filling, topic=topic)

    def _note_idle(self, openid: str) -> None:
        self._idle[openid] = None
        if len(self._idle) > KNOWN_IDLE:
            self._idle.popitem(last=False)


def _has_effect(inbound: Inbound, said: str, standing: Standing, scene: Scene) -> bool:
    """Tell whether a message changes more than what is remembered of it; such a turn runs alone per person."""
    return intake.concerns(said, standing) or feedback.concerns(inbound, standing, scene)


def _effects(
    work: Work, *, messages: list[Inbound], scene: Scene, topic: Topic | None
) -> tuple[Reply | None, Topic | None]:
    """Take messages one after the other and answer them once; each of them keeps that answer."""
    alone(work, f"conversation:{messages[0].openid}")
    new = [one for one in messages if seen.reply(work, key=one.key) is None]
    if not new:
        return seen.reply(work, key=messages[-1].key), None
    replies: list[tuple[Reply, bool]] = []
    left: Topic | None = None
    for inbound in new:
        reply, went_on = _effect(work, inbound=inbound, scene=scene, topic=left or topic)
        left = went_on if went_on is not None else left
        replies += [(reply, went_on is not None)] if reply is not None else []
    answer = one_answer(replies) if replies else None
    if answer is not None:
        for inbound in new:
            seen.remember(work, key=inbound.key, reply=answer)
    return answer, left


def _effect(
    work: Work, *, inbound: Inbound, scene: Scene, topic: Topic | None
) -> tuple[Reply | None, Topic | None]:
    standing = memory.standing(work, openid=inbound.openid)
    topic = memory.fresh(memory.later(topic, standing.topic), now=work.now)
    standing = Standing(filling=standing.filling, topic=topic)
    if (inbound.event, inbound.event_key) == events.REPORT:
        inbound = replace(inbound, kind=InboundKind.TEXT, text="我要投诉")
    if inbound.kind is InboundKind.EVENT:
        reply, left = events.handle(work, inbound, scene=scene), None
    elif feedback.concerns(inbound, standing, scene):
        reply, left = feedback.turn(work, inbound, topic=standing.topic)
    else:
        reply, left = intake.turn(work, inbound, scene=scene, standing=standing)
    return reply, None if left is None else replace(left, at=work.now)
