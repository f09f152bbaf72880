"""Working days in China: weekends, public holidays, and the weekend days worked in exchange (调休)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict

SHIPPED = Path(__file__).with_name("calendar_days.yaml")
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day of a period; provisional when it leans on a year whose notice is not known yet."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days offices work, for the years whose holiday notice is known.

    Outside the known years the bare weekday decides, and whatever is counted there is provisional.
    """

    holidays: frozenset[date]
    working_weekends: frozenset[date]
    known_years: frozenset[int]

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[date, str]], *, known_years: Iterable[int]) -> Self:
        """Build from (day, kind) rows with kind `holiday` or `working`. Raises: ValueError for another kind."""
        kinds = [(day, DayKind(kind)) for day, kind in rows]
        return cls(
            holidays=frozenset(day for day, kind in kinds if kind is DayKind.HOLIDAY),
            working_weekends=frozenset(day for day, kind in kinds if kind is DayKind.WORKING),
            known_years=frozenset(known_years),
        )

    def knows(self, day: date) -> bool:
        """Tell whether the holiday notice of the day's year is in the calendar."""
        return day.year in self.known_years

    def is_holiday(self, day: date) -> bool:
        """Tell whether the day lies in a holiday period of a known notice."""
        return day in self.holidays

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on the day; in an unknown year its weekday decides."""
        if day in self.holidays:
            return False
        return day in self.working_weekends or day.weekday() < _SATURDAY

    def add_working_days(self, start: date, days: int) -> DueDay:
        """Return the `days`-th working day after `start`; `start` itself is not counted.

        Source: 总局令第121号第45条. Raises: ValueError when `days` is below one.
        """
        _at_least_one(days)
        day, left, provisional = start, days, False
        while left:
            day += _ONE_DAY
            provisional = provisional or not self.knows(day)
            left -= self.is_working_day(day)
        return DueDay(day, provisional)

    def add_natural_days(self, start: date, days: int, *, weekends_roll: bool = True) -> DueDay:
        """Return the day `days` after `start`, moved to the next working day when offices rest on it.

        With `weekends_roll` false only days of a public holiday move the end, an ordinary weekend does not.
        Source: 总局令第121号第45条. Raises: ValueError when `days` is below one.
        """
        _at_least_one(days)
        day = start + timedelta(days=days)
        provisional = not self.knows(day)
        rests = self._rests if weekends_roll else self.is_holiday
        while rests(day):
            day += _ONE_DAY
            provisional = provisional or not self.knows(day)
        return DueDay(day, provisional)

    def _rests(self, day: date) -> bool:
        return not self.is_working_day(day)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` lies before."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, span + 1))

    def missing_years(self, today: date, *, next_year_from: tuple[int, int] = (11, 1)) -> list[int]:
        """List the years that ought to be known: this one, and from (month, day) on the next one too."""
        expected = [today.year]
        if (today.month, today.day) >= next_year_from:
            expected.append(today.year + 1)
        return [year for year in expected if year not in self.known_years]


class _Notice(BaseModel):
    """One year's notice of the State Council as written in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int
    source: str
    holidays: dict[str, list[tuple[date, date]]]
    working: list[date]

    def days_off(self) -> Iterable[date]:
        """Yield every day of every holiday period."""
        for periods in self.holidays.values():
            for first, last in periods:
                yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


class _Notices(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    notices: list[_Notice]


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One shipped day for a table: when, why, and by which notice."""

    day: date
    kind: DayKind
    source: str


@cache
def shipped_rows() -> tuple[CalendarRow, ...]:
    """Return the shipped exceptions day by day, to seed a table that people then edit."""
    rows: list[CalendarRow] = []
    for notice in _shipped().notices:
        rows += [CalendarRow(day, DayKind.HOLIDAY, notice.source) for day in notice.days_off()]
        rows += [CalendarRow(day, DayKind.WORKING, notice.source) for day in notice.working]
    return tuple(sorted(rows, key=lambda row: row.day))


@cache
def shipped_calendar() -> WorkingCalendar:
    """Return the calendar of the State Council notices shipped with the program."""
    rows = [(row.day, row.kind.value) for row in shipped_rows()]
    return WorkingCalendar.from_rows(rows, known_years=[notice.year for notice in _shipped().notices])


@cache
def _shipped() -> _Notices:
    return _Notices.model_validate(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))


def _at_least_one(days: int) -> None:
    if days < 1:
        raise ValueError(f"a period has at least one day, not {days}")
