"""The bench says why: what was understood, which day counts, what was measured and where the confidence falls."""

from datetime import date

import pytest

from knowledge.rules.answers import AnswerKind, Reason
from knowledge.rules.confidence import FEATURES
from knowledge.services.bench import explain
from knowledge.services.index import KnowledgeIndex
from knowledge.web.console_bench import FEATURE_NAMES, KINDS, REASONS
from tests.knowledge.conftest import TODAY


def test_a_question_is_explained_down_to_the_sum_behind_its_confidence(index: KnowledgeIndex) -> None:
    found = explain(index, "加油机多久检一次", on=TODAY)
    assert found.answer.kind is AnswerKind.ANSWER
    assert found.candidates[0].hit.entry.id == "pump"
    assert found.candidates[0].share == pytest.approx(1)
    assert all(one.share <= 1 for one in found.candidates)
    total = found.constant + sum(one.adds for one in found.measures)
    assert (total > 0) == (found.answer.confidence > 0.5)
    assert found.place > 200 / 3
    assert (found.subjects, found.ours) == (("加油机",), True)


def test_the_place_on_the_line_agrees_with_the_decision(index: KnowledgeIndex) -> None:
    for text, third in (("量子纠缠的贝尔不等式", 0), ("加油机多久检一次", 2)):
        found = explain(index, text, on=TODAY)
        assert int(min(found.place, 99.9) // (100 / 3)) == third, text


def test_the_day_a_question_names_is_the_day_that_counts(index: KnowledgeIndex) -> None:
    assert explain(index, "2025年3月加油机多久检一次", on=TODAY).day == date(2025, 3, 1)
    assert explain(index, "按20号令加油机多久检一次", on=TODAY).day is None
    assert explain(index, "加油机多久检一次", on=TODAY).day == TODAY


def test_a_question_met_word_for_word_needs_no_sum(index: KnowledgeIndex) -> None:
    found = explain(index, "加油机多久检定一次", on=TODAY)
    assert found.measures == ()
    assert found.place == pytest.approx(100)


def test_nothing_found_is_explained_too(index: KnowledgeIndex) -> None:
    found = explain(index, "？？", on=TODAY)
    assert found.answer.kind is AnswerKind.REJECT
    assert found.place == 0


def test_every_feature_and_reason_has_words_an_editor_reads() -> None:
    assert set(FEATURE_NAMES) == set(FEATURES)
    assert set(REASONS) == set(Reason)
    assert set(KINDS) == set(AnswerKind)
