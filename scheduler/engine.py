"""The adapter to APScheduler: it ticks inside the event loop and remembers nothing."""

import asyncio
import logging
from collections.abc import Awaitable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.jobs import Tools, deliver_due, plan_once, withdraw_now

LOG = logging.getLogger(__name__)

PLAN_EVERY_S = 60
WITHDRAW_EVERY_S = 300


class Engine:
    """Ticks the jobs of one process. What runs once is decided by rows, so any number of engines may tick."""

    def __init__(self, tools: Tools) -> None:
        """Prepare; nothing runs before `start`."""
        self._tools = tools
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Begin to tick; needs the running loop. A tick that is late is run once, and never beside itself."""
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = AsyncIOScheduler(job_defaults=defaults, timezone="UTC")
        scheduler.add_job(self._deliver, "interval", seconds=self._tools.settings.tick_seconds)
        scheduler.add_job(self._plan, "interval", seconds=PLAN_EVERY_S)
        scheduler.add_job(self._plan)
        scheduler.add_job(self._withdraw, "interval", seconds=WITHDRAW_EVERY_S)
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """Tick no more. What is under way is settled by whoever awaits it, or by its lease."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def _deliver(self) -> None:
        await _safely(deliver_due(self._tools))

    async def _plan(self) -> None:
        await _safely(asyncio.to_thread(plan_once, self._tools))

    async def _withdraw(self) -> None:
        await _safely(asyncio.to_thread(withdraw_now, self._tools))


async def _safely(job: Awaitable[object]) -> None:
    """Run a tick; a failure is logged and the next tick tries again."""
    try:
        await job
    except Exception:
        LOG.exception("tick failed")
