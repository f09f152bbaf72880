"""What the console's home says about the calendar: years whose holidays are not known."""

from accounts.queries.calendar import missing_years
from core.work import Reading
from portal.notices import Notice


def calendar_gap(reading: Reading) -> list[Notice]:
    """Return a notice where the working-day table lacks a year."""
    missing = missing_years(reading)
    if not missing:
        return []
    years = "、".join(map(str, missing))
    return [
        Notice(
            f"工作日表里还没有 {years} 年的放假安排，跨到那一年的时限只能暂定。",
            f"/console/calendar?year={missing[0]}",
            "去补录放假通知",
            "补录后时限会重新计算。",
        )
    ]
