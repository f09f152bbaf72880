"""The pages: a form keeps what was typed, a photograph is taken or refused in words, nobody reaches too far."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from accounts.permissions import Role
from accounts.services import staff
from complaints.models import Case
from complaints.services import handling
from core.audit import AuditEntry
from core.work import Work
from portal import sessions
from portal.sessions import Door
from tests.complaints.conftest import LIXIA, OPENID, picture
from tests.complaints.site import site

Client = TestClient[Any, Any]


@pytest.fixture
async def client(
    office: Any, database: Any, clock: Any, ids: Any, vault: Any, tmp_path: Path
) -> AsyncIterator[Client]:
    app = site(database, clock=clock, ids=ids, vault=vault, files=tmp_path / "files")
    async with TestClient(TestServer(app)) as opened:
        yield opened


def _sign_in(work: Work, *, role: Role, region: str) -> str:
    person = staff.create(
        work, username=f"u{role}{region}", name="李晓明", password_hash="x", role=role, region=region
    )
    return str(sessions.begin(work, door=Door.CONSOLE, subject=str(person.id)))


def handler(office: Any, client: Client, *, role: Role = Role.HANDLER, region: str = "370102") -> None:
    token = office(_sign_in, role=role, region=region)
    client.session.cookie_jar.update_cookies({sessions.cookie_name(Door.CONSOLE): token})


def citizen(office: Any, client: Client, openid: str = OPENID) -> None:
    token = office(sessions.begin, door=Door.H5, subject=openid)
    client.session.cookie_jar.update_cookies({sessions.cookie_name(Door.H5): token})


async def token(client: Client, url: str) -> str:
    text = await (await client.get(url)).text()
    return str(re.findall(r'name="csrf" value="([^"]+)"', text)[-1])


async def post(client: Client, url: str, page: str, **fields: str) -> Any:
    return await client.post(url, data={**fields, "csrf": await token(client, page)}, allow_redirects=False)


async def test_the_console_shows_home_queue_and_case(file: Any, office: Any, client: Client) -> None:
    number = file().number
    handler(office, client)
    for url in ("/console/", "/console/cases", "/console/cases?state=closed", f"/console/cases/{number}"):
        answer = await client.get(url)
        assert answer.status == 200, url
    text = await answer.text()
    assert "未转 12315" in text
    assert "王小明" not in text
    assert "138****1234" in text


async def test_the_home_tells_everybody_what_is_theirs_to_know(office: Any, client: Client) -> None:
    handler(office, client)
    seen = await (await client.get("/console/")).text()
    assert "去补录放假通知" in seen
    assert "编辑要看的一句" not in seen
    handler(office, client, role=Role.EDITOR, region="")
    assert "编辑要看的一句" in await (await client.get("/console/")).text()


async def test_a_handler_elsewhere_finds_nothing(file: Any, office: Any, client: Client) -> None:
    number = file().number
    handler(office, client, region="3702")
    assert (await client.get(f"/console/cases/{number}")).status == 404
    assert number not in await (await client.get("/console/cases")).text()


async def test_an_editor_may_not_open_cases(file: Any, office: Any, client: Client) -> None:
    number = file().number
    handler(office, client, role=Role.EDITOR, region="")
    assert (await client.get(f"/console/cases/{number}")).status == 403
    assert (await client.get("/console/")).status == 200


async def test_a_stale_form_gets_409_and_keeps_what_was_typed(file: Any, office: Any, client: Client) -> None:
    number = file().number
    handler(office, client)
    page = f"/console/cases/{number}"
    office(handling.note, actor=LIXIA, number=number, version=1, text="已联系商家")
    answer = await post(client, f"{page}/reply", page, version="1", reply="请保留小票")
    text = await answer.text()
    assert answer.status == 409
    assert "请保留小票" in text
    assert "已联系商家" in text
    assert 'name="version" value="2"' in text


async def test_a_refusal_without_ground_says_what_is_missing(file: Any, office: Any, client: Client) -> None:
    number = file().number
    handler(office, client)
    page = f"/console/cases/{number}"
    answer = await post(client, f"{page}/refuse", page, version="1", reason="这里写了足够长的具体理由")
    text = await answer.text()
    assert answer.status == 422
    assert "请选择一项法定情形" in text
    assert "这里写了足够长的具体理由" in text


async def test_accepting_from_the_page_moves_the_case(
    file: Any, office: Any, client: Client, read: Any
) -> None:
    number = file().number
    handler(office, client)
    page = f"/console/cases/{number}"
    assert (await post(client, f"{page}/accept", page, version="1")).status == 303
    assert read(lambda reading: reading.session.scalars(select(Case.status)).one()) == "accepted"
    assert "调解中" in await (await client.get(page)).text()


async def test_revealing_shows_and_records(file: Any, office: Any, client: Client, read: Any) -> None:
    number = file().number
    handler(office, client)
    page = f"/console/cases/{number}"
    text = await (await post(client, f"{page}/reveal", page)).text()
    assert "13800001234" in text
    actions = read(lambda reading: list(reading.session.scalars(select(AuditEntry.action))))
    assert "case.reveal" in actions


async def send_photo(client: Client, number: str, data: bytes, name: str) -> Any:
    form = FormData()
    form.add_field("csrf", await token(client, f"/h5/cases/{number}"))
    form.add_field("file", data, filename=name, content_type="image/jpeg")
    return await client.post(f"/h5/cases/{number}/photos", data=form, allow_redirects=False)


async def test_a_citizen_adds_a_photograph_and_the_handler_sees_it(
    file: Any, office: Any, client: Client, read: Any
) -> None:
    number = file().number
    citizen(office, client)
    assert (await send_photo(client, number, picture(), "a.jpg")).status == 303
    refused = await send_photo(client, number, b"MZ\x90\x00program", "b.jpg")
    assert refused.status == 422
    assert "程序文件" in await refused.text()
    handler(office, client)
    text = await (await client.get(f"/console/cases/{number}")).text()
    shown = re.findall(r'href="(/console/cases/\w+/photos/\d+)"', text)
    assert len(shown) == 1
    image = await client.get(f"{shown[0]}.jpg")
    assert (await image.read())[:2] == b"\xff\xd8"
    assert (await client.get(shown[0])).status == 200
    actions = read(lambda reading: list(reading.session.scalars(select(AuditEntry.action))))
    assert actions.count("case.photo") == 1


async def test_somebody_elses_case_and_photograph_are_not_found(
    file: Any, office: Any, client: Client
) -> None:
    number = file().number
    citizen(office, client)
    await send_photo(client, number, picture(), "a.jpg")
    text = await (await client.get(f"/h5/cases/{number}")).text()
    image = re.findall(r'src="(/h5/cases/[^"]+)"', text)[0]
    assert (await client.get(image)).status == 200
    citizen(office, client, "oOther")
    assert (await client.get(f"/h5/cases/{number}")).status == 404
    assert (await client.get(image)).status == 404


async def test_a_citizen_writes_and_withdraws(file: Any, office: Any, client: Client) -> None:
    number = file().number
    citizen(office, client)
    page = f"/h5/cases/{number}"
    assert (await post(client, f"{page}/messages", page, text="")).status == 422
    assert (await post(client, f"{page}/messages", page, text="商家电话换了")).status == 303
    assert (await post(client, f"{page}/withdraw", page)).status == 303
    text = await (await client.get(page)).text()
    assert "已撤回" in text
    assert "商家电话换了" in text
    assert "未转 12315" in text
    assert number in await (await client.get("/h5/cases")).text()


async def test_an_unknown_visitor_is_sent_to_be_recognised(file: Any, client: Client) -> None:
    answer = await client.get(f"/h5/cases/{file().number}", allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"].startswith("/h5/enter")
