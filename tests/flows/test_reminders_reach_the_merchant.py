"""What falls due is planned once, sent once, and its receipt is seen at the console."""

import asyncio

from bot.web import entrance
from scheduler.jobs import deliver_all, plan_now
from server import GROUND, tools
from tests.flows.town import Town


async def test_planning_twice_sends_nothing_twice(town: Town) -> None:
    merchant = town.person("wanghaixian")
    await merchant.skip()
    wired = tools(town.app[GROUND], town.app[entrance.CLIENT])
    await asyncio.gather(asyncio.to_thread(plan_now, wired), asyncio.to_thread(plan_now, wired))
    await deliver_all(wired)
    first = [line for line in await merchant.hears(within=5) if "检定" in line]
    assert first
    assert len(first) == len(set(first))
    await asyncio.to_thread(plan_now, wired)
    await deliver_all(wired)
    assert not [line for line in await merchant.hears() if "检定" in line]
    report = await town.control("GET", "/control/invariants")
    assert not report["broken"], report
    await asyncio.sleep(1)
    officer = await town.officer("province")
    page = await officer.reads("/console/reminders")
    assert "已送达" in page
    await officer.http.close()
