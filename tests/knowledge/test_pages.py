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
from core.text_words import Segmenter
from core.work import SYSTEM
from knowledge.queries import votes
from knowledge.rules.articles import cut
from knowledge.rules.entries import Citation, Confidence, Content, Law, Level, NextStep, Topic
from knowledge.rules.library import library_of
from knowledge.rules.questions import Asked
from knowledge.rules.statutes import Statute
from knowledge.services import asking, provisions
from knowledge.services.index import KnowledgeIndex, build
from knowledge.services.known import Known
from knowledge.web.keys import Texts
from tests.fakes import HandClock
from tests.knowledge.conftest import ENTRIES, entry
from tests.knowledge.desk import Desk
from tests.knowledge.door import pages
from tests.knowledge.office import opened

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
ARTICLES = """第二十一条 伪造、盗用、倒卖强制检定印证的，没收其非法检定印证。
第二十二条 使用不合格的计量器具给国家和消费者造成损失的，责令赔偿损失。
第二十三条 计量检定人员有伪造检定数据行为的，给予行政处分。"""
CONTENT = Content(LAWS, TOPICS, (*ENTRIES, DOUBTFUL, ENDED))


@pytest.fixture(scope="session")
def known(segmenter: object) -> Known:
    index: KnowledgeIndex = build(CONTENT.entries, segmenter=segmenter)  # type: ignore[arg-type]
    return Known(CONTENT, index)


@pytest.fixture(scope="session")
def texts(segmenter: Segmenter) -> Texts:
    """Return one statute to read, with what finds its articles."""
    text = Statute(
        code="rules", title="计量法实施细则", short="实施细则", number="2022年修订", level=Level.REGULATION,
        valid_from=date(2022, 3, 29), valid_to=None, superseded_by=None, confidence=Confidence.A,
        articles=tuple(cut(ARTICLES)),
    )  # fmt: skip
    library = library_of([text], LAWS, {})
    found = provisions.build([text], region="山东省", segmenter=segmenter)
    return Texts(lambda: library, lambda: found)


@pytest.fixture
def asked() -> list[Asked]:
    return []


@pytest.fixture
async def client(
    aiohttp_client: Callable[[web.Application], Awaitable[Client]],
    database: Database,
    clock: HandClock,
    known: Known,
    texts: Texts,
    asked: list[Asked],
) -> Client:
    return await aiohttp_client(pages(database, clock, lambda: known, texts=texts, noted=asked))


async def page(client: Client, path: str, status: int = 200, **query: str) -> str:
    answer = await client.get(path, params=query)
    text = await answer.text()
    assert answer.status == status, (answer.status, text[:1000])
    return re.sub(r"\s*\n\s*", "", text)


async def test_the_guide_lists_every_topic_with_its_count(client: Client) -> None:
    text = await page(client, "/h5/guide")
    assert re.search(r'href="/h5/guide/retail"><b>买菜称重</b>.*?4 条', text)
    assert re.search(r'href="/h5/guide/fuel"><b>加油加气</b>.*?1 条', text)


async def test_what_many_ask_stands_first_once_there_is_enough(
    client: Client, database: Database, clock: HandClock
) -> None:
    kept = [
        Asked(clock.now(), name, "answer", name, 0.9) for name in ("pump", "pump", "taxi", "ended", "gone")
    ]
    await database.work(SYSTEM, asking.keep, questions=kept)
    assert "最近问得多的" not in await page(client, "/h5/guide")
    await database.work(SYSTEM, asking.keep, questions=[Asked(clock.now(), "x", "answer", "scale", 0.9)])
    text = await page(client, "/h5/guide")
    hot = text[text.index("最近问得多的") : text.index("按栏目看")]
    assert re.findall(r"/h5/guide/answers/(\w+)", hot) == ["pump", "scale", "taxi"]


async def test_a_topic_lists_its_questions_and_keeps_old_rules_apart(client: Client) -> None:
    text = await page(client, "/h5/guide/retail")
    holding, _, ended = text.partition("旧规定下的解答 1 条")
    assert "/h5/guide/answers/doubtful" in holding
    assert "/h5/guide/answers/ended" in ended
    assert "/h5/guide/answers/ended" not in holding
    assert "没有这个栏目" in await page(client, "/h5/guide/nowhere", status=404)


async def test_an_answer_shows_conclusion_steps_sources_doubt_and_ways_on(client: Client) -> None:
    text = await page(client, "/h5/guide/answers/doubtful")
    assert text.index("校准不能代替检定") < text.index("<li>看标志</li>") < text.index("依据</h2>")
    words = re.sub(r"<[^>]+>", "", text)
    assert "《计量法实施细则》（2022年修订）第二十二条" in words
    assert "已于2022年3月28日失效，现行《计量法实施细则》（2022年修订）" in words
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


@pytest.mark.parametrize(
    "typed", ["", "   ", "\0", "<script>alert(1)</script>", "斤" * 800, "第1条" * 9, "计量法第九条"]
)
async def test_the_search_takes_whatever_is_typed(client: Client, typed: str) -> None:
    assert "<script>alert" not in await page(client, "/h5/guide/search", q=typed)


async def test_an_article_that_we_have_is_one_tap_away(client: Client) -> None:
    text = await page(client, "/h5/guide/answers/doubtful")
    assert re.search(
        r'<a href="/h5/laws/rules">计量法实施细则</a>》（2022年修订）<a href="/h5/laws/rules#[^"]+">', text
    )
    assert "/h5/laws/old" not in text
    text = await page(client, "/h5/guide/search", q="实施细则第二十二条")
    assert "<h1>实施细则第二十二条</h1>" in text
    assert "责令赔偿损失" in text


async def test_where_no_answer_fits_articles_are_offered_and_said_to_be_none(client: Client) -> None:
    text = await page(client, "/h5/guide/search", q="伪造检定数据给什么行政处分")
    assert "相关条文，供您选看，不是答案" in text
    assert "第二十三条" in text
    assert "相关条文" not in await page(client, "/h5/guide/search", q="量子纠缠的贝尔不等式")


async def test_what_is_asked_here_is_kept_for_the_editors_as_in_chat(
    client: Client, asked: list[Asked]
) -> None:
    await page(client, "/h5/guide/search", q="量子纠缠的贝尔不等式")
    text = await page(client, "/h5/guide/search", q="检定")
    chosen = re.search(r'href="(/h5/guide/answers/[^"?]+)\?asked=[^"]+"', text)
    assert chosen
    await page(client, chosen[1], asked="检定")
    assert [(one.text, one.kind) for one in asked[:2]] == [
        ("量子纠缠的贝尔不等式", "reject"),
        ("检定", "clarify"),
    ]
    assert (asked[2].kind, asked[2].chosen_for) == ("answer", "检定")


async def test_a_reader_votes_once_a_day_and_may_say_why(desk: Desk, segmenter: Segmenter) -> None:
    async with opened(desk, segmenter) as sign_in:
        reader = await sign_in("li")
        await reader.reads("/h5/guide/answers/pump")
        text = await reader.sends("/h5/guide/answers/pump/vote", status=200, useful="no")
        assert "哪里不好" in text
        await reader.sends("/h5/guide/answers/pump/vote", reason="other", words="看不懂，电话13812345678")
        text = await reader.sends("/h5/guide/answers/pump/vote", useful="no", status=200)
        await reader.reads("/h5/guide/answers/pump")
        tally = desk.sees(votes.tallies, item_ids=["pump"])["pump"]
        assert (tally.useful, tally.useless) == (0, 1)
        assert "13812345678" not in desk.sees(votes.words, item_id="pump")[0].words
        await reader.reads("/h5/guide/answers/pump")
        assert "谢谢，记下了" in await reader.sends("/h5/guide/answers/pump/vote", useful="yes")
        assert desk.sees(votes.tallies, item_ids=["pump"])["pump"].useful == 1


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
