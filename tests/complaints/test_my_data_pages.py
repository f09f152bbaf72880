"""我的数据 on the phone: all of it is seen and taken along, what no law keeps is erased, nobody else's is shown."""

from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from complaints.services import drafting
from core.audit import AuditEntry
from tests.complaints.conftest import OPENID, SHRIMP
from tests.complaints.test_pages import citizen
from tests.complaints.test_report_pages import Client, client, sends

__all__ = ["client"]


@pytest.fixture
def told(file: Any, office: Any) -> str:
    """A case of one's own and an open draft; the case's number."""
    number: str = file().number
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    return number


async def test_everything_kept_is_shown_and_looking_is_recorded(told: str, client: Client, read: Any) -> None:
    start = await (await client.get("/h5/me")).text()
    assert 'href="/h5/me/kept.json"' in start
    text = unescape(await (await client.get("/h5/me/kept")).text())
    for words in (told, "13800001234", "未提交的草稿", "1,500 克（3斤）", "补足分量"):
        assert words in text, words
    actions = read(lambda reading: list(reading.session.scalars(select(AuditEntry.action))))
    assert "person.see" in actions


async def test_the_same_is_taken_along_as_a_file(told: str, client: Client) -> None:
    answer = await client.get("/h5/me/kept.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data-2026-11-23.json"'
    kept = await answer.json()
    assert {row.get("编号") for row in kept["投诉与举报"]} == {None, told}


async def test_somebody_else_sees_nothing_of_it(told: str, client: Client, office: Any) -> None:
    citizen(office, client, "oOther")
    assert told not in await (await client.get("/h5/me/kept")).text()


async def test_erasing_asks_once_and_says_what_stays(told: str, client: Client, read: Any) -> None:
    answer = await sends(client, "../me/erase")
    assert answer.status == 422
    assert read(drafting.current, openid=OPENID) is not None
    answer = await sends(client, "../me/erase", sure="yes")
    text = await answer.text()
    assert answer.status == 200
    assert f"{told}：还在办理" in text
    assert read(drafting.current, openid=OPENID) is None
