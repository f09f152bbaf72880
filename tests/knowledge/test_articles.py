"""A legal text is cut where its articles begin, and nowhere else."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.articles import cut, find

TEXTS = Path(__file__).parents[3] / "shared" / "texts"
SAMPLE = """# 某条例

2020年公布

## 第一章　总则

第一条　为了规范，制定本条例。

第二条　计量活动应当遵守本条例。

本条例所称计量活动，是指：

（一）使用计量单位；

（二）计量检定。

### 第一节 一般规定

**第三条** 违反
第二条规定的，责令改正。

第三条之一 前款所列情形从重。

## 第二章 附则

第四条 本条例自公布之日起施行。
"""


def test_articles_keep_number_place_and_paragraphs() -> None:
    articles = cut(SAMPLE)
    assert [article.number for article in articles] == ["第一条", "第二条", "第三条", "第三条之一", "第四条"]
    assert articles[1].paragraphs == (
        "计量活动应当遵守本条例。",
        "本条例所称计量活动，是指：\n（一）使用计量单位；\n（二）计量检定。",
    )
    assert articles[2].place == ("第一章 总则", "第一节 一般规定")
    assert articles[4].place == ("第二章 附则",)


def test_a_reference_at_the_start_of_a_line_opens_nothing() -> None:
    third = cut(SAMPLE)[2]
    assert "第二条规定的，责令改正。" in third.text


@pytest.mark.parametrize(
    ("asked", "number"),
    [("第三条", "第三条"), ("第3条", "第三条"), ("第三条之一", "第三条之一"), ("４", "第四条")],
)
def test_an_article_is_found_as_printed_or_by_digits(asked: str, number: str) -> None:
    found = find(cut(SAMPLE), asked)
    assert found is not None
    assert found.number == number


def test_what_is_no_article_is_not_found() -> None:
    assert find(cut(SAMPLE), "第九十条") is None
    assert find(cut(SAMPLE), "附则") is None
    assert cut("没有条文的命令。") == []


@given(st.text(max_size=200))
def test_any_text_is_cut_without_failing_and_in_order(text: str) -> None:
    orders = [article.order for article in cut(text)]
    assert orders == sorted(set(orders))


@pytest.mark.skipif(not TEXTS.exists(), reason="the statutes are not beside the project")
def test_every_statute_at_hand_gives_as_many_articles_as_it_has() -> None:
    listed = json.loads((TEXTS / "index.json").read_text(encoding="utf-8"))["items"]
    counted = {item["file"]: len(cut((TEXTS / item["file"]).read_text(encoding="utf-8"))) for item in listed}
    assert counted == {item["file"]: item["articles"] for item in listed}
