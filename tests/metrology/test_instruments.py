"""Instruments: cycles, dates of validity, and permissible errors with the worked examples."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.instruments import (
    DueBasis,
    Instrument,
    Mode,
    ScaleClass,
    instrument,
    instrument_law,
    judge_error,
    judge_taximeter,
    months_later,
    scale_mpe,
    valid_until,
)
from metrology.lawtables import Confidence
from metrology.outcomes import Outcome
from metrology.quantities import QuantityError

NOW = date(2026, 11, 23)


def known(name: str) -> Instrument:
    row = instrument(name)
    assert row is not None, name
    return row


@pytest.mark.parametrize(
    ("name", "months", "mode"),
    [
        ("电子秤", 12, Mode.PERIODIC), ("加油机", 6, Mode.PERIODIC), ("计价器", 12, Mode.PERIODIC),
        ("水表", 72, Mode.FIRST_THEN_REPLACED), ("燃气表", 120, Mode.FIRST_THEN_REPLACED), ("血压计", 6, Mode.PERIODIC),
        ("充电桩", 36, Mode.PERIODIC), ("水银体温计", None, Mode.FIRST_ONLY),
    ],
)  # fmt: skip
def test_people_find_an_instrument_by_its_everyday_name(name: str, months: int | None, mode: Mode) -> None:
    assert (known(name).months, known(name).mode) == (months, mode)


def test_an_unknown_instrument_is_none() -> None:
    assert instrument("望远镜") is None


def test_keys_are_unique_and_no_alias_means_two_things() -> None:
    rows = instrument_law().instruments
    words = [word for row in rows for word in {row.key, row.name, *row.aliases}]
    assert len(words) == len(set(words))


def test_the_certificates_own_date_wins() -> None:
    until = valid_until(known("电子秤"), verified_on=date(2026, 1, 31), certificate_until=date(2026, 7, 30))
    assert until is not None
    assert (until.day, until.basis, until.drives) == (date(2026, 7, 30), DueBasis.CERTIFICATE, True)


def test_without_a_certificate_the_date_is_estimated_and_says_so() -> None:
    until = valid_until(known("加油机"), verified_on=date(2026, 8, 31))
    assert until is not None
    assert (until.day, until.basis, until.confidence) == (date(2027, 2, 28), DueBasis.ESTIMATED, Confidence.B)


def test_an_estimate_from_an_unconfirmed_cycle_drives_nothing() -> None:
    until = valid_until(known("充电桩"), verified_on=date(2026, 1, 1))
    assert until is not None
    assert not until.drives


def test_what_is_verified_only_once_has_no_next_date() -> None:
    assert valid_until(known("体温计"), verified_on=date(2026, 1, 1)) is None


def test_the_end_of_a_short_month_is_kept() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2026, 12, 15), 12) == date(2027, 12, 15)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 130))
def test_months_later_is_never_earlier_and_keeps_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert later > day
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize(
    ("load_kg", "verified", "in_service"), [("5", "5", "10"), ("15", "10", "20"), ("25", "15", "30")]
)
def test_a_market_scale_may_err_twice_as_much_in_service(
    load_kg: str, verified: str, in_service: str
) -> None:
    def mpe(*, used: bool) -> Decimal | None:
        load = Decimal(load_kg) * 1000
        return scale_mpe(ScaleClass.III, load_g=load, interval_g=Decimal(10), in_service=used, on=NOW)

    assert mpe(used=False) == Decimal(verified)
    assert mpe(used=True) == Decimal(in_service)


@pytest.mark.parametrize(
    ("scale", "load", "limit"),
    [
        (ScaleClass.III, 500, "0.5"), (ScaleClass.III, 501, "1"), (ScaleClass.III, 2000, "1"),
        (ScaleClass.III, 10000, "1.5"), (ScaleClass.III, 10001, None), (ScaleClass.IIII, 50, "0.5"),
        (ScaleClass.IIII, 51, "1"), (ScaleClass.IIII, 1000, "1.5"), (ScaleClass.IIII, 1001, None),
    ],
)  # fmt: skip
def test_ranges_include_their_upper_bound(scale: ScaleClass, load: int, limit: str | None) -> None:
    found = scale_mpe(scale, load_g=Decimal(load), interval_g=Decimal(1), in_service=False, on=NOW)
    assert found == (None if limit is None else Decimal(limit))


def test_an_impossible_load_is_refused() -> None:
    with pytest.raises(QuantityError):
        scale_mpe(ScaleClass.III, load_g=Decimal(1), interval_g=Decimal(0), in_service=False, on=NOW)


@pytest.mark.parametrize(
    ("indicated", "actual", "outcome"),
    [("20060", "20000", Outcome.WITHIN), ("20061", "20000", Outcome.OVER), ("19939", "20000", Outcome.OVER)],
)
def test_fuel_may_err_three_tenths_of_a_percent(indicated: str, actual: str, outcome: Outcome) -> None:
    (result,) = judge_error("fuel_dispenser", Decimal(indicated), Decimal(actual), on=NOW)
    assert result.outcome is outcome
    assert result.text.startswith("初步计算")


@pytest.mark.parametrize(
    ("indicated", "outcome"),
    [("1010", Outcome.WITHIN), ("1011", Outcome.OVER), ("960", Outcome.WITHIN), ("959", Outcome.OVER)],
)
def test_a_taximeter_may_err_more_to_the_riders_side(indicated: str, outcome: Outcome) -> None:
    assert judge_taximeter(Decimal(indicated), Decimal(1000), on=NOW).outcome is outcome


def test_a_true_quantity_of_nothing_is_refused() -> None:
    with pytest.raises(QuantityError):
        judge_taximeter(Decimal(1), Decimal(0), on=NOW)


@pytest.mark.parametrize(
    ("indicated", "outcomes"),
    [
        ("104", [Outcome.WITHIN, Outcome.WITHIN]),
        ("104.1", [Outcome.OVER, Outcome.WITHIN]),
        ("110.1", [Outcome.OVER, Outcome.OVER]),
    ],
)
def test_a_water_meter_in_service_is_judged_at_both_flows(indicated: str, outcomes: list[Outcome]) -> None:
    results = judge_error("water_meter_small", Decimal(indicated), Decimal(100), on=NOW)
    assert [one.outcome for one in results] == outcomes


def test_an_error_whose_rule_is_not_confirmed_concludes_nothing() -> None:
    (result,) = judge_error("lng_dispenser", Decimal(110), Decimal(100), on=NOW)
    assert result.outcome is Outcome.CANNOT_TELL
    assert "不下结论" in result.text
    (confirmed,) = judge_error("cng_dispenser", Decimal("101.1"), Decimal(100), on=NOW)
    assert confirmed.outcome is Outcome.OVER
