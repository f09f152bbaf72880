"""Rows as pages read them: clocks with the days left, people masked, places by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from accounts.queries import offices, regions
from accounts.queries.calendar import working_calendar
from complaints.models import Case, RunningClock
from complaints.rules.clocks import ClockName, DayUnit
from complaints.rules.countdown import CLOCK_NAMES, Countdown, left
from core.clock import local_date
from core.work import Reading

PLACE_UNKNOWN = "辖区待定"
OFFICE_UNKNOWN = "有管辖权的市场监督管理局"
HOTLINE = "12315"


@dataclass(frozen=True, slots=True)
class Places:
    """Names of divisions by code."""

    names: dict[str, str]

    def name(self, code: str) -> str:
        """Return the full name of a division; a plain word for what is not known."""
        return self.names.get(code, code or PLACE_UNKNOWN)


def places(reading: Reading) -> Places:
    """Return the names of every division."""
    return Places({code: place.full_name for code, place in regions.places(reading).items()})


def countdowns(reading: Reading, case_ids: Iterable[int]) -> dict[int, list[Countdown]]:
    """Return every clock of the cases, running ones first and the most urgent of them in front."""
    rows = list(reading.session.scalars(select(RunningClock).where(RunningClock.case_id.in_(list(case_ids)))))
    calendar, today = working_calendar(reading), local_date(reading.now)
    found: dict[int, list[Countdown]] = {}
    for row in rows:
        unit = DayUnit(row.unit)
        found.setdefault(row.case_id, []).append(
            Countdown(
                clock=ClockName(row.clock),
                label=CLOCK_NAMES[ClockName(row.clock)],
                started=row.started_on,
                due=row.due_on,
                days=row.days,
                unit=unit,
                left=left(row.due_on, unit, today=today, calendar=calendar),
                basis=row.basis,
                order=row.law_order,
                confidence=row.confidence,
                provisional=row.provisional,
                stopped=row.stopped_at is not None,
            )
        )
    for clocks in found.values():
        clocks.sort(key=lambda clock: (clock.stopped, clock.confidence == "C", clock.due))
    return found


def urgent(clocks: list[Countdown]) -> Countdown | None:
    """Return the running clock that is due first, or None."""
    return next((clock for clock in clocks if not clock.stopped), None)


def unsealed(reading: Reading, case: Case, field: str) -> str:
    """Return a sealed field of a case as text, "" where nothing was given."""
    sealed: bytes | None = getattr(case, field)
    return reading.vault.unseal(sealed, place=f"cases.{field}") if sealed else ""


def today_of(reading: Reading) -> date:
    """Return the day it is in Asia/Shanghai."""
    return local_date(reading.now)


def office(reading: Reading, region_code: str) -> tuple[str, str]:
    """Return name and telephone of the competent office; a general word while the place is not known."""
    desk = offices.competent(reading, region_code=region_code) if region_code else None
    return (desk.name, desk.phone) if desk else (OFFICE_UNKNOWN, HOTLINE)
