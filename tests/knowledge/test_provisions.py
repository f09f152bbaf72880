"""Articles are offered only where they are near enough, in force, and binding where we are."""

import json
from datetime import date
from pathlib import Path

import pytest

from core.text_words import Segmenter
from knowledge.readers.content import read_content
from knowledge.readers.statute import read_statute
from knowledge.rules.entries import Level
from knowledge.services.provisions import Provisions, build
from tests.knowledge.statutes import MARKET, SHARED, written

TODAY = date(2026, 11, 25)
ELSEWHERE = MARKET.replace("集市衡器规定", "远方市集市衡器条例").replace(
    "山海省市场监督管理局令第3号公布", "远方市第三届人民代表大会通过"
)


def shelf(folder: Path, segmenter: Segmenter) -> Provisions:
    held = [read_statute(path, ()).statute for path in sorted(folder.glob("*.md"))]
    return build(held, region="山海省", segmenter=segmenter)


def test_a_near_article_is_offered_and_a_far_question_is_not(tmp_path: Path, segmenter: Segmenter) -> None:
    found = shelf(written(tmp_path, a=MARKET), segmenter)
    (first, *_) = found.related("市场主办者应当设置公平秤吗", on=TODAY)
    assert first.article.number == "第一条"
    assert found.related("今天天气怎么样", on=TODAY) == ()
    assert found.related("", on=TODAY) == ()


def test_only_what_is_in_force_on_the_day_is_offered(tmp_path: Path, segmenter: Segmenter) -> None:
    found = shelf(written(tmp_path, a=MARKET), segmenter)
    assert found.related("市场主办者应当设置公平秤吗", on=date(2015, 2, 28)) == ()
    assert found.related("2014年市场主办者应当设置公平秤吗", on=TODAY) == ()


def test_local_law_of_another_place_is_not_offered(tmp_path: Path, segmenter: Segmenter) -> None:
    written(tmp_path, a=ELSEWHERE)
    assert read_statute(tmp_path / "a.md", ()).statute.level is Level.LOCAL
    assert shelf(tmp_path, segmenter).held == ()


@pytest.fixture(scope="module")
def everything(segmenter: Segmenter) -> Provisions:
    laws = read_content().laws.values()
    held = [read_statute(path, laws).statute for path in sorted(SHARED.glob("*.md"))]
    return build(held, region="山东省", segmenter=segmenter)


@pytest.mark.skipif(not SHARED.exists(), reason="the statutes are not beside the project")
@pytest.mark.parametrize(
    ("question", "law", "number"),
    [
        ("计量标准器具的考核", "计量法", "第八条"),
        ("团体标准谁制定", "山东省标准化条例", "第十七条"),
        ("食品召回", "食品安全法", "第六十三条"),
        ("互联网广告一键关闭", "互联网广告管理办法", "第十条"),
    ],
)
def test_questions_about_the_statutes_at_hand_find_their_article(
    everything: Provisions, question: str, law: str, number: str
) -> None:
    found = everything.related(question, on=TODAY)
    assert (law, number) in [(one.statute.short, one.article.number) for one in found]


@pytest.mark.skipif(not SHARED.exists(), reason="the statutes are not beside the project")
def test_hardly_any_question_from_elsewhere_is_offered_an_article(everything: Provisions) -> None:
    paths = [SHARED.parent / "eval" / name / "ood.jsonl" for name in ("faq_lcqmc", "faq_lecoqa")]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [json.loads(line)["text"] for line in lines]
    offered = [text for text in asked if everything.related(text, on=TODAY)]
    assert len(offered) <= len(asked) / 100, offered
