"""One message in, one reply out: seen before? the same answer; else where the conversation stands decides."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from bot import memory, seen
from bot.dialogs import events, feedback, intake, plain
from bot.dialogs.ready import Ready
from bot.memory import Memory, Standing
from bot.messages import Inbound, InboundKind, Reply
from bot.scene import Scene
from bot.turns import Topic, Turn
from core.clock import Clock
from core.database import Database, alone
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
        actor = Actor(ActorKind.CITIZEN, id=inbound.openid)
        if inbound.kind is InboundKind.EVENT and not events.has_effect(inbound):
            return events.plain_reply(inbound, scene=self._scene())
        if inbound.kind is InboundKind.TEXT:
            effects = self._effects
            standing = await self._standing(inbound.openid)
            scene = self._scene()
            said = plain.spoken(inbound.text, standing.topic, scene)
            if not _has_effect(inbound, said, standing, scene):
                turn = self._ready.turn(said, scene=scene, topic=standing.topic) or await plain.answer(
                    self._database, scene, said, openid=inbound.openid, topic=standing.topic
                )
                if self._sole and effects == self._effects:
                    self._note_idle(inbound.openid)
                return self._told(inbound, said, turn, before=standing.topic)
        self._idle.pop(inbound.openid, None)
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


def _effect(
    work: Work, *, inbound: Inbound, scene: Scene, topic: Topic | None
) -> tuple[Reply | None, Topic | None]:
    alone(work, f"conversation:{inbound.openid}")
    answered = seen.reply(work, key=inbound.key)
    if answered is not None:
        return answered, None
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
    if reply is not None:
        seen.remember(work, key=inbound.key, reply=reply)
    return reply, None if left is None else replace(left, at=work.now)
