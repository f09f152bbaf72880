"""Publishing: what is approved, its rehearsal with old and new scores, the publications so far, going back to one."""

import asyncio
import logging
from collections.abc import Sequence
from urllib.parse import urlencode

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.errors import AppError
from core.work import Actor, Reading
from knowledge import jobs
from knowledge.models import ItemVersion, Rehearsal
from knowledge.queries import publications, rehearsals, versions
from knowledge.queries.publications import ItemChange, compared
from knowledge.rules.regression import SERIES_NAMES, Report
from knowledge.rules.versions import State
from knowledge.services import publishing
from knowledge.web.console import number_of, readable, screen
from knowledge.web.keys import PRESS, REHEARSING, known
from portal.keys import CLOCK, database
from portal.pages import redirect

LOG = logging.getLogger(__name__)

TOP = "/console/knowledge/publish"
LONGEST_NOTE = 300
REFRESH_S = 2
PATIENCE_S = 180
VERDICTS = {"answer": "回答", "clarify": "反问", "reject": "不知道", "search": "找到"}


@requires(Permission.VIEW_KNOWLEDGE)
async def overview(request: web.Request) -> web.Response:
    """GET /console/knowledge/publish: what is approved, the latest rehearsals, the publications so far."""
    who, opened = actor(request), database(request)
    return screen(
        request,
        "knowledge/console_publish.html",
        approved=await opened.read_as(who, versions.waiting, state=State.APPROVED),
        rehearsed=await opened.read_as(who, rehearsals.rehearsals),
        published=await opened.read_as(
            who, publications.publications, before=number_of(request.query.get("before"))
        ),
        page=publications.PAGE,
        may_publish=Permission.PUBLISH_KNOWLEDGE.value in who.permissions,
    )


@requires(Permission.PUBLISH_KNOWLEDGE)
async def rehearse(request: web.Request) -> web.Response:
    """POST /console/knowledge/publish/rehearse: measure what publishing the chosen versions would change."""
    data, who = await request.post(), actor(request)
    chosen = [number_of(value) for value in data.getall("version", [])]
    restores = number_of(data.get("restores"))
    await database(request).read_as(who, publishing.plan, version_ids=chosen, restores=restores)
    latest = await database(request).read_as(who, rehearsals.rehearsals, limit=1)
    since = request.config_dict[CLOCK].now()
    task = asyncio.create_task(_rehearsed(request, who, chosen, restores))
    running = request.config_dict[REHEARSING]
    running.add(task)
    task.add_done_callback(running.discard)
    query = urlencode({"after": latest[0].id if latest else 0, "since": int(since.timestamp())})
    return redirect(f"{TOP}/rehearsing?{query}")


@requires(Permission.VIEW_KNOWLEDGE)
async def rehearsing(request: web.Request) -> web.Response:
    """GET /console/knowledge/publish/rehearsing?after=…&since=…: wait for the outcome, without scripts too."""
    who, after = actor(request), number_of(request.query.get("after"))
    made = await database(request).read_as(who, rehearsals.made_after, actor_id=who.id, after=after)
    if made is not None:
        return redirect(f"{TOP}/rehearsals/{made.id}")
    now = int(request.config_dict[CLOCK].now().timestamp())
    waited = max(now - (number_of(request.query.get("since")) or now), 0)
    response = screen(
        request, "knowledge/console_rehearsing.html", waited=waited, given_up=waited > PATIENCE_S
    )
    if waited <= PATIENCE_S:
        response.headers["Refresh"] = str(REFRESH_S)
    return response


@requires(Permission.VIEW_KNOWLEDGE)
async def rehearsal(request: web.Request) -> web.Response:
    """GET /console/knowledge/publish/rehearsals/{id}: scores old → new, what fails, which answers change."""
    return await _rehearsal(request)


@requires(Permission.PUBLISH_KNOWLEDGE)
async def publish(request: web.Request) -> web.Response:
    """POST /console/knowledge/publish/rehearsals/{id}: publish what was rehearsed."""
    note = str((await request.post()).get("note", "")).strip()[:LONGEST_NOTE]
    try:
        number = await jobs.publish(
            request.config_dict[PRESS],
            actor(request),
            rehearsal_id=number_of(request.match_info["rehearsal"]),
            note=note,
        )
    except AppError as error:
        return await _rehearsal(request, error=error)
    return redirect(f"{TOP}/{number}", message=f"第 {number} 期已发布，几秒内对话和页面都会用上")


@requires(Permission.VIEW_KNOWLEDGE)
async def publication(request: web.Request) -> web.Response:
    """GET /console/knowledge/publish/{number}?against=N: what a publication changed, or how it differs from another."""
    who, number = actor(request), number_of(request.match_info["number"])
    found = await database(request).read_as(who, publications.publication, number=number)
    against = number_of(request.query.get("against")) or found.base
    changes = await database(request).read_as(who, _changes, base=against, number=number)
    latest = await database(request).read_as(who, publications.latest_number)
    return screen(
        request,
        "knowledge/console_publication.html",
        found=found,
        latest=latest,
        against=against,
        items=_items(request, changes),
        report=Report.from_json(found.report) if found.report and against == found.base else None,
        series=SERIES_NAMES,
        verdicts=VERDICTS,
        may_publish=Permission.PUBLISH_KNOWLEDGE.value in who.permissions,
    )


async def _rehearsal(request: web.Request, *, error: AppError | None = None) -> web.Response:
    who = actor(request)
    found = await database(request).read_as(
        who, rehearsals.rehearsal, rehearsal_id=number_of(request.match_info["rehearsal"])
    )
    latest = await database(request).read_as(who, publications.latest_number)
    chosen = await database(request).read_as(who, _planned, found=found)
    return screen(
        request,
        "knowledge/console_rehearsal.html",
        status=error.status if error else 200,
        error=error,
        found=found,
        latest=latest,
        items=_items(request, chosen),
        report=Report.from_json(found.report),
        series=SERIES_NAMES,
        verdicts=VERDICTS,
        may_publish=Permission.PUBLISH_KNOWLEDGE.value in who.permissions,
    )


async def _rehearsed(request: web.Request, who: Actor, chosen: Sequence[int], restores: int) -> None:
    try:
        await jobs.rehearse(request.config_dict[PRESS], who, version_ids=chosen, restores=restores)
    except Exception:  # nobody awaits it; the page says that there is no outcome, the traceback is for us
        LOG.exception("rehearsal failed", extra={"versions": list(chosen), "restores": restores})


def _items(request: web.Request, changes: Sequence[ItemChange]) -> list[tuple[ItemChange, object]]:
    content = known(request).content
    return [(change, readable(change.fields, content)) for change in changes]


def _changes(reading: Reading, *, base: int, number: int) -> list[ItemChange]:
    """Return what a publication changed; of the first, which brings everything, nothing is listed."""
    return publications.changes(reading, old=base, new=number) if base else []


def _planned(reading: Reading, *, found: Rehearsal) -> list[ItemChange]:
    """Return what a rehearsal measured, item by item."""
    old = publications.taken(reading, number=found.base)
    if found.restores:
        return compared(old, publications.taken(reading, number=found.restores))
    new: dict[str, ItemVersion] = dict(old)
    for version_id in found.versions:
        one = versions.version(reading, version_id=version_id)
        new.pop(one.item_id, None)
        if not one.removes:
            new[one.item_id] = one
    return compared(old, new)
