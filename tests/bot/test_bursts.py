"""Several short messages at once: one turn, one answer, each of them kept before it is acknowledged."""

import asyncio

import pytest

from bot.conversation import Conversations
from bot.memory import Memory
from bot.messages import Inbound, InboundKind, Reply
from complaints.services import drafting
from core.database import Database
from tests.bot.test_conversation import Stage
from tests.fakes import HandClock

PERSON = "o-li"


@pytest.fixture
def talk(database: Database, clock: HandClock) -> Conversations:
    """Return conversations that gather what comes within a third of a second."""
    stage = Stage(database, clock)
    return Conversations(database, scene=stage.scene, remembered=Memory(), clock=clock, burst_gap_s=0.3)


def text(said: str) -> Inbound:
    return Inbound(key=f"{PERSON}:{said}", openid=PERSON, kind=InboundKind.TEXT, text=said)


async def burst(talk: Conversations, *said: str) -> list[Reply | None]:
    return list(await asyncio.gather(*(talk.converse(text(one)) for one in said)))


async def test_a_burst_is_one_turn_with_one_answer(database: Database, talk: Conversations) -> None:
    await talk.converse(text("我要投诉老王海鲜"))
    await talk.converse(text("不知道"))
    heard = [reply for reply in await burst(talk, "虾", "3斤", "只有2斤4两", "公平秤") if reply is not None]
    assert len(heard) == 1
    for words in ("商品 虾", "1,500 克（3斤）", "1,200 克（2斤4两）", "公平秤", "什么价"):
        assert words in heard[0].text
    assert heard[0].text.count("？") == 1
    opened = await database.read(drafting.current, openid=PERSON)
    assert opened is not None
    assert (opened.facts.product, opened.facts.claimed_mg) == ("虾", 1_500_000)


async def test_a_report_may_begin_with_a_burst(database: Database, talk: Conversations) -> None:
    await burst(talk, "我要投诉", "老王海鲜", "买了3斤虾", "68一斤")
    opened = await database.read(drafting.current, openid=PERSON)
    assert opened is not None
    facts = opened.facts
    assert (facts.merchant_name, facts.claimed_mg) == ("老王海鲜", 1_500_000)
    assert (facts.product, facts.unit_price_cents_per_kg) == ("虾", 13_600)


async def test_a_repeated_message_of_a_burst_gets_its_answer_and_happens_once(
    database: Database, clock: HandClock, talk: Conversations
) -> None:
    await talk.converse(text("我要投诉老王海鲜"))
    heard = [reply for reply in await burst(talk, "虾", "3斤") if reply is not None]
    before = await database.read(drafting.current, openid=PERSON)
    restarted = Conversations(
        database, scene=Stage(database, clock).scene, remembered=Memory(), clock=clock, burst_gap_s=0.3
    )
    assert await restarted.converse(text("3斤")) == heard[0]
    after = await database.read(drafting.current, openid=PERSON)
    assert before is not None
    assert after is not None
    assert after.version == before.version


async def test_ten_messages_are_one_turn(talk: Conversations) -> None:
    await talk.converse(text("我要投诉老王海鲜"))
    said = ("不知道", "虾", "3斤", "2斤4两", "公平秤", "68一斤", "昨天", "没有", "改为举报", "看看")
    heard = [reply for reply in await burst(talk, *said) if reply is not None]
    assert len(heard) == 1
    assert "怎么解决" in heard[0].text
