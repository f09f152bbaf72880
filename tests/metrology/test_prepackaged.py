"""Net content: allowed shortages, rounding, and the lot test with its worked samples."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.lots import LotResult, judge_lot
from metrology.outcomes import Outcome
from metrology.prepackaged import Kind, allowed_shortage, is_excluded, judge_item
from metrology.quantities import QuantityError

NOW = date(2026, 11, 23)
UNDER_2005 = date(2024, 6, 1)
SAMPLES = {
    "A": "498.6 501.2 499.4 497.9 500.8 502.1 496.5 499.9 498.2 500.4",
    "B": "495.2 496.1 494.8 495.5 496.4 495.0 494.6 495.9 496.0 495.3",
    "C": "501 500.5 502 499.8 501.2 500.9 484.0 500.2 501.5 500.1",
}


def lot(name: str, on: date = UNDER_2005) -> LotResult:
    contents = [Decimal(value) for value in SAMPLES[name].split()]
    return judge_lot(Kind.MASS, Decimal(500), contents, lot=30, on=on)


@pytest.mark.parametrize(
    ("nominal", "allowed"),
    [
        ("30", "2.7"), ("75", "4.5"), ("125", "5.6"), ("150", "6.8"), ("180", "8.1"), ("250", "9"), ("330", "9.9"),
        ("400", "12.0"), ("500", "15"), ("750", "15"), ("1000", "15"), ("1500", "22"), ("2500", "38"), ("5000", "75"),
        ("12000", "150"), ("20000", "200"), ("50000", "500"), ("50001", None),
    ],
)  # fmt: skip
def test_the_allowed_shortage_by_mass_and_volume(nominal: str, allowed: str | None) -> None:
    expected = None if allowed is None else Decimal(allowed)
    assert allowed_shortage(Kind.MASS, Decimal(nominal), on=NOW) == expected
    assert allowed_shortage(Kind.VOLUME, Decimal(nominal), on=NOW) == expected


@pytest.mark.parametrize(
    ("kind", "nominal", "allowed"),
    [
        (Kind.COUNT, "50", "0"), (Kind.COUNT, "51", "1"), (Kind.COUNT, "100", "1"), (Kind.COUNT, "101", "2"),
        (Kind.LENGTH, "5", "0"), (Kind.LENGTH, "10", "0.2"), (Kind.AREA, "2", "0.06"),
    ],
)  # fmt: skip
def test_lengths_areas_and_counts(kind: Kind, nominal: str, allowed: str) -> None:
    assert allowed_shortage(kind, Decimal(nominal), on=NOW) == Decimal(allowed)


def test_exactly_the_allowed_shortage_still_passes() -> None:
    assert judge_item(Kind.MASS, Decimal(500), Decimal(485), on=NOW).outcome is Outcome.WITHIN
    assert judge_item(Kind.MASS, Decimal(500), Decimal("484.9"), on=NOW).outcome is Outcome.OVER


def test_a_bag_beyond_the_table_is_not_judged() -> None:
    result = judge_item(Kind.MASS, Decimal(60000), Decimal(59000), on=NOW)
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert result.allowed is None


def test_a_bag_of_rice_two_hundred_grams_short() -> None:
    result = judge_item(Kind.MASS, Decimal(25000), Decimal(24800), on=NOW)
    assert (result.outcome, result.allowed) == (Outcome.WITHIN, Decimal(250))
    assert result.text.startswith("初步计算")


def test_a_label_of_nothing_is_refused() -> None:
    with pytest.raises(QuantityError):
        judge_item(Kind.MASS, Decimal(0), Decimal(0), on=NOW)


def test_dangerous_chemicals_left_the_measure_in_2023() -> None:
    assert is_excluded("危险化学品", on=NOW)
    assert not is_excluded("危险化学品", on=date(2022, 1, 1))
    assert is_excluded("药品", on=date(2022, 1, 1))


def test_a_lot_passes_with_a_mean_below_the_label() -> None:
    result = lot("A")
    assert result.outcome is Outcome.WITHIN
    assert result.mean == Decimal("499.50")
    assert round(result.deviation, 4) == Decimal("1.7120")
    assert result.least_mean is not None
    assert round(result.least_mean, 3) == Decimal("498.240")


def test_a_lot_fails_by_its_mean_though_every_package_is_within() -> None:
    result = lot("B")
    assert result.outcome is Outcome.OVER
    assert (result.mean, result.above_t) == (Decimal("495.48"), 0)
    assert round(result.deviation, 4) == Decimal("0.6015")
    assert result.least_mean is not None
    assert round(result.least_mean, 3) == Decimal("499.382")


def test_a_lot_fails_by_one_short_package_though_its_mean_passes() -> None:
    result = lot("C")
    assert result.outcome is Outcome.OVER
    assert (result.mean, result.above_t, result.above_2t) == (Decimal("499.12"), 1, 0)
    assert result.least_mean is not None
    assert round(result.least_mean, 3) == Decimal("494.495")


def test_the_edition_nobody_has_read_concludes_nothing() -> None:
    result = lot("B", on=NOW)
    assert result.outcome is Outcome.CANNOT_TELL
    assert result.ground.source.order == "JJF 1070-2023"
    assert "暂不下结论" in result.text


def test_a_tiny_lot_is_tested_whole_without_an_average() -> None:
    result = judge_lot(Kind.MASS, Decimal(500), [Decimal(490)] * 4, lot=4, on=UNDER_2005)
    assert result.outcome is Outcome.WITHIN
    assert result.least_mean is None


@pytest.mark.parametrize(("size", "tested"), [(30, 9), (0, 0), (4, 3), (5000, 80)])
def test_a_sample_of_the_wrong_size_is_refused(size: int, tested: int) -> None:
    with pytest.raises(QuantityError):
        judge_lot(Kind.MASS, Decimal(500), [Decimal(500)] * tested, lot=size, on=UNDER_2005)


@given(st.integers(1, 50000), st.integers(1, 50000))
def test_a_larger_package_may_never_be_less_short(first: int, second: int) -> None:
    small, large = sorted((first, second))
    of_small = allowed_shortage(Kind.MASS, Decimal(small), on=NOW)
    of_large = allowed_shortage(Kind.MASS, Decimal(large), on=NOW)
    assert of_small is not None
    assert of_large is not None
    assert of_small <= of_large
