"""What happens by itself: planning once per slot, delivering until nothing is due."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from core.clock import Clock
from core.database import Database
from core.work import SYSTEM, Work
from scheduler import queries
from scheduler.errors import StaleLease, StaleRun
from scheduler.ports import Channel, Outcome, Planner, Refused, Unknown
from scheduler.rules import OutboxStatus, daily_slot, is_quiet
from scheduler.services import delivery, reminders, runs
from scheduler.services.delivery import Parcel, Terms
from scheduler.settings import SchedulerSettings

LOG = logging.getLogger(__name__)

PLAN = "plan"
RUN_LEASE = timedelta(minutes=5)
POLL = timedelta(seconds=1)
PATIENCE = timedelta(seconds=90)
IDLE_ROUNDS = 3  # due and yet not handed out, several times over: the day's budget is used up

Noted = Callable[[str], None]


def _nothing(_outcome: str) -> None:
    """Note nothing."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs work with; wired in server.py. `note` is told every outcome, for the figures."""

    database: Database
    clock: Clock
    settings: SchedulerSettings
    planners: Sequence[Planner] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    note: Noted = _nothing

    def terms(self, *, reminders: bool = True) -> Terms:
        """Return the terms on which this process claims messages."""
        return Terms(
            batch=self.settings.batch,
            lease=timedelta(seconds=self.settings.lease_seconds),
            max_attempts=self.settings.max_attempts,
            reminders_per_day=self.settings.daily_budget,
            reminders=reminders,
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """What a planning did: new ledger lines, messages posted, lines withdrawn."""

    filled: int
    posted: int
    withdrawn: int


def plan_now(tools: Tools, *, guard: Callable[[Work], None] | None = None) -> Planned:
    """Plan what falls due: withdraw what is over, fill the ledger, post its messages in chunks.

    Any number at once. `guard` is called first in every unit of work and may refuse it.
    """
    withdrawn = filled = posted = 0
    for planner in tools.planners:
        work = partial(_guarded, tools.database, guard)
        withdrawn += work(partial(reminders.withdraw_over, planner=planner))
        filled += work(partial(_fill, planner=planner, stages=tools.settings.stages))
        withdrawn += work(reminders.withdraw_superseded)
        while chunk := work(partial(reminders.post, planner=planner)):
            posted += chunk
    return Planned(filled, posted, withdrawn)


def plan_once(tools: Tools) -> Planned | None:
    """Plan for the slot that has begun, unless that was done or is being done elsewhere."""
    slot = daily_slot(tools.clock.now(), at=tools.settings.plan_at).isoformat()
    database = tools.database
    run = database.work_now(SYSTEM, runs.begin, job=PLAN, slot=slot, lease=RUN_LEASE)
    if run is None:
        return None
    try:
        planned = plan_now(tools, guard=partial(runs.hold, run=run, lease=RUN_LEASE))
        result = {"filled": planned.filled, "posted": planned.posted, "withdrawn": planned.withdrawn}
        database.work_now(SYSTEM, runs.finish, run=run, result=result)
    except StaleRun as error:
        LOG.warning("planning was taken over", extra={"facts": error.facts})
        return None
    LOG.info("planned", extra={"slot": slot, **result})
    return planned


def withdraw_now(tools: Tools) -> int:
    """Withdraw pending reminders of what was seen to meanwhile."""
    return sum(
        tools.database.work_now(SYSTEM, reminders.withdraw_over, planner=planner)
        for planner in tools.planners
    )


async def deliver_due(tools: Tools) -> Counter[str]:
    """Deliver what is due, notices at any hour and reminders outside the quiet hours; the periodic tick."""
    settings = tools.settings
    quiet = is_quiet(tools.clock.now(), quiet_from=settings.quiet_from, quiet_until=settings.quiet_until)
    return await _deliver(tools, tools.terms(reminders=not quiet))


async def deliver_all(tools: Tools) -> Counter[str]:
    """Deliver what is due until nothing is left to try, quiet hours aside; waits for short back-offs and leases.

    A message that has to wait longer than a minute and a half after the last outcome stays for a later run.
    """
    outcomes: Counter[str] = Counter()
    await asyncio.to_thread(withdraw_now, tools)
    last, idle = tools.clock.now(), 0
    while idle < IDLE_ROUNDS:
        began = tools.clock.now()
        found = await _deliver(tools, tools.terms())
        outcomes += found
        last = tools.clock.now() if found else last
        upcoming = await tools.database.read(queries.next_try)
        if upcoming is None or max(upcoming, tools.clock.now()) > last + PATIENCE:
            break
        idle = idle + 1 if not found and upcoming <= began else 0
        pause = min(max(upcoming - tools.clock.now(), timedelta()), POLL)
        await asyncio.sleep(pause.total_seconds())
    return outcomes


async def _deliver(tools: Tools, terms: Terms) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    while await tools.database.read(queries.backlog):
        parcels = await tools.database.work(SYSTEM, delivery.claim, terms=terms)
        if not parcels:
            break
        gate = asyncio.Semaphore(tools.settings.concurrency)
        statuses = await asyncio.gather(*(_carry(tools, terms, parcel, gate) for parcel in parcels))
        outcomes.update(statuses)
    return outcomes


async def _carry(tools: Tools, terms: Terms, parcel: Parcel, gate: asyncio.Semaphore) -> str:
    async with gate:
        if tools.clock.now() >= parcel.lease_until - terms.lease / 2:
            outcome: Outcome | None = None
        else:
            outcome = await _send(tools, parcel)
        with suppress(StaleLease):
            if outcome is None:
                await tools.database.work(SYSTEM, delivery.release, parcel=parcel)
                return "released"
            status = await tools.database.work(
                SYSTEM, delivery.settle, parcel=parcel, outcome=outcome, terms=terms
            )
            _log(parcel, outcome, status)
            tools.note(status.value)
            return status.value
        return "stale"


async def _send(tools: Tools, parcel: Parcel) -> Outcome:
    channel = tools.channels.get(parcel.channel)
    if channel is None:
        return Refused("no_channel", parcel.channel, permanent=True)
    try:
        return await channel.send(parcel.recipient, parcel.message, key=parcel.key)
    except Exception as error:  # a channel's bug must not leave the outcome of the others unsettled
        LOG.exception("channel failed", extra={"message_id": parcel.id})
        return Unknown(type(error).__name__)


def _log(parcel: Parcel, outcome: Outcome, status: OutboxStatus) -> None:
    facts: dict[str, object] = {"message_id": parcel.id, "status": status.value}
    match outcome:
        case Refused(code, reason):
            LOG.warning("message refused", extra=facts | {"code": code, "reason": reason})
        case Unknown(reason):
            LOG.warning("message uncertain", extra=facts | {"reason": reason})
        case _:
            LOG.info("message sent", extra=facts)


def _fill(work: Work, *, planner: Planner, stages: tuple[int, ...]) -> int:
    return reminders.fill(work, planner.due(work, stages=stages))


def _guarded(database: Database, guard: Callable[[Work], None] | None, service: Callable[[Work], int]) -> int:
    def unit(work: Work) -> int:
        if guard is not None:
            guard(work)
        return service(work)

    return database.work_now(SYSTEM, unit)
