"""The calendar kept by people: a year's notice entered or replaced as a whole."""

from datetime import date

from sqlalchemy import delete

from accounts.models import CalendarDay
from core.audit import record
from core.errors import InvalidInput
from core.work import Work


def replace_year(work: Work, *, year: int, holidays: list[date], working: list[date], source: str) -> None:
    """Put a year's holidays and days worked in lieu in place of what was there.

    Raises:
        InvalidInput: a day lies outside the year, is named twice, or the notice is not named.
    """
    days = [*holidays, *working]
    if not source.strip():
        raise InvalidInput("请写明放假通知的文号。", fields={"source": "请写明放假通知的文号"})
    if not holidays or any(day.year != year for day in days) or len(set(days)) != len(days):
        raise InvalidInput(f"请检查日期：都应在 {year} 年内，且不能重复，放假日期不能为空。")
    work.session.execute(
        delete(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    )
    for kind, chosen in (("holiday", holidays), ("working", working)):
        work.session.add_all(
            CalendarDay(day=day, kind=kind, note="", source=source.strip()) for day in chosen
        )
    work.session.flush()
    record(
        work,
        "calendar.replace",
        f"calendar:{year}",
        holidays=len(holidays),
        working=len(working),
        source=source,
    )
