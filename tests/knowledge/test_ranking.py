"""Postings and shelves give BM25's figures, fast paths and slow paths alike."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.text import normalise
from core.text_words import Segmenter
from knowledge.rules.postings import stack, weigh
from knowledge.rules.ranking import Document, arrange, repetition, top
from knowledge.rules.shelf import FOR_QUESTIONS, FOR_TEXTS, Query, weights_for


def test_an_impact_is_what_bm25_says() -> None:
    rows = np.array([0, 0, 0, 1, 1])
    terms = np.array([0, 0, 1, 1, 2])
    cells = weigh(terms, rows, size=2, vocabulary=3)
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2.5))
    assert math.isclose(float(cells.impacts[0]), expected, rel_tol=1e-6)


@given(
    st.lists(st.lists(st.integers(0, 6), max_size=8), min_size=1, max_size=6),
    st.lists(st.integers(0, 6), max_size=6),
)
def test_gathering_by_term_and_judging_by_row_agree(texts: list[list[int]], asked: list[int]) -> None:
    rows = np.array([row for row, text in enumerate(texts) for _ in text], dtype=np.int64)
    terms = np.array([term for text in texts for term in text], dtype=np.int64)
    cells = weigh(terms, rows, size=len(texts), vocabulary=7)
    total = np.zeros(len(texts), dtype=np.float32)
    cells.by_term().add(total, asked)
    weights = np.bincount(np.array(asked, dtype=np.int64), minlength=7).astype(np.float32)
    judged = cells.by_row().judge(np.arange(len(texts)), weights)
    np.testing.assert_allclose(total, judged, rtol=1e-4, atol=1e-4)


def test_stacked_fields_keep_their_own_terms_and_weights() -> None:
    one = weigh(np.array([0]), np.array([0]), size=2, vocabulary=1)
    both = stack(((one, 1.0), (one, 0.5))).by_term()
    total = np.zeros(2, dtype=np.float32)
    both.add(total, [1])
    assert math.isclose(float(total[0]), float(one.impacts[0]) / 2, rel_tol=1e-6)
    assert total[1] == 0


@given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 10))
def test_top_finds_what_sorting_finds(values: list[int], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    found = sorted(top(scores, k).tolist())
    positive = [i for i in range(len(values)) if values[i] > 0]
    assert found == sorted(sorted(positive, key=lambda i: (-values[i], i))[:k])


def test_weights_move_from_questions_to_texts_with_length() -> None:
    assert weights_for(8) == FOR_QUESTIONS
    assert weights_for(400) == FOR_TEXTS
    assert FOR_TEXTS.pairs > weights_for(48).pairs > FOR_QUESTIONS.pairs


def test_headings_that_repeat_one_another_are_told_from_those_that_do_not() -> None:
    assert repetition([f"中华人民共和国计量法第{n}条" for n in range(40)]) > 0.5
    assert repetition(["加油机检定", "水表轮换", "缺斤短两", "出租车打表"]) < 0.3


def test_the_nearest_phrasing_and_the_text_both_count(segmenter: Segmenter) -> None:
    documents = [
        Document(("水表几年换一次", "家里水表到期"), "居民水表到期轮换，由供水企业负责。"),
        Document(("天然气走字快",), "燃气表由燃气企业更换。"),
        Document(("公平秤在哪里",), "市场入口应当设公平秤。"),
    ]
    ranker = arrange(documents, segmenter.search_words)
    found = ranker.rank(Query.of(normalise("水表到期谁来换"), segmenter.search_words))
    assert found.ranked[0].position == 0
    assert ranker.owners[found.ranked[0].row] == 0


def test_a_shelf_of_questions_alone_finds_a_paraphrase(segmenter: Segmenter) -> None:
    ranker = arrange(
        [Document((text,), text) for text in ("怎么学英语", "怎么学游泳", "英语怎么说")],
        segmenter.search_words,
    )
    assert ranker.told is None
    assert ranker.rank(Query.of("学英语怎么学", segmenter.search_words)).ranked[0].position == 0
