"""One message in, one reply out: seen before? the same answer; else where the conversation stands decides."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from bot import memory, seen
from bot.dialogs import events, intake, plain
from bot.memory import Memory, Standing
from bot.messages import Inbound, InboundKind, Reply
from bot.scene import Scene
from bot.turns import Topic
from core.clock import Clock
from core.database import Database, alone
from core.work import Actor, ActorKind, Work

LOG = logging.getLogger(__name__)

REMEMBERED = 4096


def _unnoted(_kind: str) -> None:
    """Note nothing."""


class Conversations:
    """Every conversation of this process.

    A plain question is answered from memory; a turn with an effect runs alone per person in one unit of work that also
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
    ) -> None:
        """Take what every turn consults; `scene` gives the indexes as published now, `noted` is told each kind.

        With `sole`, no other process takes messages: who is known to fill in nothing is not looked up again until
        a turn of theirs has had an effect.
        """
        self._database = database
        self._scene = scene
        self._memory = remembered
        self._clock = clock
        self._noted = noted
        self._sole = sole
        self._idle: OrderedDict[str, None] = OrderedDict()
        self._effects = 0
        self._turns: OrderedDict[str, asyncio.Task[Reply | None]] = OrderedDict()

    async def converse(self, inbound: Inbound) -> Reply | None:
        """Return the reply, or None where nothing is to be said (a receipt, an unknown event).

        A retry that overlaps its original joins it.
        """
        task = self._turns.get(inbound.key)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.create_task(self._turn(inbound))
            self._turns[inbound.key] = task
            if len(self._turns) > REMEMBERED:
                self._turns.popitem(last=False)
        return await asyncio.shield(task)

    async def _turn(self, inbound: Inbound) -> Reply | None:
        actor = Actor(ActorKind.CITIZEN, id=inbound.openid)
        if inbound.kind is InboundKind.EVENT and not events.has_effect(inbound):
            return events.plain_reply(inbound, scene=self._scene())
        if inbound.kind is InboundKind.TEXT:
            standing = await self._standing(inbound.openid)
            said = plain.spoken(inbound.text, standing.topic)
            if not intake.concerns(said, standing):
                turn = await plain.answer(
                    self._database, self._scene(), said, openid=inbound.openid, topic=standing.topic
                )
                self._memory.note(inbound.openid, said, turn, before=standing.topic, now=self._clock.now())
                self._noted(turn.kind.value)
                return turn.reply
        async with self._database.queue(inbound.openid):
            topic = self._memory.topic(inbound.openid)
            try:
                reply, topic = await self._database.work(
                    actor, _effect, inbound=inbound, scene=self._scene(), topic=topic
                )
            finally:
                self._effects += 1
                self._idle.pop(inbound.openid, None)
        if topic is not None:
            self._memory.keep(inbound.openid, topic)
        return reply

    async def _standing(self, openid: str) -> Standing:
        known = self._memory.topic(openid)
        if openid in self._idle:
            return Standing(filling=False, topic=memory.fresh(known, now=self._clock.now()))
        effects = self._effects
        found = await self._database.read(memory.standing, openid=openid)
        if self._sole and not found.filling and known is not None and effects == self._effects:
            self._idle[openid] = None
            if len(self._idle) > REMEMBERED:
                self._idle.popitem(last=False)
        if known is not None:
            return Standing(filling=found.filling, topic=memory.fresh(known, now=self._clock.now()))
        return found


def _effect(
    work: Work, *, inbound: Inbound, scene: Scene, topic: Topic | None
) -> tuple[Reply | None, Topic | None]:
    alone(work, f"conversation:{inbound.openid}")
    answered = seen.reply(work, key=inbound.key)
    if answered is not None:
        return answered, None
    standing = memory.standing(work, openid=inbound.openid)
    if topic is not None:
        standing = Standing(filling=standing.filling, topic=memory.fresh(topic, now=work.now))
    if (inbound.event, inbound.event_key) == events.REPORT:
        inbound = replace(inbound, kind=InboundKind.TEXT, text="我要投诉")
    if inbound.kind is InboundKind.EVENT:
        reply, left = events.handle(work, inbound, scene=scene), None
    else:
        reply, left = intake.turn(work, inbound, scene=scene, standing=standing)
    if reply is not None:
        seen.remember(work, key=inbound.key, reply=reply)
    return reply, left
