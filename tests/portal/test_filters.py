"""How dates, masses and money are printed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import filters

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def test_a_day_of_this_year_leaves_the_year_out() -> None:
    assert filters.day(date(2026, 11, 10), TODAY) == "11月10日 周二"


def test_a_day_of_another_year_says_which() -> None:
    assert filters.day(date(2027, 1, 4), TODAY) == "2027年1月4日 周一"


def test_a_moment_late_in_utc_is_the_next_day_in_shandong() -> None:
    late = datetime(2026, 11, 9, 18, 5, tzinfo=UTC)
    assert filters.day(late, TODAY) == "11月10日 周二"
    assert filters.moment(late, NOW) == "11月10日 周二 02:05"


def test_a_plain_date_has_no_time_to_show() -> None:
    assert filters.moment(date(2026, 11, 10), NOW) == "11月10日 周二"


def test_the_year_of_a_moment_is_compared_in_shandong_time() -> None:
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert filters.moment(new_year, NOW) == "2027年1月1日 周五 00:30"


@pytest.mark.parametrize(
    ("cents", "printed"),
    [(4250, "¥42.50"), (0, "¥0.00"), (5, "¥0.05"), (123456789, "¥1,234,567.89"), (-150, "−¥1.50")],
)
def test_money_has_two_decimals_and_separators(cents: int, printed: str) -> None:
    assert filters.yuan(cents) == printed


@pytest.mark.parametrize(
    ("mass_g", "printed"),
    [
        (Decimal(1250), "1,250 克"),
        (Decimal("1250.50"), "1,250.5 克"),
        (Decimal("1E+3"), "1,000 克"),
        (Decimal("0.01"), "0.01 克"),
        (Decimal(-300), "−300 克"),
        (300, "300 克"),
    ],
)
def test_a_mass_carries_its_unit_and_no_needless_zeros(mass_g: Decimal | int, printed: str) -> None:
    assert filters.grams(mass_g) == printed


def test_a_difference_shows_its_sign() -> None:
    assert [filters.signed(n) for n in (40, -300, 0)] == ["+40", "−300", "0"]


@pytest.mark.parametrize(
    ("left", "unit", "printed", "tone"),
    [
        (2, "working_day", "剩 2 个工作日", "warn"),
        (3, "natural_day", "剩 3 天", "ok"),
        (0, "working_day", "今天到期", "warn"),
        (-3, "natural_day", "已超期 3 天", "danger"),
        (-1, "working_day", "已超期 1 个工作日", "danger"),
    ],
)
def test_days_left_are_said_in_words_with_their_tone(left: int, unit: str, printed: str, tone: str) -> None:
    assert filters.days_left(left, unit) == printed
    assert filters.days_tone(left) == tone


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_printed_number_reads_back_as_itself(number: Decimal) -> None:
    printed = filters.thousands(number)
    assert Decimal(printed.replace(",", "").replace("−", "-")) == number
    assert not printed.endswith(".")


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_printed_money_reads_back_to_the_cent(cents: int) -> None:
    text = filters.yuan(cents).replace("¥", "").replace(",", "").replace("−", "-")
    assert int(Decimal(text) * 100) == cents


def test_every_filter_the_templates_use_is_registered() -> None:
    assert {"day", "moment", "thousands", "yuan", "grams", "days_left", "masked_phone", "masked_name"} <= set(
        filters.ALL
    )
