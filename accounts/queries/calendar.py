"""The working-day calendar that the office keeps: weekday rule, statutory holidays, days worked in lieu."""

from datetime import date

from sqlalchemy import select

from accounts.models import CalendarDay
from core.calendar import WorkingCalendar
from core.clock import local_date
from core.work import Reading


def working_calendar(reading: Reading) -> WorkingCalendar:
    """Return the calendar as it stands; a year counts as known when the table holds any day of it."""
    rows = [(row.day, row.kind) for row in reading.session.execute(select(CalendarDay.day, CalendarDay.kind))]
    return WorkingCalendar.from_rows(rows, known_years={day.year for day, _ in rows})


def missing_years(reading: Reading) -> list[int]:
    """Return the years that ought to be known by now and are not: the alarm of the console and of readiness."""
    return working_calendar(reading).missing_years(local_date(reading.now))


def days_of(reading: Reading, *, year: int) -> list[CalendarDay]:
    """Return a year's exceptions in order of date."""
    span = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return list(reading.session.scalars(select(CalendarDay).where(span).order_by(CalendarDay.day)))
