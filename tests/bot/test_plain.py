"""Plain messages: the database is asked only where something in it is surely meant."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from bot.dialogs import lookup, plain
from bot.knowing import Knowing
from bot.scene import Scene
from bot.turns import Kind, Topic
from core import text_words
from integrity.models import Instrument, Merchant
from integrity.queries import merchants
from integrity.rules.names import Entry, Gazetteer
from integrity.services.search import MerchantIndex
from knowledge.services.index import build
from tests.fakes import MONDAY
from tests.integrity.conftest import WANG, Bring, bring, register
from tests.knowledge.conftest import ENTRIES

__all__ = ["bring", "register"]

NAMES = (
    Entry(1, "济南市历下区老王海鲜水产店", "老王海鲜", "370102", "济南市历下区"),
    Entry(2, "薛城区李记水果店", "李记水果", "370403", "枣庄市薛城区"),
)


@pytest.fixture(scope="module")
def scene() -> Scene:
    knowledge = Knowing(build(ENTRIES, segmenter=text_words.load()))
    return Scene(knowledge, {}, MerchantIndex(NAMES, Gazetteer([])), "http://here", "12315", MONDAY)


@pytest.mark.parametrize("text", ["今天天气怎么样", "谢谢", "宇宙飞船", "3斤虾回家只有2斤4两，68一斤"])
def test_a_message_that_names_no_shop_is_answered_from_memory(scene: Scene, text: str) -> None:
    assert plain.at_once(text, scene=scene, topic=Topic()) is not None


@pytest.mark.parametrize(
    "text", ["老王海鲜怎么样", "老王海鲜", "我的投诉", "JL261123ABCDEF", "SD370102-2025-000003"]
)
def test_what_stands_in_the_database_is_read_there(scene: Scene, text: str) -> None:
    assert plain.at_once(text, scene=scene, topic=Topic()) is None


def test_the_next_message_completes_a_sum(scene: Scene) -> None:
    asked = plain.at_once("买了3斤虾回家一称少了二两，要紧吗", scene=scene, topic=Topic())
    assert asked is not None
    assert asked.topic.sum
    completed = plain.at_once("68一斤", scene=scene, topic=asked.topic)
    assert completed is not None
    assert completed.kind is Kind.CALCULATION
    alone = plain.at_once("68一斤", scene=scene, topic=Topic())
    assert alone is None or alone.kind is not Kind.CALCULATION


def test_a_shop_is_told_as_it_stands_now(
    scene: Scene, register: Bring, work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    register_id = read(merchants.by_uscc, code=WANG).id
    known = MerchantIndex([Entry(register_id, "济南市历下区老王海鲜水产店", "老王海鲜")], Gazetteer([]))
    here = Scene(scene.knowledge, {}, known, scene.public_url, scene.hotline, MONDAY)
    asked = {"text": "老王海鲜怎么样", "openid": "o-li", "scene": here}
    assert "2 台，检定有效 2 台" in read(plain.registered, **asked).reply.text
    work(lambda one: setattr(one.session.get_one(Merchant, register_id), "active", False))
    turn = read(plain.registered, **asked)
    assert turn.kind is Kind.LOOKUP
    assert "没有查到“老王海鲜”" in turn.reply.text


def test_a_certificate_is_told_by_how_it_stands(
    scene: Scene, register: Bring, work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    def told(number: str) -> str:
        text: str = read(lookup.certificate, number=number, scene=scene).reply.text
        return text

    assert "在有效期内" in told("SD-1")
    assert "已经过期" in told("SD-3")
    assert "没有查到" in told("SD-404")
    work(lambda one: one.session.execute(update(Instrument).values(active=False)))
    assert "登记停用" in told("SD-1")
