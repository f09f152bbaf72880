"""The register's routes, one list a door."""

from aiohttp import web

from accounts.permissions import Permission
from integrity.web import citizen, open_data, register
from portal.people import Section

CONSOLE = [
    web.get("/register", register.overview),
    web.get("/register/import", register.import_form),
    web.post("/register/import", register.import_table),
    web.get("/register/due", register.due),
    web.get(r"/register/{id:\d{1,15}}", register.show),
    web.post(r"/register/{id:\d{1,15}}/phone", register.reveal),
]
H5 = [
    web.get("/merchants", citizen.shops),
    web.get(r"/merchants/{id:\d{1,15}}", citizen.shop),
    web.get("/instruments", citizen.certificate),
    web.get("/merchant", citizen.mine),
]
API = [
    web.get("/merchants/{uscc}", open_data.merchant),
    web.get("/certificates/{number}", open_data.certificate),
    web.get("/openapi.json", open_data.document),
    web.get("/docs", open_data.docs),
]
SECTIONS = [Section("/console/register", "商户与器具", Permission.VIEW_REGISTER.value)]
