"""kill -9 of a real process between the carrier's taking a message and our noting it."""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scheduler.jobs import Tools, deliver_due
from tests.fakes import HandClock
from tests.scheduler.fakes import Carrier
from tests.scheduler.test_delivery import post, statuses

ROOT = Path(__file__).parents[2]


async def test_the_next_sender_repeats_it_under_the_same_key_and_sends_the_rest(
    work: Callable[..., Any],
    read: Callable[..., Any],
    tools: Tools,
    carrier: Carrier,
    clock: HandClock,
    database_url: str,
    tmp_path: Path,
) -> None:
    for key in "abc":
        post(work, key)
    taken = tmp_path / "taken"
    sender = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.scheduler.sender", database_url, str(taken), cwd=ROOT
    )
    assert await asyncio.wait_for(sender.wait(), 60) == -signal.SIGKILL
    assert statuses(read) == ["sending"] * 3
    carrier.take(taken.read_text())
    await deliver_due(tools)
    assert carrier.calls == []
    clock.advance(seconds=61)
    await deliver_due(tools)
    assert statuses(read) == ["sent"] * 3
    assert len(carrier.calls) == len(carrier.taken) == 3
