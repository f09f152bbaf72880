"""Addresses of the console's door, calendar, offices and audit."""

from aiohttp import web

from accounts.permissions import Permission
from accounts.web import screens, signin
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

SECTIONS = [
    Section("/console/offices", "机构", Permission.VIEW_CASES.value),
    Section("/console/calendar", "工作日", Permission.VIEW_CASES.value),
    Section("/console/audit", "审计", Permission.VIEW_AUDIT.value),
]
