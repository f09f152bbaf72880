"""What our answers cite exists: in the statutes at hand, or in the table of articles known second hand."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.readers.content import CONTENT, read_content
from knowledge.rules.articles import cut, find
from knowledge.rules.entries import Confidence, Entry, Law

TEXTS = Path(__file__).resolve().parents[2].parent / "shared" / "texts"
KNOWN: list[dict[str, Any]] = yaml.safe_load((CONTENT / "articles.yaml").read_text(encoding="utf-8"))

OURS = read_content()
CITED = {(cite.law, cite.article) for entry in OURS.entries for cite in entry.citations}
ELSEWHERE = "elsewhere"
PROCEDURE = ("complaint", "tipoff")


@cache
def numbers(name: str) -> frozenset[str]:
    articles = cut((TEXTS / name).read_text(encoding="utf-8"))
    return frozenset(article.number for article in articles)


def laws_with_text() -> list[Law]:
    return [law for law in OURS.laws.values() if law.text_file]


def begins(entry: Entry) -> dt.date:
    return entry.valid_from or dt.date.min


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the statutes in ../shared/texts are not here")
@pytest.mark.parametrize("law", laws_with_text(), ids=lambda law: law.id)
def test_a_cited_article_stands_in_the_statute(law: Law) -> None:
    assert law.text_file
    cited = {article for of, article in CITED if of == law.id and article}
    assert sorted(cited - numbers(law.text_file)) == []


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the statutes in ../shared/texts are not here")
def test_a_number_no_statute_has_is_noticed() -> None:
    articles = cut((TEXTS / "01_计量法_2018.md").read_text(encoding="utf-8"))
    assert find(articles, "第三十四条") is not None
    assert find(articles, "第三十五条") is None


def test_a_cited_article_of_a_text_not_at_hand_stands_in_our_table() -> None:
    known = {(row["law"], row["article"]) for row in KNOWN}
    absent = {law.id for law in OURS.laws.values() if not law.text_file}
    cited = {(law, article) for law, article in CITED if law in absent and article}
    assert sorted(cited - known) == []


def test_the_table_of_articles_is_complete_and_says_nothing_twice() -> None:
    places = [(row["law"], row["article"]) for row in KNOWN]
    assert len(places) == len(set(places))
    for row in KNOWN:
        assert set(row) == {"law", "article", "says", "confidence"}
        assert OURS.laws[row["law"]].text_file is None
        assert row["confidence"] in set(Confidence)
        assert row["says"]


def test_cited_articles_are_written_one_way() -> None:
    pattern = re.compile(r"第[一二三四五六七八九十百]+条(之[一二三四五六七八九十]+)?|附表[1-9]|附件[1-9]")
    assert [(law, article) for law, article in CITED if article and not pattern.fullmatch(article)] == []


def test_only_what_is_not_ours_may_go_without_a_law() -> None:
    assert [e.id for e in OURS.entries if not e.citations and e.topic != ELSEWHERE] == []


def test_a_sure_answer_cites_nothing_unconfirmed() -> None:
    unsure = {(row["law"], row["article"]) for row in KNOWN if row["confidence"] == Confidence.C}
    bold = [
        entry.id
        for entry in OURS.entries
        if entry.confidence is Confidence.A
        and any((cite.law, cite.article) in unsure for cite in entry.citations)
    ]
    assert bold == []


def test_procedure_is_never_cited_from_before_it_was_in_force() -> None:
    """A complaint of March 2026 meets Order 20, so nothing of Order 121 may be valid that early."""
    early = [
        (entry.id, cite.law)
        for entry in OURS.entries
        if entry.topic in PROCEDURE
        for cite in entry.citations
        if begins(entry) < (OURS.laws[cite.law].valid_from or dt.date.min)
    ]
    assert early == []


@pytest.mark.parametrize("day", [dt.date(2026, 3, 15), dt.date(2026, 11, 25)])
def test_order_20_and_order_121_never_answer_on_the_same_day(day: dt.date) -> None:
    in_force = [entry for entry in OURS.entries if entry.topic in PROCEDURE and entry.in_force(day)]
    cited = {cite.law for entry in in_force for cite in entry.citations}
    assert ("order-20" in cited, "order-121" in cited) == (day.month == 3, day.month == 11)
