"""The index answers what it knows, asks back when it cannot tell, and admits the rest."""

import dataclasses
from datetime import date

import pytest

from core.text_words import Segmenter
from knowledge.rules.answers import AnswerKind, Reason
from knowledge.services.index import KnowledgeIndex, build
from tests.knowledge.conftest import ENTRIES, TODAY, entry


def first(index: KnowledgeIndex, text: str) -> str:
    return index.search(text, 1)[0].entry.id


@pytest.mark.parametrize(
    "typed", ["加油机多久检定一次", "加油機多久檢定一次？？", " 加油机 多久检定一次 ", "油枪几个月检一回"]
)
def test_a_known_phrasing_is_answered_at_once(index: KnowledgeIndex, typed: str) -> None:
    answer = index.answer(typed, on=TODAY)
    assert (answer.kind, answer.reason, answer.confidence) == (AnswerKind.ANSWER, Reason.EXACT, 1.0)
    assert answer.entry is not None
    assert answer.entry.id == "pump"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("加油站的加油机几个月要检定", "pump"),
        ("jiayouji多久检定", "pump"),
        ("加油鸡多久捡定一次", "pump"),
        ("計價器多久檢定", "taxi"),
        ("电子称多久检一次", "scale"),
        ("买菜短斤少两了咋整", "short"),
        ("我家水表走的太快了", "water"),
    ],
)
def test_what_people_really_type_finds_the_entry(index: KnowledgeIndex, typed: str, found: str) -> None:
    assert first(index, typed) == found


@pytest.mark.parametrize("typed", ["怎么做红烧肉", "帮我写首诗", "???", "", "asdfgh"])
def test_what_we_do_not_know_is_rejected(index: KnowledgeIndex, typed: str) -> None:
    answer = index.answer(typed, on=TODAY)
    assert answer.kind is AnswerKind.REJECT
    assert answer.entry is None


def test_what_others_answer_is_sent_on_with_its_entry(index: KnowledgeIndex) -> None:
    answer = index.answer("买到假烟找谁", on=TODAY)
    assert (answer.kind, answer.reason) == (AnswerKind.REJECT, Reason.NOT_OURS)
    assert answer.entry is not None
    assert answer.entry.id == "tobacco"


def test_one_word_is_asked_back_about_with_at_most_three_choices(index: KnowledgeIndex) -> None:
    answer = index.answer("检定", on=TODAY)
    assert answer.kind is AnswerKind.CLARIFY
    assert 1 <= len(answer.candidates) <= 3


def test_an_entry_is_not_offered_before_it_is_in_force(segmenter: Segmenter) -> None:
    old = dataclasses.replace(
        entry("old", "投诉后多久调解完？", answer="四十五个工作日内调解。"), valid_to=date(2026, 4, 14)
    )
    new = entry("new", "投诉以后调解要几天？", answer="六十日内调解。", since=date(2026, 4, 15))
    index = build((*ENTRIES, old, new), segmenter=segmenter)
    assert next(hit.entry.id for hit in index.search("投诉后多久调解完", on=TODAY)) == "new"
    assert next(hit.entry.id for hit in index.search("投诉后多久调解完", on=date(2026, 3, 1))) == "old"
    named = index.answer("2026年3月投诉后多久调解完", on=TODAY)
    offered = {hit.entry.id for hit in named.candidates} | ({named.entry.id} if named.entry else set())
    assert "new" not in offered
    assert "old" in offered


def test_the_trace_says_what_was_understood_and_measured(index: KnowledgeIndex) -> None:
    trace = index.answer("鬼秤怎么辦", on=TODAY).trace
    assert trace.normalised == "鬼秤怎么办"
    assert "作弊" in trace.added
    assert 0 <= trace.features["covered"] <= 1.01


def test_searching_twice_gives_the_same_answer(index: KnowledgeIndex) -> None:
    once, again = (index.answer("水表快不快", on=TODAY) for _ in range(2))
    assert once == again


def test_an_empty_index_knows_nothing(segmenter: Segmenter) -> None:
    index = build((), segmenter=segmenter)
    assert index.answer("加油机多久检定一次", on=TODAY).reason is Reason.EMPTY
