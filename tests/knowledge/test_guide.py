"""The guide lays entries out for readers: shelves, sources in force, steps."""

import dataclasses
from datetime import date

from knowledge.rules import guide
from knowledge.rules.articles import cut
from knowledge.rules.entries import Audience, Citation, Confidence, Content, Law, Level, Topic
from knowledge.rules.guide import Standing
from knowledge.rules.library import Library
from knowledge.rules.statutes import Statute
from tests.knowledge.conftest import TODAY, entry

OLD = Law(
    "old",
    "旧办法",
    "旧办法",
    "令第20号",
    date(2020, 1, 1),
    date(2026, 4, 14),
    "new",
    Level.RULE,
    Confidence.A,
    None,
)
NEW = Law(
    "new", "新办法", "新办法", "令第121号", date(2026, 4, 15), None, None, Level.RULE, Confidence.A, None
)
BOOKS = Library(laws={"old": OLD, "new": NEW})
TOPICS = (Topic("retail", "买菜称重", "缺斤少两", 1), Topic("fuel", "加油", "加油机", 2))


def test_a_shelf_counts_what_holds_and_keeps_what_ended_apart() -> None:
    holds = entry("holds", "秤准不准？")
    sold = dataclasses.replace(entry("sold", "怎么登记？"), audience=Audience.MERCHANT)
    ended = dataclasses.replace(entry("ended", "以前几天？"), valid_to=date(2026, 4, 14))
    coming = entry("coming", "明年几天？", since=date(2027, 1, 1))
    shelf = guide.shelf(Content({}, TOPICS, (holds, sold, ended, coming)), "retail", on=TODAY)
    assert shelf is not None
    assert (shelf.general, shelf.merchants, shelf.ended, shelf.count) == ((holds,), (sold,), (ended,), 2)


def test_a_topic_without_entries_is_not_shown() -> None:
    content = Content({}, TOPICS, (entry("holds", "秤准不准？"),))
    assert [shelf.topic.id for shelf in guide.shelves(content, on=TODAY)] == ["retail"]
    assert guide.shelf(content, "nothing", on=TODAY) is None


def test_a_source_names_its_law_once_and_says_what_took_its_place() -> None:
    cited = (Citation("old", "第二条"), Citation("new", None), Citation("old", "第九条"))
    first, second = guide.sources(dataclasses.replace(entry("e", "几天？"), citations=cited), BOOKS, on=TODAY)
    assert [one.number for one in first.articles] == ["第二条", "第九条"]
    assert (first.standing, first.successor) == (Standing.ENDED, NEW)
    assert (second.articles, second.standing, second.successor) == ((), Standing.HOLDS, None)
    before = guide.sources(
        dataclasses.replace(entry("e", "几天？"), citations=cited), BOOKS, on=date(2026, 4, 14)
    )
    assert [source.standing for source in before] == [Standing.HOLDS, Standing.COMING]
    assert before[0].successor is None


def test_a_cited_article_leads_to_its_text_and_one_that_is_not_there_is_named() -> None:
    text = Statute(
        "new", "新办法", "新办法", "令第121号", Level.RULE, None, None, None, Confidence.A,
        articles=tuple(cut("第一条 甲。\n第二条 乙。")),
    )  # fmt: skip
    cited = (Citation("new", "第二条"), Citation("new", "第九条"), Citation("new", "附表1"))
    (source,) = guide.sources(
        dataclasses.replace(entry("e", "几天？"), citations=cited),
        dataclasses.replace(BOOKS, statutes=(text,)),
        on=TODAY,
    )
    assert source.readable
    assert [bool(one.anchor) for one in source.articles] == [True, False, False]
    assert source.missing == ("第九条",)


def test_numbered_lines_become_steps_and_the_rest_stays_sentences() -> None:
    found = guide.blocks("先看秤。\n1. 拍照\n2、复秤\n\n2025年起施行。")
    assert [(block.steps, block.lines) for block in found] == [
        (False, ("先看秤。",)),
        (True, ("拍照", "复秤")),
        (False, ("2025年起施行。",)),
    ]
    assert guide.blocks(" \n ") == ()
