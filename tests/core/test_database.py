"""Units of work: all or nothing, one moment, one writer at a time, the same on both databases."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from accounts.models import Citizen, Office, Region
from core.database import Database, alone
from core.work import SYSTEM, Actor, ActorKind, Reading, Work
from tests.fakes import HandClock

ROOT = Path(__file__).parents[2]
TIMES = 40


def add_region(work: Work, *, code: str = "370102") -> str:
    work.session.add(Region(code=code, name="历下区", level="county", parent=None))
    return code


def count_regions(reading: Reading) -> int:
    return reading.session.scalar(select(func.count()).select_from(Region)) or 0


def test_what_a_service_did_is_committed(work: Callable[..., Any], read: Callable[..., Any]) -> None:
    assert work(add_region, code="370103") == "370103"
    assert read(count_regions) == 1


def test_an_error_undoes_everything_the_service_did(
    work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    def half_done(unit: Work) -> None:
        add_region(unit)
        unit.session.flush()
        raise LookupError("afterwards")

    with pytest.raises(LookupError):
        work(half_done)
    assert read(count_regions) == 0


def test_a_reading_leaves_nothing_behind(work: Callable[..., Any], read: Callable[..., Any]) -> None:
    def sneaky(reading: Reading) -> None:
        reading.session.add(Region(code="370102", name="历下区", level="county", parent=None))
        reading.session.flush()

    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        read(sneaky)
    assert read(count_regions) == 0
    work(add_region)
    assert read(count_regions) == 1


def test_a_service_sees_one_moment_and_its_actor(work: Callable[..., Any], clock: HandClock) -> None:
    handler = Actor(ActorKind.STAFF, id="7", name="李晓明", region="370102")

    def looked(unit: Work) -> tuple[datetime, Actor]:
        clock.advance(seconds=5)
        return unit.now, unit.actor

    begun = clock.now()
    assert work(looked, actor=handler) == (begun, handler)


def test_a_row_that_points_nowhere_is_refused(work: Callable[..., Any]) -> None:
    def orphan(unit: Work) -> None:
        unit.session.add(Office(region_code="999999", name="某局", phone="12315", hours="", address=""))

    with pytest.raises(IntegrityError):
        work(orphan)


def test_a_moment_without_a_zone_is_refused(work: Callable[..., Any]) -> None:
    naive = datetime(2026, 11, 23, 10, 0)
    with pytest.raises(StatementError, match="without a zone"):
        work(lambda unit: unit.session.add(Citizen(openid="o1", followed=True, first_seen_at=naive)))


def test_a_moment_comes_back_in_utc(work: Callable[..., Any], read: Callable[..., Any]) -> None:
    shanghai = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    work(lambda unit: unit.session.add(Citizen(openid="o1", followed=True, first_seen_at=shanghai)))
    found = read(lambda reading: reading.session.scalars(select(Citizen.first_seen_at)).one())
    assert found == shanghai
    assert found.tzinfo is UTC
    assert found.hour == 2


def test_moments_are_compared_as_moments_whatever_their_zone(
    work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    shanghai = timezone(timedelta(hours=8))
    seen = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    work(lambda unit: unit.session.add(Citizen(openid="o1", followed=True, first_seen_at=seen)))
    later = datetime(2026, 11, 23, 9, 30, tzinfo=shanghai)
    before = select(Citizen.openid).where(Citizen.first_seen_at < later)
    assert read(lambda reading: reading.session.scalars(before).all()) == ["o1"]


async def test_a_caller_that_goes_away_does_not_undo_what_has_begun(database: Database) -> None:
    inside, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def slow(unit: Work) -> None:
        inside.set()
        go_on.wait(10)
        add_region(unit)
        event.listen(unit.session, "after_commit", lambda _: done.set())

    task = asyncio.create_task(database.work(SYSTEM, slow))
    await asyncio.to_thread(inside.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await asyncio.to_thread(done.wait, 10)
    assert await database.read(count_regions) == 1


def count_up(work: Work) -> None:
    """Read, think, write back: what loses updates where two may do it at once."""
    alone(work, "count")
    region = work.session.get_one(Region, "000000")
    region.name = str(int(region.name) + 1)


def test_two_processes_counting_lose_nothing(
    work: Callable[..., Any], read: Callable[..., Any], database_url: str
) -> None:
    work(lambda unit: unit.session.add(Region(code="000000", name="0", level="county", parent=None)))
    command = [sys.executable, "-m", "tests.core.test_database", database_url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [process.wait(90) for process in started] == [0, 0]
    assert read(lambda reading: reading.session.get_one(Region, "000000").name) == str(2 * TIMES)


def test_alone_makes_the_second_wait_for_the_first(database: Database) -> None:
    order: list[str] = []
    holding, let_go = threading.Event(), threading.Event()

    def first(unit: Work) -> None:
        alone(unit, "conversation:o1")
        unit.session.execute(select(Region))
        holding.set()
        let_go.wait(10)
        order.append("first")

    def second(unit: Work) -> None:
        alone(unit, "conversation:o1")
        unit.session.execute(select(Region))
        order.append("second")

    one = threading.Thread(target=database.work_now, args=(SYSTEM, first))
    other = threading.Thread(target=database.work_now, args=(SYSTEM, second))
    one.start()
    assert holding.wait(10)
    other.start()
    other.join(0.3)
    assert order == []
    let_go.set()
    one.join(10)
    other.join(10)
    assert order == ["first", "second"]


def test_alone_lets_other_keys_pass_on_postgresql(database: Database) -> None:
    if database.is_sqlite:
        return  # one writer: nobody passes
    passed = threading.Event()

    def other(unit: Work) -> None:
        alone(unit, "conversation:o2")
        passed.set()

    def first(unit: Work) -> None:
        alone(unit, "conversation:o1")
        thread = threading.Thread(target=database.work_now, args=(SYSTEM, other))
        thread.start()
        assert passed.wait(10)
        thread.join(10)

    database.work_now(SYSTEM, first)


async def test_messages_of_one_key_queue_in_this_process_and_others_pass(database: Database) -> None:
    order: list[str] = []
    go_on = asyncio.Event()

    async def turn(key: str, name: str, wait: bool) -> None:
        async with database.queue(key):
            if wait:
                await go_on.wait()
            order.append(name)

    first = asyncio.create_task(turn("o1", "first", wait=True))
    await asyncio.sleep(0)
    second = asyncio.create_task(turn("o1", "second", wait=False))
    other = asyncio.create_task(turn("o2", "other", wait=False))
    await other
    assert order == ["other"]
    go_on.set()
    await asyncio.gather(first, second)
    assert order == ["other", "first", "second"]


def _count(url: str) -> None:
    from core.ids import SystemIds
    from core.privacy import Vault
    from core.settings import DatabaseSettings

    vault = Vault(encryption_key=b"e" * 32, index_key=b"i" * 32, ids=SystemIds())
    database = Database(
        DatabaseSettings(url=url, pool_size=2), clock=HandClock(), ids=SystemIds(), vault=vault
    )
    for _ in range(TIMES):
        database.work_now(SYSTEM, count_up)
    database.close()


if __name__ == "__main__":
    _count(sys.argv[1])
