"""The retrieval benchmark runs without peers, and its figures are what they say."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bench.knowledge import sets
from bench.knowledge.figures import auroc, hit, mrr, quantile
from knowledge.rules import confidence

ROOT = Path(__file__).parents[2]


def test_a_quick_run_prints_a_row_for_every_contender_at_home() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench", "knowledge", "--quick"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    for name in ("ours", "fts5", "rapidfuzz"):
        (row,) = (line for line in run.stdout.splitlines() if line.startswith(f"| {name} "))
        assert float(row.split("|")[4]) > 90


def test_hits_and_ranks_are_counted() -> None:
    assert hit([1, 3, 12], 1) == 1 / 3
    assert hit([1, 3, 12], 5) == 2 / 3
    assert mrr([1, 2, 12]) == 0.5
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=9), st.lists(st.integers(0, 4), min_size=1, max_size=9)
)
def test_the_bench_and_the_service_agree_on_auroc(inside: list[int], outside: list[int]) -> None:
    assert abs(auroc(inside, outside) - confidence.auroc(inside, outside)) < 1e-9


def test_a_made_corpus_holds_the_answer_of_every_question() -> None:
    corpus = sets.made(50)
    assert len({text for _, text in corpus.rows}) == 50
    assert all(one.right <= set(range(50)) for one in corpus.asked["clean"])
