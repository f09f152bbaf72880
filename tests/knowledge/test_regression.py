"""The regression questions that come with the program: about entries there are, and mostly answered right."""

import json
from collections import Counter
from pathlib import Path

import pytest

from core.text import key
from core.text_words import Segmenter
from knowledge.errors import ContentInvalid
from knowledge.readers.regression import read_regression
from knowledge.readers.shipped import Shipped, read_shipped
from knowledge.rules.regression import RegressionKind, Report, Score, Series, right
from knowledge.services.index import build
from tests.architecture.places import ROOT
from tests.knowledge.conftest import TODAY

ASKED_BY_CITIZENS = ROOT.parent / "shared" / "eval" / "citizen_questions.jsonl"


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    return read_shipped()


def test_they_ask_for_entries_there_are_and_once_each(shipped: Shipped) -> None:
    known = {entry.id for entry in shipped.content.entries}
    assert {one.entry_id for one in shipped.expectations} - {""} <= known
    counted = Counter(key(one.text) for one in shipped.expectations)
    assert [text for text, times in counted.items() if times > 1] == []
    assert len(shipped.expectations) >= 100
    assert sum(one.kind is RegressionKind.REJECT for one in shipped.expectations) >= 10


def test_none_is_a_phrasing_of_ours_or_of_the_evaluation(shipped: Shipped) -> None:
    ours = {key(phrasing) for entry in shipped.content.entries for phrasing in entry.phrasings}
    asked = {key(one.text) for one in shipped.expectations}
    assert asked & ours == set()
    if not ASKED_BY_CITIZENS.exists():
        pytest.skip("the evaluation questions are not here")
    lines = ASKED_BY_CITIZENS.read_text(encoding="utf-8").splitlines()
    assert asked & {key(json.loads(line)["question"]) for line in lines if line} == set()


def test_most_come_out_right(shipped: Shipped, segmenter: Segmenter) -> None:
    index = build(shipped.content.entries, segmenter=segmenter)
    wrong = [one.text for one in shipped.expectations if not right(index.answer(one.text, on=TODAY), one)]
    assert len(wrong) <= len(shipped.expectations) // 5, wrong


def test_a_file_that_breaks_the_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regression.yaml"
    path.write_text("- {answer: pump}\n", encoding="utf-8")
    with pytest.raises(ContentInvalid, match=r"regression\.yaml"):
        read_regression(path)


def test_a_score_is_worse_beyond_its_slack() -> None:
    assert Score(Series.QUESTIONS, 10, 9, 8).worse
    assert not Score(Series.PHRASINGS, 1000, 950, 947, slack=3).worse
    assert Score(Series.PHRASINGS, 1000, 950, 946, slack=3).worse


def test_a_report_is_read_back_as_it_was_kept() -> None:
    report = Report(TODAY, (Score(Series.EDITED, 3, 3, 2),), (), (), ("新问法",))
    assert Report.from_json(json.loads(json.dumps(report.as_json()))) == report
