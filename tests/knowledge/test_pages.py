"""The guide through a phone browser's eyes: topics, answers, and a search as honest as the chat."""

import dataclasses
import gzip
import re
from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from core.database import Database
from knowledge.rules.entries import Citation, Confidence, Content, Law, Level, NextStep, Topic
from knowledge.services.index import KnowledgeIndex, build
from knowledge.services.known import Known
from tests.fakes import HandClock
from tests.knowledge.conftest import ENTRIES, entry
from tests.knowledge.door import pages

Client = TestClient[web.Request, web.Application]

LAW = Law(
    "metrology-law",
    "中华人民共和国计量法",
    "计量法",
    "2018年修正",
    None,
    None,
    None,
    Level.LAW,
    Confidence.A,
    None,
)
RULES = dataclasses.replace(
    LAW, id="rules", title="计量法实施细则", number="2022年修订", valid_from=date(2022, 3, 29)
)
OLD = dataclasses.replace(
    RULES, id="old", number="2018年修订", valid_to=date(2022, 3, 28), superseded_by="rules", valid_from=None
)
LAWS = {law.id: law for law in (LAW, RULES, OLD)}
TOPICS = tuple(
    Topic(name, title, f"{title}的事", place)
    for place, (name, title) in enumerate(
        [
            ("retail", "买菜称重"),
            ("fuel", "加油加气"),
            ("taxi", "出租车计价器"),
            ("meters", "水电气热表"),
            ("elsewhere", "不归我们管"),
        ]
    )
)
DOUBTFUL = dataclasses.replace(
    entry("doubtful", "血压计自己校准行不行？", answer="校准不能代替检定。"),
    detail="1. 看标志\n2. 问医院\n还不清楚就打电话。",
    citations=(Citation("rules", "第二十二条"), Citation("old", "第十二条")),
    confidence=Confidence.C,
    next=(NextStep.CALCULATE, NextStep.REPORT, NextStep.LOOKUP, NextStep.CERTIFICATE, NextStep.PHONE),
)
ENDED = dataclasses.replace(
    entry("ended", "老规定几天受理？", answer="七个工作日。"), valid_to=date(2026, 4, 14)
)
CONTENT = Content(LAWS, TOPICS, (*ENTRIES, DOUBTFUL, ENDED))


@pytest.fixture(scope="session")
def known(segmenter: object) -> Known:
    index: KnowledgeIndex = build(CONTENT.entries, segmenter=segmenter)  # type: ignore[arg-type]
    return Known(CONTENT, index)


@pytest.fixture
async def client(
    aiohttp_client: Callable[[web.Application], Awaitable[Client]],
    database: Database,
    clock: HandClock,
    known: Known,
) -> Client:
    return await aiohttp_client(pages(database, clock, lambda: known))


async def page(client: Client, path: str, status: int = 200, **query: str) -> str:
    answer = await client.get(path, params=query)
    text = await answer.text()
    assert answer.status == status, (answer.status, text[:1000])
    return re.sub(r"\s*\n\s*", "", text)


async def test_the_guide_lists_every_topic_with_its_count(client: Client) -> None:
    text = await page(client, "/h5/guide")
    assert re.search(r'href="/h5/guide/retail"><b>买菜称重</b>.*?4 条', text)
    assert re.search(r'href="/h5/guide/fuel"><b>加油加气</b>.*?1 条', text)


async def test_a_topic_lists_its_questions_and_keeps_old_rules_apart(client: Client) -> None:
    text = await page(client, "/h5/guide/retail")
    holding, _, ended = text.partition("旧规定下的解答 1 条")
    assert "/h5/guide/answers/doubtful" in holding
    assert "/h5/guide/answers/ended" in ended
    assert "/h5/guide/answers/ended" not in holding
    assert "没有这个栏目" in await page(client, "/h5/guide/nowhere", status=404)


async def test_an_answer_shows_conclusion_steps_sources_doubt_and_ways_on(client: Client) -> None:
    text = await page(client, "/h5/guide/answers/doubtful")
    assert (
        text.index("校准不能代替检定")
        < text.index("<li>看标志</li>")
        < text.index("《计量法实施细则》（2022年修订）第二十二条")
    )
    assert (
        '已于<time datetime="2022-03-28">2022年3月28日</time>失效，现行《计量法实施细则》（2022年修订）'
        in text
    )
    assert "请以检定规程和主管部门的答复为准" in text
    for step in ("回到微信对话，发送“我要投诉”", "/h5/merchants", "/h5/instruments", "tel:12315", "68一斤"):
        assert step in text
    assert "解答不在了" in await page(client, "/h5/guide/answers/unknown", status=404)


async def test_an_answer_of_an_old_rule_says_until_when_it_held(client: Client) -> None:
    text = await page(client, "/h5/guide/answers/ended")
    assert "只用于" in text
    assert "2026年4月14日" in text


async def test_an_answer_can_be_passed_on_without_scripts(client: Client) -> None:
    text = await page(client, "/h5/guide/answers/pump")
    address = "http://127.0.0.1:8080/h5/guide/answers/pump"
    assert f'<meta property="og:url" content="{address}">' in text
    assert '<meta property="og:title" content="加油机多久检定一次？">' in text
    assert '<meta property="og:description" content="燃油加油机的检定周期是六个月。">' in text
    assert f'<a href="{address}">{address}</a>' in text
    picture = re.search(r'og:image" content="http://127.0.0.1:8080/static/(share.png)\?v=', text)
    assert picture


async def test_a_shared_answer_never_carries_what_came_with_the_address(client: Client) -> None:
    text = await page(client, "/h5/guide/answers/pump", openid="secret", code="secret")
    assert "secret" not in text


async def test_the_search_answers_what_it_knows_with_the_law(client: Client) -> None:
    text = await page(client, "/h5/guide/search", q="加油机多久检一次")
    assert "燃油加油机的检定周期是六个月" in text
    assert "《中华人民共和国计量法》" in text
    assert "/h5/guide/answers/pump" in text


async def test_the_search_asks_back_where_the_question_is_vague(client: Client) -> None:
    text = await page(client, "/h5/guide/search", q="检定")
    assert "您是想问哪一个" in text
    assert 1 < text.count('<li><a href="/h5/guide/answers/') <= 3


async def test_the_search_says_what_it_does_not_know_and_where_to_go(client: Client) -> None:
    text = await page(client, "/h5/guide/search", q="量子纠缠的贝尔不等式")
    assert "这个我不知道，不敢乱答" in text
    assert "tel:12345" in text
    assert "tel:12315" in text
    assert "/h5/guide/retail" in text


async def test_the_search_sends_on_what_is_not_ours(client: Client) -> None:
    text = await page(client, "/h5/guide/search", q="买到假烟找谁")
    assert "这件事不归计量管" in text
    assert "12313" in text


@pytest.mark.parametrize("asked", ["", "   ", "\0", "<script>alert(1)</script>", "斤" * 800])
async def test_the_search_takes_whatever_is_typed(client: Client, asked: str) -> None:
    assert "<script>alert" not in await page(client, "/h5/guide/search", q=asked)


@pytest.mark.parametrize(
    "path", ["/h5/guide", "/h5/guide/retail", "/h5/guide/answers/doubtful", "/h5/guide/search?q=检定"]
)
async def test_a_page_with_all_it_loads_stays_under_sixty_kilobytes(client: Client, path: str) -> None:
    text = await (await client.get(path)).text()
    loaded = dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"?]+)', text))
    total = len(gzip.compress(text.encode()))
    for name in loaded:
        total += len(
            gzip.compress((await (await client.get("/static/" + name.split("/static/")[1])).read()) or b"")
        )
    assert len(loaded) > 5
    assert total < 60_000
