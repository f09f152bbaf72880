"""A segmenter built once, and a handful of entries to search."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core import text_words
from core.database import Database
from knowledge.rules.entries import Audience, Citation, Confidence, Entry
from knowledge.services.index import KnowledgeIndex, build
from tests.fakes import HandClock

if TYPE_CHECKING:
    from tests.knowledge.desk import Desk
    from tests.knowledge.office import Office

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def segmenter() -> text_words.Segmenter:
    return text_words.load()


def entry(
    name: str,
    question: str,
    *ask: str,
    answer: str = "请看说明。",
    topic: str = "retail",
    since: date | None = None,
) -> Entry:
    return Entry(
        id=name,
        topic=topic,
        question=question,
        ask=ask,
        answer=answer,
        detail="",
        citations=(Citation("metrology-law", None),),
        valid_from=since,
        valid_to=None,
        confidence=Confidence.A,
        next=(),
        audience=Audience.BOTH,
    )


ENTRIES = (
    entry(
        "pump",
        "加油机多久检定一次？",
        "油枪几个月检一回",
        answer="燃油加油机的检定周期是六个月。",
        topic="fuel",
    ),
    entry(
        "taxi",
        "出租车计价器多久检定一次？",
        "打表的机器检定周期",
        answer="出租车计价器检定周期为一年。",
        topic="taxi",
    ),
    entry("scale", "菜市场的电子秤多久检定一次？", "台秤案秤几年检一次", answer="贸易用秤检定周期一年。"),
    entry("short", "买菜缺斤短两怎么办？", "回家一称不够数找谁", answer="留好商品和付款记录，到公平秤复秤。"),
    entry(
        "water",
        "怀疑水表走得快怎么办？",
        "水费突然翻倍怀疑表快",
        answer="向供水企业申请检定。",
        topic="meters",
    ),
    entry("tobacco", "买到假烟找谁？", "假烟怎么举报", answer="请拨打12313。", topic="elsewhere"),
    entry("weather", "天气预报能问吗？", answer="天气不归我们管，请拨打12345。", topic="elsewhere"),
    entry("free", "强制检定要交钱吗？", "检定收费标准", answer="强制检定不收费。"),
)


@pytest.fixture(scope="session")
def index(segmenter: text_words.Segmenter) -> KnowledgeIndex:
    return build(ENTRIES, segmenter=segmenter)


@pytest.fixture
def desk(database: Database, clock: HandClock, segmenter: text_words.Segmenter) -> "Iterator[Desk]":
    from tests.knowledge import desk as desks

    made = desks.opened(database, clock, segmenter)
    yield made
    made.press.compute.shutdown()


@pytest.fixture
async def office(desk: "Desk", segmenter: text_words.Segmenter) -> "AsyncIterator[Office]":
    from tests.knowledge import office as offices

    async with offices.opened(desk, segmenter) as sign_in:
        yield sign_in
