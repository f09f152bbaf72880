"""Answers given at once: the same for a repeated message, new as soon as something is published, never in a report."""

from dataclasses import replace

import pytest

from bot import memory
from bot.conversation import Conversations
from bot.knowing import Knowing
from bot.memory import Memory
from bot.messages import Inbound, InboundKind
from bot.scene import Scene
from bot.turns import Topic
from core import text_words
from core.database import Database
from core.work import SYSTEM
from integrity.rules.names import Entry as Named
from integrity.rules.names import Gazetteer
from integrity.services.search import MerchantIndex
from knowledge.readers.content import read_content
from knowledge.rules.entries import Entry
from knowledge.services.index import build
from tests.fakes import HandClock
from tests.knowledge.conftest import TODAY, entry

LAWS = read_content().laws
PUMP = entry("pump", "加油机多久检定一次？", answer="周期是六个月。")
NOBODY = MerchantIndex([], Gazetteer([]))


class Stage:
    """What is published now, and a conversation that consults it."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.clock = clock
        self.merchants = NOBODY
        self.versions: dict[str, int] = {}
        self.publish(PUMP)
        self.talk = Conversations(
            database, scene=self.scene, remembered=Memory(), clock=clock, noted=lambda _kind: None, sole=True
        )
        self.sent = 0

    def publish(self, *entries: Entry) -> None:
        self.knowledge = Knowing(build(entries, segmenter=text_words.load()))

    def scene(self) -> Scene:
        return Scene(
            self.knowledge, LAWS, self.merchants, "http://here", "12315", self.clock.now(), self.versions
        )

    def message(self, text: str) -> Inbound:
        self.sent += 1
        return Inbound(key=f"o-li:{self.sent}", openid="o-li", kind=InboundKind.TEXT, text=text)

    async def says(self, text: str) -> str:
        reply = await self.talk.converse(self.message(text))
        assert reply is not None
        return reply.text

    def hears_at_once(self, text: str) -> str | None:
        reply = self.talk.at_once(self.message(text))
        return None if reply is None else reply.text


@pytest.fixture
async def stage(database: Database, clock: HandClock) -> Stage:
    found = Stage(database, clock)
    await found.says("你好")
    return found


async def test_a_stranger_is_looked_up_and_then_answered_at_once(
    database: Database, clock: HandClock
) -> None:
    stage = Stage(database, clock)
    assert stage.hears_at_once("加油机多久检定一次") is None
    assert "六个月" in await stage.says("加油机多久检定一次")
    assert "六个月" in (stage.hears_at_once("加油机多久检定一次") or "")


async def test_what_is_published_shows_in_the_next_answer(stage: Stage) -> None:
    assert "六个月" in (stage.hears_at_once("加油机多久检定一次") or "")
    stage.publish(replace(PUMP, answer="周期是一年。"))
    assert "一年" in (stage.hears_at_once("加油机多久检定一次") or "")


async def test_an_entry_out_of_force_is_not_told_any_longer(stage: Stage) -> None:
    stage.publish(replace(PUMP, valid_to=TODAY))
    assert "六个月" in (stage.hears_at_once("加油机多久检定一次") or "")
    stage.clock.advance(days=1)
    assert "六个月" not in (stage.hears_at_once("加油机多久检定一次") or "")


async def test_a_merchant_newly_in_the_register_is_looked_up(stage: Stage) -> None:
    assert "没有查到" in (stage.hears_at_once("老王海鲜怎么样") or "")
    stage.merchants = MerchantIndex([Named(1, "老王海鲜水产店", "老王海鲜")], Gazetteer([]))
    assert stage.hears_at_once("老王海鲜怎么样") is None


async def test_a_repeated_message_gets_its_first_answer_whatever_was_published_since(stage: Stage) -> None:
    message = stage.message("加油机多久检定一次")
    first = stage.talk.at_once(message)
    stage.publish(replace(PUMP, answer="周期是一年。"))
    assert stage.talk.at_once(message) == first
    assert await stage.talk.converse(message) == first


async def test_a_second_miss_in_a_row_offers_a_person(stage: Stage) -> None:
    assert "换个说法" in (stage.hears_at_once("宇宙有多大") or "")
    assert "还是没有找到" in (stage.hears_at_once("宇宙有多大") or "")


async def test_who_fills_in_a_report_is_not_answered_at_once(stage: Stage) -> None:
    assert stage.hears_at_once("我要投诉") is None
    await stage.says("我要投诉")
    assert stage.hears_at_once("加油机多久检定一次") is None
    await stage.says("取消")
    await stage.says("是")
    await stage.says("谢谢")
    assert "六个月" in (stage.hears_at_once("加油机多久检定一次") or "")


async def test_what_a_sum_lacked_may_be_said_in_the_next_message(stage: Stage) -> None:
    assert "没有单价" in await stage.says("3斤虾回家只有2斤4两")
    assert "¥40.80" in await stage.says("68一斤")
    assert "复称 1,200 克（2斤4两），136 元/公斤（68 元/斤），公平秤" in await stage.says("公平秤称的")
    assert "周期是六个月" in await stage.says("加油机多久检定一次")


async def test_what_was_offered_outlives_the_process(database: Database, clock: HandClock) -> None:
    for offered in (("出租车计价器多久检定一次",), ("加油机多久检定一次",)):
        topics = {
            "o-li": Topic(choices=offered, at=clock.now()),
            "o-wang": Topic(choices=offered, at=clock.now()),
        }
        await database.work(SYSTEM, memory.write, topics=topics, questions=[])
    assert "六个月" in await Stage(database, clock).says("1")


async def test_a_topic_written_late_leaves_a_report_being_filled_in_alone(
    stage: Stage, database: Database
) -> None:
    await stage.says("我要投诉")
    topics = {"o-li": Topic(choices=("谢谢",), at=stage.clock.now())}
    await database.work(SYSTEM, memory.write, topics=topics, questions=[])
    assert (await database.read(memory.standing, openid="o-li")).filling
