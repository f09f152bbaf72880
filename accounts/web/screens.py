"""The console's screens of the calendar, the office directory and the audit."""

import re
from datetime import date

from aiohttp import web

from accounts.permissions import Permission
from accounts.queries import audit, calendar, offices
from accounts.services.calendar import replace_year
from accounts.web.guards import actor, requires
from core.audit import verify
from core.clock import local_date
from core.errors import InvalidInput
from portal.keys import CLOCK, database
from portal.pages import redirect, respond

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


@requires(Permission.VIEW_CASES)
async def office_list(request: web.Request) -> web.Response:
    """GET /console/offices: every office with telephone and hours."""
    return respond(request, "accounts/offices.html", offices=await database(request).read(offices.directory))


@requires(Permission.VIEW_AUDIT)
async def audit_list(request: web.Request) -> web.Response:
    """GET /console/audit: who did what, newest first."""
    subject = request.query.get("subject", "")
    before = request.query.get("before", "")
    lines = await database(request).read(
        audit.lines, subject=subject, before=int(before) if before.isdecimal() else None
    )
    return respond(request, "accounts/audit.html", lines=lines, subject=subject, page=audit.PAGE)


@requires(Permission.VIEW_AUDIT)
async def audit_check(request: web.Request) -> web.Response:
    """POST /console/audit/verify: recompute the chain and say whether it is whole."""
    broken = await database(request).read(verify)
    if broken is None:
        return redirect("/console/audit", message="审计链完整，没有发现改动")
    return redirect("/console/audit", tone="danger", message=f"第 {broken} 行与前文不符，请立即联系管理员")


@requires(Permission.VIEW_CASES)
async def calendar_page(request: web.Request) -> web.Response:
    """GET /console/calendar: the working-day exceptions of a year, and which years are missing."""
    today = local_date(request.config_dict[CLOCK].now())
    asked = request.query.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else today.year
    days = await database(request).read(calendar.days_of, year=year)
    missing = await database(request).read(calendar.missing_years)
    return respond(request, "accounts/calendar.html", year=year, days=days, missing=missing)


@requires(Permission.EDIT_CALENDAR)
async def calendar_save(request: web.Request) -> web.Response:
    """POST /console/calendar: enter or replace a year's notice."""
    sent = await request.post()
    year = str(sent.get("year", ""))
    if not year.isdecimal():
        raise InvalidInput("请填写年份。", fields={"year": "请填写四位年份"})
    await database(request).work(
        actor(request),
        replace_year,
        year=int(year),
        holidays=_dates(str(sent.get("holidays", ""))),
        working=_dates(str(sent.get("working", ""))),
        source=str(sent.get("source", "")),
    )
    return redirect(f"/console/calendar?year={year}", message=f"{year} 年的放假安排已保存")


def _dates(text: str) -> list[date]:
    found = []
    for word in re.split(r"[\s,，、;；]+", text.strip()):
        if not word:
            continue
        if not _DATE.fullmatch(word):
            raise InvalidInput(f"“{word}”不是日期，请写成 2027-01-01 这样。")
        try:
            found.append(date(*map(int, word.split("-"))))
        except ValueError as error:
            raise InvalidInput(f"没有 {word} 这一天，请检查。") from error
    return found
