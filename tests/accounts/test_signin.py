"""The console's front door in a browser's eyes: forms with our token, guards on every page."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from yarl import URL

from accounts import passwords
from accounts.permissions import Role
from accounts.services import staff
from core.database import Database
from core.work import SYSTEM
from portal import sessions
from portal.sessions import Door, cookie_name
from tests.accounts.door import console
from tests.fakes import HandClock

Client = TestClient[web.Request, web.Application]
Run = Callable[..., Any]
PASSWORD = "a steelyard weighs"
HASH = passwords.hashed(PASSWORD)

ERROR = re.compile(r'role="alert">(.*?)</div>', re.DOTALL)


@pytest.fixture
async def client(
    aiohttp_client: Callable[[web.Application], Awaitable[Client]],
    database: Database,
    clock: HandClock,
) -> Client:
    for username, role in (("lixia", Role.HANDLER), ("admin", Role.ADMIN)):
        await database.work(
            SYSTEM, staff.create, username=username, name="李晓明", password_hash=HASH, role=role
        )
    return await aiohttp_client(console(database, clock))


async def form_token(client: Client, path: str = "/console/login") -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', await (await client.get(path)).text())
    assert found is not None
    return found.group(1)


async def sign_in(client: Client, username: str = "lixia", password: str = PASSWORD) -> Any:
    token = await form_token(client)
    return await client.post(
        "/console/login",
        data={"csrf": token, "username": username, "password": password},
        allow_redirects=False,
    )


async def test_the_right_password_opens_the_desk(client: Client) -> None:
    answer = await sign_in(client)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/console" in cookie
    assert await (await client.get("/console/")).text() == "desk"


@pytest.mark.parametrize(("username", "password"), [("lixia", "wrong"), ("nobody", PASSWORD)])
async def test_a_wrong_pair_does_not_tell_which_half_is_wrong(
    client: Client, username: str, password: str
) -> None:
    answer = await sign_in(client, username, password)
    assert answer.status == 401
    assert "用户名或密码不正确" in await answer.text()
    assert cookie_name(Door.CONSOLE) not in answer.cookies


async def test_five_wrong_passwords_close_the_door_even_to_the_right_one(
    client: Client, clock: HandClock
) -> None:
    for _ in range(5):
        await sign_in(client, password="wrong")
    assert (await sign_in(client)).status == 401
    clock.advance(minutes=15)
    assert (await sign_in(client)).status == 303


async def test_a_locked_account_is_told_in_the_words_for_an_unknown_one(client: Client) -> None:
    for _ in range(5):
        await sign_in(client, password="wrong")
    locked, unknown = await sign_in(client), await sign_in(client, "nobody")
    assert (locked.status, ERROR.findall(await locked.text())) == (
        unknown.status,
        ERROR.findall(await unknown.text()),
    )
    assert ERROR.findall(await locked.text())


@pytest.mark.parametrize("forged", ["", "0" * 64, "签名"])
async def test_a_form_without_our_token_is_refused(client: Client, forged: str) -> None:
    await form_token(client)
    data = {"csrf": forged, "username": "lixia", "password": PASSWORD}
    answer = await client.post("/console/login", data=data, allow_redirects=False)
    assert answer.status == 403
    assert "页面已过期" in await answer.text()


async def test_a_token_of_another_visitor_is_refused(client: Client) -> None:
    token = await form_token(client)
    client.session.cookie_jar.clear()
    data = {"csrf": token, "username": "lixia", "password": PASSWORD}
    assert (await client.post("/console/login", data=data, allow_redirects=False)).status == 403


async def test_a_token_from_before_signing_in_is_refused_afterwards(client: Client) -> None:
    before = await form_token(client)
    await sign_in(client)
    assert (await client.post("/console/logout", data={"csrf": before}, allow_redirects=False)).status == 403


async def test_without_a_session_pages_lead_to_the_sign_in_and_changes_are_refused(client: Client) -> None:
    page = await client.get("/console/offices", allow_redirects=False)
    assert (page.status, page.headers["Location"]) == (303, "/console/login")
    token = await form_token(client)
    answer = await client.post("/console/audit/verify", data={"csrf": token}, allow_redirects=False)
    assert answer.status == 401


async def test_a_role_without_the_permission_is_refused(client: Client) -> None:
    await sign_in(client)
    assert (await client.get("/console/audit")).status == 403


async def test_a_role_with_the_permission_reads_the_audit_of_its_own_sign_in(client: Client) -> None:
    await sign_in(client, "admin")
    page = await client.get("/console/audit")
    assert page.status == 200
    assert "staff.sign_in" in await page.text()


async def test_an_idle_session_leads_back_to_the_sign_in(client: Client, clock: HandClock) -> None:
    await sign_in(client)
    clock.advance(hours=2)
    answer = await client.get("/console/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/login")


async def test_signing_out_ends_the_session_on_the_server(client: Client, database: Database) -> None:
    answer = await sign_in(client)
    cookie = answer.cookies[cookie_name(Door.CONSOLE)].value
    token = await form_token(client, "/console/offices")
    await client.post("/console/logout", data={"csrf": token}, allow_redirects=False)
    assert await database.read(sessions.find, door=Door.CONSOLE, token=cookie) is None


async def test_a_console_cookie_opens_no_h5_page(client: Client) -> None:
    answer = await sign_in(client)
    stolen = {cookie_name(Door.H5): answer.cookies[cookie_name(Door.CONSOLE)].value}
    page = await client.get("/h5/mine", cookies=stolen, allow_redirects=False)
    assert page.status == 303
    assert page.headers["Location"].startswith("/h5/enter?next=")


async def test_an_unknown_citizen_is_first_recognised_and_comes_back(client: Client) -> None:
    page = await client.get("/h5/mine?a=1&b=2", allow_redirects=False)
    location = URL(page.headers["Location"])
    assert (location.path, dict(location.query)) == ("/h5/enter", {"next": "/h5/mine?a=1&b=2"})


async def test_a_known_citizen_is_who_wechat_said(client: Client, database: Database) -> None:
    token = await database.work(SYSTEM, sessions.begin, door=Door.H5, subject="oA1")
    page = await client.get("/h5/mine", cookies={cookie_name(Door.H5): token})
    assert await page.text() == "oA1"


async def test_an_empty_form_says_what_is_missing(client: Client) -> None:
    answer = await client.post("/console/login", data={"csrf": await form_token(client)})
    assert answer.status == 422
    assert "请填写用户名" in await answer.text()


async def test_every_page_of_the_door_forbids_foreign_scripts_and_frames(client: Client) -> None:
    for path in ("/console/login", "/console/nowhere"):
        headers = (await client.get(path)).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
