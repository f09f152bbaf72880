"""A legal text is cut where its articles begin, and nowhere else."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.articles import cut, find, items, take_apart

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


def test_an_order_without_articles_is_taken_apart_by_its_clauses() -> None:
    order = take_apart(
        "# 某命令\n\n现发布命令如下：\n\n一、用法定单位。\n\n二、延续到年底。\n\n自发布之日起生效。\n\n单位表\n\n(1)米；\n"
    )
    assert [(clause.number, clause.order) for clause in order.articles] == [
        ("一、", (1, 0)),
        ("二、", (2, 0)),
    ]
    assert order.articles[1].paragraphs == ("延续到年底。", "自发布之日起生效。")
    assert order.preamble == ("现发布命令如下：",)
    assert order.annex == ("单位表", "(1)米；")


def test_items_are_found_on_lines_of_their_own_and_inside_a_sentence() -> None:
    assert items("应当提供：\n（一）姓名；\n（二）诉求。") == ("（一）姓名；", "（二）诉求。")
    assert items("应当提供：（一）姓名；（二）诉求。没有的除外。") == (
        "（一）姓名；",
        "（二）诉求。没有的除外。",
    )
    assert items("依照前款第（二）项处理。") == ()


def test_a_heading_glued_to_an_article_is_the_next_ones_place_and_a_foot_line_is_left_out() -> None:
    text = take_apart("某办法\n第一条 甲。经营者第一节一般规定\n第二条 乙。附则\n第三条 丙。打印本页\n")
    assert [article.text for article in text.articles] == ["甲。", "乙。", "丙。"]
    assert [article.place for article in text.articles] == [(), ("经营者", "第一节 一般规定"), ("附则",)]
    assert [note.line for note in text.notes] == [2, 3, 4]


def test_what_is_annexed_belongs_to_no_article() -> None:
    text = take_apart("某办法\n第一条 甲。\n附表：\n第二条 表里的话。\n")
    assert [article.number for article in text.articles] == ["第一条"]
    assert text.annex == ("附表：", "第二条 表里的话。")


@given(st.text(max_size=300))
def test_taking_any_text_apart_loses_no_article_line(text: str) -> None:
    apart = take_apart(text)
    orders = [article.order for article in apart.articles]
    assert orders == sorted(set(orders))
    assert all(flaw.line >= 1 for flaw in (*apart.flaws, *apart.notes))


@given(st.lists(st.text("甲乙丙，", min_size=1, max_size=8), min_size=1, max_size=9))
def test_items_put_together_are_found_again(parts: list[str]) -> None:
    marks = "一二三四五六七八九"
    wanted = tuple(f"（{marks[at]}）{part}；" for at, part in enumerate(parts))
    assert items("下列情形：" + "".join(wanted)) == wanted
    assert items("下列情形：\n" + "\n".join(wanted)) == wanted
