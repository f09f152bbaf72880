"""Confidence is fitted, saved and read back; rejection is measured as a chance."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.confidence import FEATURES, Shape, auroc, fit, load_judge, saved


def test_fitting_separates_what_can_be_separated(tmp_path: Path) -> None:
    rows = [[n / 10] * len(FEATURES) for n in range(20)]
    judge = fit(rows, [n >= 10 for n in range(20)])
    assert judge.sure(rows[0]) < 0.2 < 0.8 < judge.sure(rows[-1])
    path = tmp_path / "confidence.json"
    path.write_text(saved(dict.fromkeys(Shape, judge)))
    assert abs(load_judge(Shape.BOTH, path).sure(rows[5]) - judge.sure(rows[5])) < 1e-3


def test_the_shipped_coefficients_name_every_feature() -> None:
    for shape in Shape:
        assert len(load_judge(shape).weights) == len(FEATURES)
    shipped = json.loads((Path(__file__).parents[2] / "knowledge/rules/confidence.json").read_text())
    assert set(shipped) == set(Shape)


def test_auroc_is_one_when_all_are_above_and_half_when_alike() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5, 0.5], [0.5]) == 0.5


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=8), st.lists(st.integers(0, 5), min_size=1, max_size=8)
)
def test_auroc_counts_pairs(inside: list[int], outside: list[int]) -> None:
    wins = sum((a > b) + (a == b) / 2 for a in inside for b in outside)
    assert abs(auroc(inside, outside) - wins / len(inside) / len(outside)) < 1e-9
