"""Retries, duplicates and hostile callbacks."""

import asyncio

from sqlalchemy import func, select

from complaints.models import Draft
from core.work import Reading
from portal.keys import DATABASE
from tests.flows.town import Town

HOSTILE = (b"", b"<xml", b"{}", b"<!DOCTYPE x><xml/>", b"\xff" * 100, b"<xml>" * 5000, b"a" * 200_000)


async def test_a_duplicate_gets_the_same_answer_and_has_one_effect(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.does(kind="text", content="我要投诉老王海鲜", variant="duplicate")
    pushes = (await town.control("GET", "/control/pushes"))["pushes"]
    assert pushes
    drafts = await town.app[DATABASE].read(_drafts)
    assert drafts == 1


async def test_messages_at_once_are_taken_one_after_the_other(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉老王海鲜")
    await asyncio.gather(*(citizen.does(kind="text", content=words) for words in ("皮皮虾", "3斤", "看看")))
    assert await town.app[DATABASE].read(_drafts) == 1


async def test_the_address_is_verified(town: Town) -> None:
    assert (await town.control("POST", "/control/verify", json={"good": True}))["passed"]


async def test_hostile_bodies_end_in_a_4xx(town: Town) -> None:
    for body in HOSTILE:
        for query in ("", "?signature=0&timestamp=1&nonce=1"):
            async with town.http.post(f"{town.site}/wechat{query}", data=body) as answer:
                assert 400 <= answer.status < 500, body[:20]


async def test_unknown_events_are_taken(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.does(kind="location", latitude="36.6", longitude="117.0", label="历下区")
    async with town.http.get(f"{town.site}/healthz") as answer:
        assert answer.status == 200


def _drafts(reading: Reading) -> int:
    return reading.session.scalar(select(func.count()).select_from(Draft)) or 0
