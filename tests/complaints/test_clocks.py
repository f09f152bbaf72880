"""Statutory clocks: Order 20 and Order 121, Shandong's own, and the counting between them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from complaints.rules.clocks import ClockName, ClockReading, ClockRow, Track, clock_rows, clocks, reading
from core.calendar import shipped_calendar

CALENDAR = shipped_calendar()
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 7, 1))


def one(name: str, readings: list[ClockReading]) -> ClockReading:
    return next(r for r in readings if r.clock == name)


def complaint(received: datetime, **moments: datetime) -> list[ClockReading]:
    return clocks(Track.COMPLAINT, received=received, calendar=CALENDAR, **moments)


def test_acceptance_crosses_two_holidays_and_a_worked_saturday() -> None:
    found = one("acceptance", complaint(datetime(2026, 9, 24, 10)))
    assert found.as_json() == {
        "clock": "acceptance",
        "due": "2026-10-12",
        "days": 7,
        "unit": "working_day",
        "basis": "《市场监督管理投诉举报处理办法》第15条",
        "order": "市场监管总局令第121号",
        "confidence": "A",
        "provisional": False,
    }


def test_mediation_is_sixty_natural_days_under_the_order_in_force() -> None:
    found = one("mediation", complaint(datetime(2026, 8, 3, 9), accepted=datetime(2026, 8, 5, 9)))
    assert (found.days, found.unit, found.due) == (60, "natural_day", date(2026, 10, 8))


def test_mediation_is_forty_five_working_days_for_what_came_under_the_old_order() -> None:
    readings = complaint(datetime(2026, 4, 14, 23, 59), accepted=datetime(2026, 4, 20, 9))
    found = one("mediation", readings)
    assert (found.days, found.unit, found.order) == (45, "working_day", "市场监管总局令第20号")
    assert found.due == CALENDAR.add_working_days(date(2026, 4, 20), 45).day


def test_the_orders_meet_at_midnight_in_shanghai_not_in_utc() -> None:
    before = datetime(2026, 4, 14, 15, 59, tzinfo=UTC)
    at = datetime(2026, 4, 14, 16, 0, tzinfo=UTC)
    assert one("acceptance", complaint(before)).order == "市场监管总局令第20号"
    assert one("acceptance", complaint(at)).order == "市场监管总局令第121号"
    assert one("acceptance", complaint(at)).started == date(2026, 4, 15)


def test_a_clock_whose_start_is_unknown_does_not_run() -> None:
    assert [r.clock for r in complaint(datetime(2026, 11, 20))] == [ClockName.ACCEPTANCE]


def test_every_clock_of_a_complaint_runs_once_its_start_is_known() -> None:
    readings = complaint(
        datetime(2026, 6, 1),
        accepted=datetime(2026, 6, 3),
        ended=datetime(2026, 7, 1),
        clue_found=datetime(2026, 6, 10),
    )
    assert [r.clock.value for r in readings] == [
        "acceptance",
        "mediation",
        "termination_notice",
        "clue_verification",
    ]
    assert one("termination_notice", readings).due == date(2026, 7, 10)
    clue = one("clue_verification", readings)
    assert clue.due == CALENDAR.add_working_days(date(2026, 6, 10), 15).day
    assert clue.extended_due == CALENDAR.add_working_days(date(2026, 6, 10), 30).day


def test_a_tipoff_has_the_provinces_three_days_beside_the_fifteen() -> None:
    readings = clocks(
        Track.TIPOFF, received=datetime(2026, 11, 20, 9), filed=datetime(2026, 11, 23), calendar=CALENDAR
    )
    found = {r.clock.value: (r.due, r.days, r.confidence.value) for r in readings}
    assert found == {
        "tipoff_acceptance": (date(2026, 11, 25), 3, "A"),
        "tipoff_filing": (date(2026, 12, 11), 15, "B"),
        "penalty_decision": (date(2027, 2, 22), 90, "B"),
    }
    assert one("penalty_decision", readings).provisional
    assert one("tipoff_acceptance", readings).basis == "《山东省计量条例》第31条"


def test_order_twenty_and_order_121_cover_every_day_once() -> None:
    for name in ClockName:
        rows = sorted((row for row in clock_rows() if row.clock is name), key=lambda row: row.valid_from)
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None
            assert later.valid_from == earlier.valid_to + timedelta(days=1)
        assert rows[-1].valid_to is None


def test_a_row_that_is_not_confirmed_is_shown_and_drives_nothing() -> None:
    unconfirmed = ClockRow.model_validate(clock_rows()[0].model_dump() | {"confidence": "C"})
    assert not unconfirmed.drives
    assert not reading(unconfirmed, started=date(2026, 11, 20), calendar=CALENDAR).drives
    assert all(r.drives for r in clock_rows())


def test_a_row_with_a_key_nobody_reads_is_refused() -> None:
    with pytest.raises(ValidationError):
        ClockRow.model_validate(clock_rows()[0].model_dump() | {"colour": "red"})


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_is_received_later_is_never_due_earlier(received: datetime, later: timedelta) -> None:
    first = one("acceptance", complaint(received))
    second = one("acceptance", complaint(received + later))
    assert first.due <= second.due


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_is_accepted_later_is_never_due_earlier(received: datetime, later: timedelta) -> None:
    first = one("mediation", complaint(received, accepted=received))
    second = one("mediation", complaint(received, accepted=received + later))
    assert first.due <= second.due
    assert CALENDAR.is_working_day(first.due)


@given(MOMENTS)
def test_the_same_day_gives_the_same_clocks_whatever_the_hour(received: datetime) -> None:
    morning = received.replace(hour=0, minute=0)
    assert complaint(morning) == complaint(received)
