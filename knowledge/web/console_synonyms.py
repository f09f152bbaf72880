"""Synonyms at the console: what people say for our words, edited and reviewed like entries."""

from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.work import Reading, Work
from knowledge.errors import EntryInvalid, ItemChanged
from knowledge.models import ItemVersion
from knowledge.queries import versions
from knowledge.rules.bodies import body_of_wording
from knowledge.rules.differences import FieldChange, between
from knowledge.rules.synonyms import Wording
from knowledge.rules.versions import OPEN, ItemKind, State
from knowledge.services import editing, reviewing
from knowledge.web.console import number_of, screen
from portal.keys import database
from portal.pages import redirect

TOP = "/console/knowledge/synonyms"
MOST = 1000
LONGEST_SAY, LONGEST_MEAN, LONGEST_NOTE = 4000, 200, 300


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table as published (None while it is new), and its version on the way."""

    item_id: str
    wording: Wording
    published: ItemVersion | None
    opened: ItemVersion | None


@requires(Permission.VIEW_KNOWLEDGE)
async def table(request: web.Request) -> web.Response:
    """GET /console/knowledge/synonyms: every row, those on the way first."""
    who = actor(request)
    rows = await database(request).read_as(who, _rows)
    asked = request.query.get("q", "").strip()[:64]
    shown = [row for row in rows if asked in f"{' '.join(row.wording.say)} {row.wording.mean}"]
    return screen(
        request,
        "knowledge/console_synonyms.html",
        rows=shown,
        asked=asked,
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
    )


@requires(Permission.EDIT_KNOWLEDGE)
async def new(request: web.Request) -> web.Response:
    """GET /console/knowledge/synonyms/new: an empty row."""
    return _page(request, {"say": "", "mean": ""}, base=0)


@requires(Permission.VIEW_KNOWLEDGE)
async def row(request: web.Request) -> web.Response:
    """GET /console/knowledge/synonyms/{id}: a row, where it stands, its versions."""
    history = await database(request).read_as(actor(request), _history, item_id=request.match_info["item_id"])
    wording = versions.as_wording(_shown(history))
    values = {"say": "\n".join(wording.say), "mean": wording.mean}
    return _page(request, values, base=history[0].number, history=history)


@requires(Permission.EDIT_KNOWLEDGE)
async def save(request: web.Request) -> web.Response:
    """POST /console/knowledge/synonyms/new and …/{id}: save, or save and hand over for review."""
    data, item_id = await request.post(), request.match_info.get("item_id", "")
    values = {
        "say": str(data.get("say", "")).replace("\r\n", "\n")[:LONGEST_SAY],
        "mean": str(data.get("mean", "")).strip()[:LONGEST_MEAN],
        "note": str(data.get("note", "")).strip()[:LONGEST_NOTE],
    }
    wording = Wording(
        id=item_id,
        say=tuple(line.strip() for line in values["say"].splitlines() if line.strip()),
        mean=values["mean"],
    )
    base, submit = number_of(data.get("base")), data.get("do") == "submit"
    try:
        found = await database(request).work(
            actor(request), _save, wording=wording, base=base, note=values["note"], submit=submit
        )
    except EntryInvalid as error:
        history = await _history_of(request, item_id)
        return _page(request, values, base=base, history=history, errors=error.fields, status=error.status)
    except ItemChanged as error:
        history = await _history_of(request, str(error.facts["item_id"]))
        changes = between(history[0].body, body_of_wording(wording))
        return _page(
            request, values, base=history[0].number, history=history, changes=changes, status=error.status
        )
    said = "已提交，等另一位同事审核" if found.state == State.IN_REVIEW.value else "已存为草稿"
    return redirect(f"{TOP}/{quote(found.item_id)}", message=f"第 {found.number} 版{said}")


@requires(Permission.EDIT_KNOWLEDGE)
async def discard(request: web.Request) -> web.Response:
    """POST /console/knowledge/synonyms/{id}/discard: take back what is not published yet."""
    version_id = number_of((await request.post()).get("version"))
    await database(request).work(actor(request), editing.discard, version_id=version_id)
    return redirect(TOP, message="已撤回，查找时用的同义词没有变")


def _page(
    request: web.Request,
    values: dict[str, str],
    *,
    base: int,
    history: tuple[ItemVersion, ...] = (),
    errors: dict[str, str] | None = None,
    changes: tuple[FieldChange, ...] | None = None,
    status: int = 200,
) -> web.Response:
    opened = next((one for one in history if State(one.state) in OPEN), None)
    return screen(
        request,
        "knowledge/console_synonym.html",
        status=status,
        form={"values": values, "errors": errors or {}},
        base=base,
        history=history,
        opened=opened,
        changes=changes,
        item_id=request.match_info.get("item_id", ""),
        may_edit=Permission.EDIT_KNOWLEDGE.value in actor(request).permissions,
    )


def _save(work: Work, *, wording: Wording, base: int, note: str, submit: bool) -> ItemVersion:
    found = editing.save_wording(work, wording=wording, based_on=base, note=note)
    if submit and State(found.state) is State.DRAFT:
        found = reviewing.submit(work, version_id=found.id)
    return found


def _rows(reading: Reading) -> list[Row]:
    published = {
        line.version.item_id: line.version
        for line in versions.shown(reading, kind=ItemKind.SYNONYM, limit=MOST)
    }
    opened = {
        line.version.item_id: line.version
        for line in versions.waiting(reading)
        if line.kind is ItemKind.SYNONYM
    }
    return [
        Row(
            name,
            versions.as_wording(opened.get(name) or published[name]),
            published.get(name),
            opened.get(name),
        )
        for name in [*opened, *(name for name in published if name not in opened)]
    ]


def _history(reading: Reading, *, item_id: str) -> tuple[ItemVersion, ...]:
    versions.item(reading, item_id=item_id)
    return tuple(versions.history(reading, item_id=item_id))


async def _history_of(request: web.Request, item_id: str) -> tuple[ItemVersion, ...]:
    if not item_id:
        return ()
    return await database(request).read_as(actor(request), _history, item_id=item_id)


def _shown(history: tuple[ItemVersion, ...]) -> ItemVersion:
    states = (*OPEN, State.PUBLISHED)
    return next((one for one in history if State(one.state) in states), history[0])
