"""The register in the console: find a merchant, see its instruments, bring tables in."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.web_request import FileField

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.errors import InvalidInput, NotPermitted
from core.work import Actor, Reading
from integrity.queries import instruments, merchants
from integrity.queries.instruments import Device
from integrity.queries.merchants import Page, Profile
from integrity.rules.rows import COLUMNS, Kind
from integrity.services import importing, revealing
from integrity.services.importing import KIND_NAMES, Prepared, Report
from integrity.web.keys import names, settings
from portal.keys import compute, database
from portal.pages import respond

LIKELY = 55
MOST_HITS = 40
SHOWN_FAULTS = 200
LONGEST_ID = 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A merchant's page: itself, its devices, who hears from us for it."""

    profile: Profile
    devices: list[Device]
    contacts: list[tuple[str, datetime]]
    has_phone: bool


@requires(Permission.VIEW_REGISTER)
async def overview(request: web.Request) -> web.Response:
    """GET /console/register?q=…&after=…: merchants, all or those a name, a code or a certificate leads to."""
    asked, who, after = request.query.get("q", "").strip()[:64], actor(request), _after(request)
    page = await _found(request, asked, after)
    totals = await database(request).read_as(who, merchants.totals)
    query = urlencode({"q": asked, "after": page.after}) if page.after else ""
    return respond(
        request,
        "integrity/register.html",
        asked=asked,
        page=page,
        totals=totals,
        next_url=f"/console/register?{query}" if query else "",
        may_import=Permission.IMPORT_REGISTER.value in who.permissions,
    )


@requires(Permission.VIEW_REGISTER)
async def show(request: web.Request) -> web.Response:
    """GET /console/register/{id}: a merchant with its instruments, the most urgent first."""
    return await _sheet(request, phone=None)


@requires(Permission.REVEAL_PERSONAL)
async def reveal(request: web.Request) -> web.Response:
    """POST /console/register/{id}/phone: show the registered telephone; the audit notes who looked."""
    found = await database(request).work(
        actor(request), revealing.phone, merchant_id=int(request.match_info["id"])
    )
    return await _sheet(request, phone=found or "没有登记电话")


@requires(Permission.VIEW_REGISTER)
async def due(request: web.Request) -> web.Response:
    """GET /console/register/due?after=…: instruments that do not hold, or will not in 30 days."""
    after = _after(request)
    size = merchants.PAGE
    devices = await database(request).read_as(
        actor(request), instruments.due, within_days=30, after=after, limit=size + 1
    )
    more = f"/console/register/due?after={devices[size - 1].id}" if len(devices) > size else ""
    return respond(request, "integrity/due.html", devices=devices[:size], next_url=more)


@requires(Permission.IMPORT_REGISTER)
async def import_form(request: web.Request) -> web.Response:
    """GET /console/register/import: choose a table."""
    kind = request.query.get("kind", Kind.MERCHANTS.value)
    return _import_page(request, kind if kind in set(Kind) else Kind.MERCHANTS.value)


@requires(Permission.IMPORT_REGISTER)
async def import_table(request: web.Request) -> web.Response:
    """POST /console/register/import: check a table, or check it and store it."""
    form, who = await request.post(), actor(request)
    if who.region:
        raise NotPermitted("导入会改动全省的登记，请由省级人员办理。", staff_id=who.id)
    chosen, sent = str(form.get("kind", "")), form.get("file")
    if chosen not in set(Kind):
        return _import_page(request, Kind.MERCHANTS.value, problem="请先选择要导入哪一种表。")
    if not isinstance(sent, FileField):
        return _import_page(request, chosen, problem="请选择一个 .xlsx 或 .csv 文件。")
    kind, data, file = Kind(chosen), sent.file.read(), sent.filename
    try:
        prepared = await _prepared(request, who, kind, data, file)
    except InvalidInput as error:
        return _import_page(request, chosen, problem=f"{file}：{error.text}")
    report = prepared.report
    if form.get("do") == "store" and (prepared.clean or form.get("partial") == "yes"):
        report = await _stored(request, who, prepared)
    return _import_page(request, chosen, report=report)


def _after(request: web.Request) -> int:
    text = request.query.get("after", "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ID else 0


async def _prepared(request: web.Request, who: Actor, kind: Kind, data: bytes, file: str) -> Prepared:
    table = await compute(request, importing.read, data, kind=kind, settings=settings(request))
    return await database(request).read_as(who, importing.prepare, kind=kind, file=file, table=table)


async def _stored(request: web.Request, who: Actor, prepared: Prepared) -> Report:
    for writes in prepared.chunks():
        await database(request).work(who, importing.store, kind=prepared.report.kind, writes=writes)
    return await database(request).work(who, importing.note, report=prepared.report)


def _import_page(
    request: web.Request, kind: str, *, report: Report | None = None, problem: str = ""
) -> web.Response:
    return respond(
        request,
        "integrity/import.html",
        status=422 if problem or (report is not None and report.faults and not report.stored) else 200,
        kind=kind,
        kinds=[(one.value, KIND_NAMES[one]) for one in Kind],
        columns={KIND_NAMES[one]: COLUMNS[one].values() for one in Kind},
        report=report,
        problem=problem,
        most=SHOWN_FAULTS,
        names=KIND_NAMES,
    )


async def _found(request: web.Request, asked: str, after: int) -> Page:
    opened, who = database(request), actor(request)
    if not asked:
        return await opened.read_as(who, merchants.page, after=after)
    exact = await opened.read_as(who, merchants.page, text=asked, after=after)
    if exact.lines:
        return exact
    owner = await opened.read_as(who, instruments.by_certificate, number=asked)
    if owner is not None:
        return await opened.read_as(who, merchants.page, ids=[owner.merchant_id])
    ids = [hit.merchant_id for hit in names(request).search(asked, MOST_HITS) if hit.score >= LIKELY]
    return await opened.read_as(who, merchants.page, ids=ids)


async def _sheet(request: web.Request, *, phone: str | None) -> web.Response:
    who = actor(request)
    sheet = await database(request).read_as(who, _read_sheet, merchant_id=int(request.match_info["id"]))
    return respond(
        request,
        "integrity/merchant.html",
        sheet=sheet,
        phone=phone,
        may_reveal=Permission.REVEAL_PERSONAL.value in who.permissions,
    )


def _read_sheet(reading: Reading, *, merchant_id: int) -> Sheet:
    profile = merchants.profile(reading, merchant_id)
    if not profile.region_code.startswith(reading.actor.region):
        raise NotPermitted("这家商户不在您的辖区。", merchant_id=merchant_id)
    return Sheet(
        profile=profile,
        devices=instruments.of_merchant(reading, merchant_id),
        contacts=merchants.contacts(reading, merchant_id),
        has_phone=merchants.phone(reading, merchant_id) is not None,
    )
