"""The statutory clocks of a complaint and of a tip-off: which law, how many days, due when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.calendar import DueDay, WorkingCalendar
from core.clock import SHANGHAI, local_date
from metrology.lawtables import Confidence, LawRow, Row, load


class Track(StrEnum):
    """What a case is: a consumer's dispute (投诉) or a report of a breach (举报)."""

    COMPLAINT = "complaint"
    TIPOFF = "tipoff"


class ClockName(StrEnum):
    """What an office must do in time."""

    ACCEPTANCE = "acceptance"
    MEDIATION = "mediation"
    TERMINATION_NOTICE = "termination_notice"
    CLUE_VERIFICATION = "clue_verification"
    TIPOFF_ACCEPTANCE = "tipoff_acceptance"
    TIPOFF_FILING = "tipoff_filing"
    PENALTY_DECISION = "penalty_decision"


class DayUnit(StrEnum):
    """What a clock counts."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"


class StartEvent(StrEnum):
    """The moment a clock starts from."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    ENDED = "ended"
    FILED = "filed"
    CLUE_FOUND = "clue_found"


class ClockRow(LawRow):
    """One clock as one law sets it; the day of receipt selects among the laws."""

    clock: ClockName
    tracks: list[Track]
    needs: StartEvent
    days: int
    unit: DayUnit
    extension: int | None = None


class _ClockTable(Row):
    clocks: list[ClockRow]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A running clock: when it started, when it ends, and by which rule.

    `due` is a day in Asia/Shanghai; `extended_due` the latest an approved extension could make it, if the law
    knows one; `provisional` when the count leans on a year without a holiday notice; a reading that does not
    `drive` (confidence C) is shown and decides nothing.
    """

    clock: ClockName
    started: date
    due: date
    days: int
    unit: DayUnit
    basis: str
    order: str
    confidence: Confidence
    provisional: bool
    extended_due: date | None

    @property
    def drives(self) -> bool:
        """Whether alarms and overdue marks may follow this clock."""
        return self.confidence is not Confidence.C

    def as_json(self) -> dict[str, object]:
        """Return the eight keys other programs read; the due day as ISO text."""
        return {
            "clock": self.clock.value,
            "due": self.due.isoformat(),
            "days": self.days,
            "unit": self.unit.value,
            "basis": self.basis,
            "order": self.order,
            "confidence": self.confidence.value,
            "provisional": self.provisional,
        }


@cache
def clock_rows() -> tuple[ClockRow, ...]:
    """Return every clock of every law, checked when first read."""
    return tuple(load(Path(__file__).with_name("clocks.yaml"), _ClockTable).clocks)


def clocks(
    track: Track,
    *,
    received: datetime,
    accepted: datetime | None = None,
    ended: datetime | None = None,
    filed: datetime | None = None,
    clue_found: datetime | None = None,
    calendar: WorkingCalendar,
) -> list[ClockReading]:
    """Return every clock of the track whose start is known, in the order of the law.

    A moment without a zone is Asia/Shanghai. The day of receipt decides which order applies.
    Source: 总局令第20号第14、21、23条; 总局令第121号第15、23、27、45条; 山东省计量条例第31条;
    市场监督管理行政处罚程序规定第18、64条.
    """
    moments = {
        StartEvent.RECEIVED: received,
        StartEvent.ACCEPTED: accepted,
        StartEvent.ENDED: ended,
        StartEvent.FILED: filed,
        StartEvent.CLUE_FOUND: clue_found,
    }
    starts = {event: shanghai_day(moment) for event, moment in moments.items() if moment is not None}
    law_day = starts[StartEvent.RECEIVED]
    return [
        reading(row, started=starts[row.needs], calendar=calendar)
        for row in clock_rows()
        if track in row.tracks and row.needs in starts and row.in_force(law_day)
    ]


def reading(row: ClockRow, *, started: date, calendar: WorkingCalendar) -> ClockReading:
    """Run one clock from the day it started."""
    due = _due(row.unit, started, row.days, calendar)
    extended = _due(row.unit, started, row.days + row.extension, calendar).day if row.extension else None
    return ClockReading(
        clock=row.clock,
        started=started,
        due=due.day,
        days=row.days,
        unit=row.unit,
        basis=f"《{row.source.law}》{row.source.article}",
        order=row.source.order,
        confidence=row.confidence,
        provisional=due.provisional,
        extended_due=extended,
    )


def shanghai_day(moment: datetime) -> date:
    """Return the day of a moment in Asia/Shanghai; a moment without a zone is taken to be there already."""
    return local_date(moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment)


def _due(unit: DayUnit, started: date, days: int, calendar: WorkingCalendar) -> DueDay:
    if unit is DayUnit.WORKING_DAY:
        return calendar.add_working_days(started, days)
    return calendar.add_natural_days(started, days)
