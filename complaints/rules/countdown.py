"""How a clock stands today: what it is called, how many days are left, how loudly to say so."""

from dataclasses import dataclass
from datetime import date

from complaints.rules.clocks import ClockName, DayUnit
from core.calendar import WorkingCalendar

CLOCK_NAMES = {
    ClockName.ACCEPTANCE: "受理",
    ClockName.MEDIATION: "调解",
    ClockName.TERMINATION_NOTICE: "终止告知",
    ClockName.CLUE_VERIFICATION: "线索核查",
    ClockName.TIPOFF_ACCEPTANCE: "举报受理",
    ClockName.TIPOFF_FILING: "核查立案",
    ClockName.PENALTY_DECISION: "处理决定",
}

UNIT_NAMES = {DayUnit.WORKING_DAY: "个工作日", DayUnit.NATURAL_DAY: "日"}


@dataclass(frozen=True, slots=True)
class Countdown:
    """One clock as a page shows it; `left` counts in `unit` and is below zero when the day has passed."""

    clock: ClockName
    label: str
    started: date
    due: date
    days: int
    unit: DayUnit
    left: int
    basis: str
    order: str
    confidence: str
    provisional: bool
    stopped: bool

    @property
    def title(self) -> str:
        """Say the rule behind the clock, for whoever asks."""
        lines = [
            f"依据：{self.basis}（{self.order}）",
            f"自 {self.started:%Y-%m-%d} 的次日起算，{self.days} {UNIT_NAMES[self.unit]}，{self.due:%Y-%m-%d} 止",
        ]
        if self.provisional:
            lines.append("所涉年份的放假安排尚未公布，日期为暂定")
        if self.confidence == "C":
            lines.append("依据尚待核对，仅供参考，不作预警")
        return "\n".join(lines)

    @property
    def tone(self) -> str:
        """Return paused when nothing has to be done any more, else how near the day is."""
        if self.stopped or self.confidence == "C":
            return "paused"
        if self.left < 0:
            return "danger"
        return "warn" if self.left <= 2 else "ok"


def left(due: date, unit: DayUnit, *, today: date, calendar: WorkingCalendar) -> int:
    """Return the days from today to `due` in the clock's own unit; 0 is today, below zero is past.

    A day that passed over a weekend is at least one day late.
    """
    if unit is DayUnit.NATURAL_DAY:
        return (due - today).days
    count = calendar.working_days_between(today, due)
    if count == 0 and due != today:
        return -1 if due < today else 1
    return count
