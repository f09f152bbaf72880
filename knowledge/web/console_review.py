"""Review: what waits for a second pair of eyes, and the page on which it is approved or sent back."""

from typing import Any

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.errors import InvalidInput
from core.work import Reading
from knowledge.models import ItemVersion, VersionStep
from knowledge.queries import versions
from knowledge.rules.versions import ItemKind, State, kind_of, title
from knowledge.services import reviewing
from knowledge.services.phrasings import near
from knowledge.web.console import number_of, readable, screen
from knowledge.web.console_entries import preview
from knowledge.web.keys import known
from portal.keys import compute, database
from portal.pages import redirect

QUEUE = "/console/knowledge/review"
LONGEST_NOTE = 500


@requires(Permission.VIEW_KNOWLEDGE)
async def queue(request: web.Request) -> web.Response:
    """GET /console/knowledge/review: versions that wait for review, the oldest first."""
    lines = await database(request).read_as(actor(request), versions.waiting, state=State.IN_REVIEW)
    return screen(request, "knowledge/console_review.html", lines=lines, me=actor(request).id)


@requires(Permission.VIEW_KNOWLEDGE)
async def show(request: web.Request) -> web.Response:
    """GET /console/knowledge/review/{version}: what it changes, how it will look, whose it is."""
    return await _page(request)


@requires(Permission.REVIEW_KNOWLEDGE)
async def approve(request: web.Request) -> web.Response:
    """POST /console/knowledge/review/{version}/approve."""
    note = str((await request.post()).get("note", "")).strip()[:LONGEST_NOTE]
    found = await database(request).work(
        actor(request), reviewing.approve, version_id=_id(request), note=note
    )
    return redirect(QUEUE, message=f"“{title(found.body)}”第 {found.number} 版已通过，等下一期发布")


@requires(Permission.REVIEW_KNOWLEDGE)
async def send_back(request: web.Request) -> web.Response:
    """POST /console/knowledge/review/{version}/return: with what has to be changed."""
    note = str((await request.post()).get("reason", "")).strip()[:LONGEST_NOTE]
    if not note:
        wrong = InvalidInput("退回时请写一句要改什么。", fields={"reason": "请写一句要改什么"})
        return await _page(request, error=wrong)
    found = await database(request).work(
        actor(request), reviewing.send_back, version_id=_id(request), note=note
    )
    return redirect(QUEUE, message=f"“{title(found.body)}”第 {found.number} 版已退回给{found.author_name}")


async def _page(request: web.Request, *, error: InvalidInput | None = None) -> web.Response:
    who = actor(request)
    found, published, steps = await database(request).read_as(who, _read, version_id=_id(request))
    changes = await database(request).read_as(
        who, versions.difference, old_id=published.id if published else None, new_id=found.id
    )
    shown: dict[str, Any] = {"entry": None, "wording": None, "alike": ()}
    if kind_of(found.body) is ItemKind.ENTRY:
        entry = versions.as_entry(found)
        shown |= preview(request, entry)
        shown["alike"] = await compute(request, near, known(request).index, entry)
    else:
        shown["wording"] = versions.as_wording(found)
    return screen(
        request,
        "knowledge/console_review_one.html",
        status=error.status if error else 200,
        found=found,
        title=title(found.body),
        published=published,
        steps=steps,
        changes=readable(changes, known(request).content),
        mine=await database(request).read_as(who, reviewing.mine, version_id=found.id),
        may_review=Permission.REVIEW_KNOWLEDGE.value in who.permissions,
        form={"values": {}, "errors": error.fields if error else {}},
        **shown,
    )


def _read(
    reading: Reading, *, version_id: int
) -> tuple[ItemVersion, ItemVersion | None, tuple[VersionStep, ...]]:
    found = versions.version(reading, version_id=version_id)
    published = versions.published(reading, item_id=found.item_id)
    return found, published, tuple(versions.steps(reading, version_id=version_id))


def _id(request: web.Request) -> int:
    return number_of(request.match_info["version"])
