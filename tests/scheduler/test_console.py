"""The reminder pages: the balance adds up in front of people, a dead letter is sent again, regions stay apart."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

import accounts.web.routes
import portal.routes
import scheduler.web.routes
from accounts.permissions import Role
from accounts.services import staff
from core.work import Work
from portal import csrf, doors, keys, sessions
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.people import SECTIONS
from portal.render import Pages
from portal.sessions import Door
from scheduler.jobs import Tools, deliver_due, plan_now
from scheduler.ports import Refused, Sent
from scheduler.services import delivery
from scheduler.web import console
from tests.fakes import CountingIds, HandClock
from tests.scheduler.fakes import Carrier, add_kettle

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]
Client = TestClient[Any, Any]


@pytest.fixture
async def client(tools: Tools, clock: HandClock, ids: CountingIds) -> AsyncIterator[Client]:
    app = web.Application(middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)])
    told = keys.Site("权衡", "山东省", "山东省局", "12315", "a@example.invalid", "http://127.0.0.1", "", True)
    app[keys.CLOCK], app[keys.IDS], app[keys.DATABASE] = clock, ids, tools.database
    app[keys.SITE], app[METRICS], app[csrf.SESSION_KEY] = told, Metrics(), b"s" * 32
    app[keys.PAGES] = Pages(
        [ROOT / room / "templates" for room in ("portal", "accounts", "scheduler")], {"site": told}
    )
    app[SECTIONS] = (*scheduler.web.routes.SECTIONS, *accounts.web.routes.SECTIONS)
    app[console.TOOLS], app[console.RUNNING] = tools, set()
    app.add_routes(portal.routes.ROOT)
    part = web.Application(middlewares=[boundary(Style.DESK), doors.session(Door.CONSOLE)])
    part.add_routes([*scheduler.web.routes.CONSOLE, *accounts.web.routes.CONSOLE])
    app.add_subapp("/console", part)
    app[portal.routes.ADDRESSES] = frozenset()
    async with TestClient(TestServer(app)) as opened:
        yield opened


def _sign_in(work: Work, *, role: Role, region: str) -> str:
    name = f"u{role.value}{region}"
    person = staff.create(work, username=name, name="李晓明", password_hash="x", role=role, region=region)
    return str(sessions.begin(work, door=Door.CONSOLE, subject=str(person.id)))


def enter(work: Run, client: Client, *, role: Role = Role.ADMIN, region: str = "") -> None:
    token = work(_sign_in, role=role, region=region)
    client.session.cookie_jar.update_cookies({sessions.cookie_name(Door.CONSOLE): token})


async def page(client: Client, path: str = "") -> str:
    response = await client.get(f"/console/reminders{path}")
    text = await response.text()
    assert response.status == 200, text
    return text


async def post(client: Client, path: str) -> Any:
    token = re.findall(r'name="csrf" value="([^"]+)"', await page(client))[-1]
    return await client.post(f"/console/reminders{path}", data={"csrf": token}, allow_redirects=False)


async def test_an_empty_ledger_says_what_will_be_here(work: Run, client: Client) -> None:
    enter(work, client)
    for path in ("", "/lines", "/calls", "/dead"):
        assert "还没有" in (text := await page(client, path)) or "没有" in text


async def test_planning_and_sending_from_the_page_balances(
    work: Run, client: Client, carrier: Carrier
) -> None:
    enter(work, client)
    work(add_kettle, name="台秤甲", days=3)
    work(add_kettle, name="台秤乙", days=3, owner=None)
    assert (await post(client, "/plan")).status == 303
    assert (await post(client, "/dispatch")).status == 303
    text = await page(client)
    assert "应提醒 2 = 已发送 1 + 不发送 1 + 未送达 0 + 待发送 0" in text
    assert "到期前 7 天" in text
    assert "台秤乙" in await page(client, "/calls")
    work(delivery.receipt, provider_id="msg1", delivered=True)
    lines = await page(client, "/lines?on=2026-11-23&stage=-7")
    assert "已送达" in lines
    assert "台秤甲" in lines
    assert "台秤甲" in await page(client, "/lines?state=sent")
    assert "台秤甲" not in await page(client, "/lines?state=suppressed")


async def test_a_dead_letter_is_sent_again_by_a_person(
    work: Run, client: Client, tools: Tools, carrier: Carrier
) -> None:
    enter(work, client)
    work(add_kettle, name="台秤甲", days=3)
    plan_now(tools)
    carrier.answers.append(Refused("47003", "argument invalid", permanent=True))
    await deliver_due(tools)
    assert "47003" in await page(client, "/dead")
    assert (await post(client, "/dead/1/retry")).status == 303
    carrier.answers.append(Sent("m9"))
    await deliver_due(tools)
    assert "没有积压" in await page(client, "/dead")
    assert (await post(client, "/dead/1/retry")).status == 409
    assert (await post(client, "/dead/77/retry")).status == 404


async def test_a_city_sees_and_retries_its_own_and_starts_nothing(
    work: Run, client: Client, tools: Tools, carrier: Carrier
) -> None:
    enter(work, client, role=Role.ADMIN, region="3702")
    work(add_kettle, name="济南台秤", days=3, region="370102")
    plan_now(tools)
    carrier.answers.append(Refused("47003", "argument invalid", permanent=True))
    await deliver_due(tools)
    for path in ("", "/lines", "/calls", "/dead"):
        assert "济南台秤" not in await page(client, path)
    assert (await post(client, "/dead/1/retry")).status == 404
    assert (await post(client, "/plan")).status == 403
    assert (await post(client, "/dispatch")).status == 403


@pytest.mark.parametrize("query", ["?on=yesterday", "?stage=x", "?before=x", "?state=lost"])
async def test_an_odd_address_is_not_found(work: Run, client: Client, query: str) -> None:
    enter(work, client)
    assert (await client.get(f"/console/reminders/lines{query}")).status == 404


async def test_strangers_are_sent_to_the_door(client: Client) -> None:
    assert (await client.get("/console/reminders", allow_redirects=False)).status in {303, 401}
