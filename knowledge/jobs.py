"""What takes long or happens by itself: publications are measured, questions grouped, ending laws noticed."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from core.clock import Clock, local_date
from core.database import Database
from core.text_words import Segmenter
from core.work import SYSTEM, Actor
from knowledge.queries import publications
from knowledge.rules.entries import Content
from knowledge.services import gate, grouping, publishing
from knowledge.services.index import KnowledgeIndex
from knowledge.services.known import Known, of_edition


@dataclass(frozen=True, slots=True)
class Press:
    """What publications are measured and made with; wired by the composition root."""

    database: Database
    clock: Clock
    compute: Executor
    segmenter: Segmenter


class Drafts:
    """What would be published if every version under way were, made ready once and kept until one of them changes."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._held: Known | None = None

    async def known(self, press: Press, content: Content) -> Known:
        """Return it, built on a compute thread where it has changed; laws and topics are those of `content`."""
        edition = await press.database.read(publications.drafted)
        held = self._held
        if held is None or (held.number, held.versions) != (edition.number, edition.versions):
            build = partial(of_edition, edition, content, press.segmenter)
            held = self._held = await asyncio.get_running_loop().run_in_executor(press.compute, build)
        return held


async def rehearse(press: Press, actor: Actor, *, version_ids: Sequence[int] = (), restores: int = 0) -> int:
    """Measure what publishing approved versions (or going back to publication `restores`) would change.

    Reads, computes for seconds on a compute thread, and keeps the result; returns the id of the rehearsal.

    Raises:
        NothingToPublish, PublicationChanged, PublicationNotFound, VersionNotFound: as for `publishing.plan`.
    """
    planned = await press.database.read_as(actor, publishing.plan, version_ids=version_ids, restores=restores)
    measured = partial(
        gate.compare,
        planned.old,
        planned.new,
        planned.questions,
        segmenter=press.segmenter,
        on=local_date(press.clock.now()),
    )
    report = await asyncio.get_running_loop().run_in_executor(press.compute, measured)
    kept = await press.database.work(actor, publishing.keep_rehearsal, planned=planned, report=report)
    return kept.id


async def publish(press: Press, actor: Actor, *, rehearsal_id: int, note: str) -> int:
    """Publish what was rehearsed and return the number.

    Raises:
        RehearsalFailed, PublicationChanged: as for `publishing.publish`.
    """
    made = await press.database.work(actor, publishing.publish, rehearsal_id=rehearsal_id, note=note)
    return made.number


async def group_questions(press: Press, index: KnowledgeIndex) -> int:
    """Put what was not answered well since last time into groups, batch by batch; return how many were placed.

    Any number of processes at once: what one has placed, the others leave alone.
    """
    total = 0
    while True:
        batch = await press.database.read(grouping.pending)
        if not batch.bunches and not batch.settled:
            return total
        located = partial(grouping.located, batch, index, on=local_date(press.clock.now()))
        found = await asyncio.get_running_loop().run_in_executor(press.compute, located)
        total += await press.database.work(SYSTEM, grouping.gather, batch=batch, found=found)
