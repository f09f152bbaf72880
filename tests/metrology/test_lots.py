"""The lot test: the worked samples, the plans, and what nobody has read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.grammar import QuantityError
from metrology.lots import LotResult, judge_lot, lots_tested_with, sampling_law
from metrology.outcomes import Outcome
from metrology.prepackaged import Kind

NOW = date(2026, 11, 25)
UNDER_2005 = date(2024, 6, 1)
SAMPLES = {
    "A": "498.6 501.2 499.4 497.9 500.8 502.1 496.5 499.9 498.2 500.4",
    "B": "495.2 496.1 494.8 495.5 496.4 495.0 494.6 495.9 496.0 495.3",
    "C": "501 500.5 502 499.8 501.2 500.9 484.0 500.2 501.5 500.1",
}


def judged(values: str, *, lot: int = 30, on: date = UNDER_2005) -> LotResult:
    return judge_lot(Kind.MASS, Decimal(500), [Decimal(one) for one in values.split()], lot=lot, on=on)


@pytest.mark.parametrize(
    ("name", "mean", "deviation", "least", "above_t", "mean_passes", "counts_pass"),
    [
        ("A", "499.50", "1.7120", "498.240", 0, True, True),
        ("B", "495.48", "0.6015", "499.382", 0, False, True),
        ("C", "499.12", "5.3551", "494.495", 1, True, False),
    ],
)
def test_the_worked_samples(
    name: str,
    mean: str,
    deviation: str,
    least: str,
    above_t: int,
    mean_passes: bool,
    counts_pass: bool,
) -> None:
    found = judged(SAMPLES[name])
    assert (found.mean, round(found.deviation, 4)) == (Decimal(mean), Decimal(deviation))
    assert found.least_mean is not None
    assert round(found.least_mean, 3) == Decimal(least)
    assert (found.above_t, found.above_2t, found.allowed) == (above_t, 0, Decimal(15))
    assert (found.mean_passes, found.counts_pass) == (mean_passes, counts_pass)
    assert found.outcome is (Outcome.WITHIN if mean_passes and counts_pass else Outcome.OVER)


def test_the_edition_nobody_has_read_gives_the_same_figures_and_concludes_nothing() -> None:
    then, now = judged(SAMPLES["B"]), judged(SAMPLES["B"], on=NOW)
    assert (now.mean, now.least_mean, now.mean_passes) == (then.mean, then.least_mean, False)
    assert now.outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("lot", "sample", "factor", "above_t"),
    [
        (10, 10, None, 0), (11, 10, "1.028", 0), (50, 10, "1.028", 0), (51, 13, "0.848", 1), (99, 13, "0.848", 1),
        (100, 50, "0.379", 3), (500, 50, "0.379", 3), (501, 80, "0.295", 5), (3200, 80, "0.295", 5),
        (3201, 125, "0.234", 7),
    ],
)  # fmt: skip
def test_the_plans_at_their_edges(lot: int, sample: int, factor: str | None, above_t: int) -> None:
    found = judge_lot(Kind.MASS, Decimal(500), [Decimal(500)] * sample, lot=lot, on=UNDER_2005)
    assert found.plan.factor == (None if factor is None else Decimal(factor))
    assert (found.plan.above_t, found.plan.above_2t) == (above_t, 0)


@pytest.mark.parametrize(("sample", "lots"), [(10, [10, 11]), (13, [51]), (8, [8]), (50, [100]), (12, [])])
def test_a_sample_tells_which_lots_it_may_stand_for(sample: int, lots: list[int]) -> None:
    assert lots_tested_with(sample, on=NOW) == lots


def test_more_than_twice_the_shortage_is_never_allowed() -> None:
    found = judged(" ".join(["500"] * 9 + ["469.9"]))
    assert (found.above_t, found.above_2t, found.counts_pass) == (0, 1, False)
    edge = judged(" ".join(["500"] * 9 + ["470"]))
    assert (edge.above_t, edge.above_2t) == (1, 0)


@given(st.lists(st.integers(400_000, 600_000), min_size=10, max_size=10))
def test_a_heavier_package_never_lowers_the_mean(milligrams: list[int]) -> None:
    contents = [Decimal(one) / 1000 for one in milligrams]
    heavier = [contents[0] + 1, *contents[1:]]
    first, second = (judge_lot(Kind.MASS, Decimal(500), one, lot=30, on=NOW) for one in (contents, heavier))
    assert second.mean > first.mean
    assert second.above_t + second.above_2t <= first.above_t + first.above_2t


def test_a_wrong_sample_is_refused_in_words() -> None:
    with pytest.raises(QuantityError, match="应抽取 13 件"):
        judge_lot(Kind.MASS, Decimal(500), [Decimal(500)] * 10, lot=60, on=NOW)
    assert [table.needs_review for table in sampling_law().sampling] == [False, True]
