"""Addresses of cases at the console and on the phone."""

from aiohttp import web

from accounts.permissions import Permission
from complaints.web import (
    actions,
    casefile,
    citizen,
    evidence,
    home,
    inbox,
    report,
    report_check,
    report_cover,
    report_photos,
    report_where,
)
from portal.people import Section

CONSOLE = [
    web.get("/", home.home),
    web.get("/cases", inbox.queue),
    web.get("/cases/{number}", casefile.show),
    web.get("/cases/{number}/evidence.csv", evidence.index),
    web.get(r"/cases/{number}/photos/{photo:\d+}", evidence.photo_page),
    web.get(r"/cases/{number}/photos/{photo:\d+}.jpg", evidence.photo_image),
    web.get(r"/cases/{number}/photos/{photo:\d+}/uncovered.jpg", evidence.uncovered_image),
    web.post(r"/cases/{number}/photos/{photo:\d+}/covers", evidence.cover),
    web.post(r"/cases/{number}/photos/{photo:\d+}/covers/{cover:\d{1,15}}/lift", evidence.lift),
    web.post(r"/cases/{number}/photos/{photo:\d+}/original", evidence.original),
    web.post(r"/cases/{number}/photos/{photo:\d+}/reading", evidence.correct),
    web.post("/cases/{number}/reveal", casefile.reveal),
    web.post("/cases/{number}/accept", actions.accept),
    web.post("/cases/{number}/supplement", actions.supplement),
    web.post("/cases/{number}/refuse", actions.refuse),
    web.post("/cases/{number}/note", actions.note),
    web.post("/cases/{number}/reply", actions.reply),
    web.post("/cases/{number}/conclude", actions.conclude),
    web.post("/cases/{number}/told", actions.told),
    web.post("/cases/{number}/platform", actions.platform),
    web.post("/cases/{number}/claim", actions.claim),
    web.post("/cases/{number}/move", actions.move),
]

H5 = [
    web.get("/report", report.start),
    web.get("/report/words", report.words),
    web.post("/report/words", report.told),
    web.get("/report/where", report_where.show),
    web.get("/report/where/hits", report_where.hits),
    web.post("/report/where", report_where.save),
    web.post("/report/matter", report_where.matter),
    web.get("/report/result", report.result),
    web.get("/report/photos", report_photos.show),
    web.post("/report/photos", report_photos.add),
    web.post("/report/photos/none", report_photos.without),
    web.get(r"/report/photos/{photo:\d+}.jpg", report_cover.picture),
    web.get(r"/report/photos/{photo:\d+}", report_cover.show),
    web.post(r"/report/photos/{photo:\d+}", report_cover.save),
    web.post(r"/report/photos/{photo:\d+}/remove", report_photos.remove),
    web.get("/report/label", report_photos.label),
    web.post("/report/label", report_photos.confirm),
    web.get("/report/check", report_check.show),
    web.post("/report/check", report_check.send),
    web.post("/report/cancel", report.cancel),
    web.get("/report/filed/{number}", report_check.filed),
    web.get("/report/{screen}", report.show),
    web.post("/report/{screen}", report.save),
    web.get("/cases", citizen.mine),
    web.get("/cases/{number}", citizen.show),
    web.get(r"/cases/{number}/photos/{photo:\d+}.jpg", citizen.photo_image),
    web.post("/cases/{number}/photos", citizen.add_photos),
    web.post("/cases/{number}/messages", citizen.write),
    web.post("/cases/{number}/withdraw", citizen.withdraw),
    web.post("/cases/{number}/urge", citizen.urge),
    web.post("/cases/{number}/rate", citizen.rate),
    web.post("/cases/{number}/unsatisfied", citizen.unsatisfied),
]

API: list[web.RouteDef] = []

SECTIONS = [Section("/console/cases", "工单", Permission.VIEW_CASES.value)]
