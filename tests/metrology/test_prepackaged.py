"""Net content: allowed shortages, rounding, and what is left out."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.outcomes import Outcome
from metrology.prepackaged import Kind, allowed_shortage, excluded_kind, judge_item
from metrology.quantities import QuantityError

NOW = date(2026, 11, 23)


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
    assert excluded_kind("一桶硫酸", on=NOW) == "危险化学品"
    assert excluded_kind("一桶硫酸", on=date(2022, 1, 1)) is None
    assert excluded_kind("一盒胶囊", on=date(2022, 1, 1)) == "药品"


@pytest.mark.parametrize(
    ("actual", "outcome"), [("1478", Outcome.WITHIN), ("1477.5", Outcome.CANNOT_TELL), ("1476", Outcome.OVER)]
)
def test_between_two_ways_of_rounding_nothing_is_concluded(actual: str, outcome: Outcome) -> None:
    assert judge_item(Kind.MASS, Decimal(1500), Decimal(actual), on=NOW).outcome is outcome


def test_the_row_used_is_named() -> None:
    def row(kind: Kind, nominal: str) -> str:
        found = judge_item(kind, Decimal(nominal), Decimal(nominal), on=NOW)
        assert found.ground is not None
        return found.ground.row

    assert row(Kind.MASS, "400") == "300～500 克允许少 3%"
    assert row(Kind.VOLUME, "750") == "500～1,000 毫升允许少 15 毫升"
    assert row(Kind.COUNT, "100") == "50 件以内不允许少，超过的允许少 1%"
    assert row(Kind.AREA, "2") == "允许少 3%"


@pytest.mark.parametrize(
    ("text", "kind"), [("感冒灵颗粒少了", "药品"), ("一桶盐酸", "危险化学品"), ("标500克的糖", None)]
)
def test_goods_the_measure_leaves_out_are_recognised(text: str, kind: str | None) -> None:
    assert excluded_kind(text, on=NOW) == kind


@given(st.integers(1, 50000), st.integers(1, 50000))
def test_a_larger_package_may_never_be_less_short(first: int, second: int) -> None:
    small, large = sorted((first, second))
    of_small = allowed_shortage(Kind.MASS, Decimal(small), on=NOW)
    of_large = allowed_shortage(Kind.MASS, Decimal(large), on=NOW)
    assert of_small is not None
    assert of_large is not None
    assert of_small <= of_large
