"""Addresses of the console's door, calendar, offices and audit, and of 我的数据 on the phone."""

from aiohttp import web

from accounts.permissions import Permission
from accounts.web import mine, screens, signin
from portal.people import Section

CONSOLE = [
    web.get("/login", signin.form),
    web.post("/login", signin.sign_in),
    web.post("/logout", signin.sign_out),
    web.get("/offices", screens.office_list),
    web.get("/calendar", screens.calendar_page),
    web.post("/calendar", screens.calendar_save),
    web.get("/audit", screens.audit_list),
    web.post("/audit/verify", screens.audit_check),
]

H5 = [
    web.get("/me", mine.start),
    web.get("/me/kept", mine.kept),
    web.get("/me/kept.json", mine.export),
    web.get("/me/erase", mine.erase_form),
    web.post("/me/erase", mine.erase),
]

SECTIONS = [
    Section("/console/offices", "机构", Permission.VIEW_CASES.value),
    Section("/console/calendar", "工作日", Permission.VIEW_CASES.value),
    Section("/console/audit", "审计", Permission.VIEW_AUDIT.value),
]
