"""Addresses of reminder operations at the console."""

from aiohttp import web

from accounts.permissions import Permission
from portal.people import Section
from scheduler.web import console

CONSOLE = [
    web.get("/reminders", console.overview),
    web.get("/reminders/lines", console.wave),
    web.get("/reminders/calls", console.calls),
    web.get("/reminders/dead", console.dead),
    web.post("/reminders/plan", console.plan),
    web.post("/reminders/dispatch", console.dispatch),
    web.post(r"/reminders/dead/{message:\d+}/retry", console.retry),
]

H5: list[web.RouteDef] = []
API: list[web.RouteDef] = []
WECHAT: list[web.RouteDef] = []

SECTIONS = [Section("/console/reminders", "到期提醒", Permission.VIEW_REMINDERS.value)]
