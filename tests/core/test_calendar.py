"""Working days against an independent calendar, and the counting rules of Order 121."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import DayKind, WorkingCalendar, shipped_calendar, shipped_rows

CALENDAR = shipped_calendar()
KNOWN_DAYS = st.dates(date(2024, 1, 1), date(2026, 9, 1))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_agrees_with_an_independent_calendar(year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_every_shipped_row_names_its_notice() -> None:
    assert {row.kind for row in shipped_rows()} == {DayKind.HOLIDAY, DayKind.WORKING}
    assert all("国务院办公厅" in row.source and str(row.day.year) in row.source for row in shipped_rows())


def test_the_day_itself_is_not_counted() -> None:
    assert CALENDAR.add_working_days(date(2026, 11, 23), 1).day == date(2026, 11, 24)


def test_seven_working_days_cross_mid_autumn_national_day_and_a_worked_saturday() -> None:
    due = CALENDAR.add_working_days(date(2026, 9, 24), 7)
    assert due.day == date(2026, 10, 12)
    assert not due.provisional


def test_sixty_natural_days_that_end_in_a_holiday_roll_to_the_first_working_day() -> None:
    assert CALENDAR.add_natural_days(date(2026, 8, 5), 60).day == date(2026, 10, 8)


def test_an_ordinary_weekend_rolls_only_when_asked() -> None:
    start = date(2026, 11, 7) - timedelta(days=60)
    assert CALENDAR.add_natural_days(start, 60).day == date(2026, 11, 9)
    assert CALENDAR.add_natural_days(start, 60, weekends_roll=False).day == date(2026, 11, 7)


def test_a_worked_saturday_ends_a_period() -> None:
    start = date(2026, 10, 10) - timedelta(days=60)
    assert CALENDAR.add_natural_days(start, 60).day == date(2026, 10, 10)


def test_a_period_into_an_unknown_year_is_provisional_and_follows_the_weekday() -> None:
    due = CALENDAR.add_working_days(date(2026, 12, 30), 3)
    assert due.day == date(2027, 1, 4)
    assert due.provisional
    assert CALENDAR.add_natural_days(date(2026, 12, 1), 60).provisional
    assert not CALENDAR.add_working_days(date(2026, 12, 28), 3).provisional


def test_next_year_is_missed_from_november_on() -> None:
    assert CALENDAR.missing_years(date(2026, 10, 31)) == []
    assert CALENDAR.missing_years(date(2026, 11, 1)) == [2027]
    assert CALENDAR.missing_years(date(2027, 1, 1)) == [2027]
    assert CALENDAR.missing_years(date(2026, 11, 30), next_year_from=(12, 1)) == []


def test_rows_of_a_table_build_the_same_calendar() -> None:
    rows = [(row.day, row.kind.value) for row in shipped_rows()]
    assert WorkingCalendar.from_rows(rows, known_years=[2024, 2025, 2026]) == CALENDAR


def test_a_row_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="half"):
        WorkingCalendar.from_rows([(date(2026, 1, 1), "half")], known_years=[2026])


def test_a_period_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add_working_days(date(2026, 1, 1), 0)
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add_natural_days(date(2026, 1, 1), 0)


@given(KNOWN_DAYS, st.integers(1, 60))
def test_the_due_day_works_and_holds_exactly_so_many_working_days(start: date, days: int) -> None:
    due = CALENDAR.add_working_days(start, days).day
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.working_days_between(start, due) == days
    assert CALENDAR.working_days_between(due, start) == -days


@given(KNOWN_DAYS, st.integers(0, 30), st.integers(1, 90))
def test_a_later_start_is_never_due_earlier(start: date, later: int, days: int) -> None:
    next_start = start + timedelta(days=later)
    assert CALENDAR.add_working_days(start, days).day <= CALENDAR.add_working_days(next_start, days).day
    assert CALENDAR.add_natural_days(start, days).day <= CALENDAR.add_natural_days(next_start, days).day
