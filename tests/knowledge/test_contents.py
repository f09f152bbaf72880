"""A statute is laid out by its headings, and words are set off without changing the text."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.articles import Article, take_apart
from knowledge.rules.contents import Heading, holding, pieces, sections
from tests.knowledge.statutes import FINAL, OLD


def test_headings_stand_where_they_begin_and_once() -> None:
    text = "某法\n第一章 总则\n第一条 甲。\n第二章 分则\n第一节 一般\n第二条 乙。\n第三条 丙。\n第二节 特别\n第四条 丁。\n第三章 附则\n第五条 戊。\n"
    found = sections(take_apart(text).articles)
    assert [section.headings for section in found] == [
        (Heading(0, "第一章 总则"),),
        (Heading(0, "第二章 分则"), Heading(1, "第一节 一般")),
        (Heading(1, "第二节 特别"),),
        (Heading(0, "第三章 附则"),),
    ]
    assert [section.span for section in found] == ["第一条", "第2—3条", "第四条", "第五条"]


def test_a_long_text_without_headings_is_cut_into_tens() -> None:
    articles = [Article(f"第{n}条", (n, 0), (), ("甲。",)) for n in range(1, 26)]
    assert [section.span for section in sections(articles)] == ["第1—10条", "第11—20条", "第21—25条"]
    assert len(sections(take_apart(FINAL).articles)) == 1
    assert sections(()) == ()


def test_only_articles_that_hold_the_words_are_left() -> None:
    assert [one.number for one in holding(take_apart(OLD).articles, "天平")] == ["第二条"]


@given(st.text("甲乙丙\n", max_size=40), st.text("甲乙", max_size=3))
def test_pieces_put_together_are_the_text(text: str, words: str) -> None:
    found = pieces(text, words)
    assert "".join(piece.text for piece in found) == text
    assert all(
        (piece.text == words) if piece.hit else (not words or words not in piece.text) for piece in found
    )
