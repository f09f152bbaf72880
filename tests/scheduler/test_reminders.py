"""The ledger: each line once, the latest stage only, the balance always holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from core.database import Database
from core.settings import DatabaseSettings
from core.work import Actor, ActorKind
from scheduler import queries
from scheduler.commands import main
from scheduler.errors import StaleRun
from scheduler.jobs import Tools, deliver_all, deliver_due, plan_now, plan_once, withdraw_now
from scheduler.ports import Refused, Sent
from scheduler.queries import Balance
from scheduler.services import delivery, outbox, reminders, runs
from tests.fakes import CountingIds, HandClock
from tests.scheduler.fakes import Carrier, add_kettle, renew

Run = Callable[..., Any]
CITY = Actor(ActorKind.STAFF, id="7", region="3702")


def test_only_the_latest_stage_is_planned_and_only_once(work: Run, read: Run, tools: Tools) -> None:
    for name, days in (("a", 31), ("b", 30), ("c", 5), ("d", 0), ("e", -400)):
        work(add_kettle, name=name, days=days)
    assert plan_now(tools).filled == 4
    assert plan_now(tools).filled == 0
    assert sorted((line.facts["title"], line.stage) for line in read(queries.lines)) == [
        ("b", -30),
        ("c", -7),
        ("d", 0),
        ("e", 7),
    ]


async def test_planning_from_two_processes_at_once_sends_nothing_twice(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock, database_url: str
) -> None:
    for number in range(40):
        work(add_kettle, name=f"k{number}", days=3)
    other = Database(
        DatabaseSettings(url=database_url, pool_size=4),
        clock=clock,
        ids=CountingIds(),
        vault=tools.database._vault,
    )
    other._ids.count = 1_000_000  # type: ignore[attr-defined]  # a second process draws other chance
    second = Tools(
        database=other,
        clock=clock,
        settings=tools.settings,
        planners=tools.planners,
        channels={"wechat": carrier},
    )
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(plan_now, [tools, second, tools, second]))
    await deliver_due(tools)
    await deliver_due(second)
    other.close()
    assert read(queries.balance) == Balance(due=40, sent=40, suppressed=0, failed=0, pending=0)
    assert len(carrier.calls) == len(set(carrier.calls)) == 40


async def test_the_next_stage_follows_and_the_cycle_ends_with_the_verification(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    kettle = work(add_kettle, name="old", days=30)
    plan_now(tools)
    await deliver_due(tools)
    clock.advance(days=23)
    plan_now(tools)
    work(renew, kettle_id=kettle, name="new", days=365)
    withdraw_now(tools)
    await deliver_due(tools)
    assert read(queries.balance) == Balance(due=2, sent=1, suppressed=1, failed=0, pending=0)
    assert len(carrier.calls) == 1


def test_an_import_stops_reminders_of_what_was_seen_to(work: Run, read: Run, tools: Tools) -> None:
    kettle = work(add_kettle, name="old", days=3)
    plan_now(tools)
    assert work(reminders.stop, subject_kind="kettle", subject_ids=[kettle]) == 1
    assert read(queries.balance).suppressed == 1
    assert work(delivery.claim, terms=tools.terms()) == []


async def test_a_stage_that_could_not_leave_is_overtaken_by_the_next(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    work(add_kettle, name="a", days=7)
    plan_now(tools)
    clock.advance(days=7)
    plan_now(tools)
    await deliver_due(tools)
    assert read(queries.balance) == Balance(due=2, sent=1, suppressed=1, failed=0, pending=0)


def test_nobody_to_write_to_is_suppressed_for_the_call_list(work: Run, read: Run, tools: Tools) -> None:
    work(add_kettle, name="a", days=3, owner=None)
    plan_now(tools)
    plan_now(tools)
    assert read(queries.balance) == Balance(due=1, sent=0, suppressed=1, failed=0, pending=0)
    assert [line.facts["title"] for line in read(queries.call_list)] == ["a"]


async def test_whoever_unsubscribes_hears_nothing_more_and_is_telephoned(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    for name in "ab":
        work(add_kettle, name=name, days=3, owner="gone")
    plan_now(tools)
    work(outbox.forget, recipient="gone")
    await deliver_due(tools)
    assert carrier.calls == []
    assert read(queries.balance) == Balance(due=2, sent=0, suppressed=2, failed=0, pending=0)
    assert len(read(queries.call_list)) == 2


async def test_who_cannot_be_reached_goes_to_the_call_list(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    for name in "abc":
        work(add_kettle, name=name, days=3, owner=f"o{name}")
    plan_now(tools)
    carrier.answers += [
        Refused("43004", "not following", permanent=True, unreachable=True),
        Sent("m1"),
        Sent("m2"),
    ]
    await deliver_due(tools)
    work(delivery.receipt, provider_id="m1", delivered=False, reason="failed:user block")
    assert read(queries.balance) == Balance(due=3, sent=1, suppressed=1, failed=1, pending=0)
    assert len(read(queries.call_list)) == 2


async def test_quiet_hours_bind_the_tick_but_not_dispatch_and_not_notices(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    clock.advance(hours=12)
    work(add_kettle, name="a", days=3)
    plan_now(tools)
    await deliver_due(tools)
    assert read(queries.balance).pending == 1
    await deliver_all(tools)
    assert read(queries.balance).sent == 1


async def test_the_days_budget_is_kept_and_notices_do_not_use_it(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    for number in range(5):
        work(add_kettle, name=f"k{number}", days=3)
    poor = Tools(
        database=tools.database,
        clock=clock,
        settings=tools.settings.model_copy(update={"daily_budget": 2}),
        planners=tools.planners,
        channels={"wechat": carrier},
    )
    plan_now(poor)
    work(outbox.enqueue, recipient="o", message=_text(), dedup_key="n")
    await deliver_all(poor)
    assert read(queries.balance) == Balance(due=5, sent=2, suppressed=0, failed=0, pending=3)
    clock.advance(days=1)
    await deliver_due(poor)
    assert read(queries.balance).sent == 4


def test_a_slot_is_planned_once_whoever_ticks(work: Run, tools: Tools, clock: HandClock) -> None:
    work(add_kettle, name="a", days=3)
    planned = plan_once(tools)
    assert planned is not None
    assert planned.filled == 1
    assert plan_once(tools) is None
    clock.advance(days=1)
    assert plan_once(tools) is not None


def test_a_dead_planners_run_is_taken_over_and_the_woken_one_is_refused(work: Run, clock: HandClock) -> None:
    lease = timedelta(minutes=5)
    first = work(runs.begin, job="plan", slot="s", lease=lease)
    assert work(runs.begin, job="plan", slot="s", lease=lease) is None
    clock.advance(minutes=5)
    second = work(runs.begin, job="plan", slot="s", lease=lease)
    assert second.epoch == first.epoch + 1
    with pytest.raises(StaleRun):
        work(runs.hold, run=first, lease=lease)
    work(runs.finish, run=second, result={"filled": 0})
    with pytest.raises(StaleRun):
        work(runs.finish, run=second, result={"filled": 0})


async def test_staff_of_a_city_see_their_own_lines_only(work: Run, tools: Tools, database: Database) -> None:
    work(add_kettle, name="jinan", days=3, region="370102")
    work(add_kettle, name="qingdao", days=3, region="370202", owner=None)
    plan_now(tools)
    assert (await database.read_as(CITY, queries.balance)).due == 1
    assert [line.facts["title"] for line in await database.read_as(CITY, queries.lines)] == ["qingdao"]
    assert [wave.balance.due for wave in await database.read_as(CITY, queries.waves)] == [1]


async def test_the_commands_plan_dispatch_and_tell_the_balance(
    work: Run, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    work(add_kettle, name="a", days=3)
    assert await main(["plan"], tools) == 0
    assert await main(["dispatch"], tools) == 0
    capsys.readouterr()
    assert await main(["status", "--json"], tools) == 0
    assert capsys.readouterr().out == '{"due": 1, "sent": 1, "suppressed": 0, "failed": 0, "pending": 0}\n'
    with pytest.raises(SystemExit) as left:
        await main(["fly"], tools)
    assert left.value.code == 2


def _text() -> Any:
    from scheduler.messages import TextMessage

    return TextMessage("您好")
