"""Writing an entry: the form, its preview, saving it, and what to do when somebody else saved first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.work import Reading, Work
from knowledge.errors import EntryInvalid, ItemChanged
from knowledge.models import ItemVersion, QuestionGroup
from knowledge.queries import versions
from knowledge.rules.bodies import body_of_entry
from knowledge.rules.checks import LONGEST_ANSWER, LONGEST_DETAIL, LONGEST_QUESTION
from knowledge.rules.differences import FieldChange, between
from knowledge.rules.entries import Content, Entry
from knowledge.rules.versions import State
from knowledge.services import editing, reviewing, settling
from knowledge.services.phrasings import Near, near
from knowledge.web import entry_form
from knowledge.web.console import laws_by_level, number_of, readable, screen, topic_choices
from knowledge.web.console_entries import preview
from knowledge.web.console_questions import phrasings_of
from knowledge.web.entry_form import EntryForm
from knowledge.web.keys import known
from portal.keys import compute, database
from portal.pages import redirect

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """How an entry is to be saved: upon which version, why, for which group of questions (0: none), and what then."""

    base: int
    note: str
    group_id: int
    submit: bool


@requires(Permission.EDIT_KNOWLEDGE)
async def new(request: web.Request) -> web.Response:
    """GET /console/knowledge/entries/new?group=…: an empty form, with what people asked where there is a group."""
    group, said = await _group(request, request.query.get("group"))
    return await _page(request, entry_form.empty(said), item_id="", base=0, group=group)


@requires(Permission.EDIT_KNOWLEDGE)
async def edit(request: web.Request) -> web.Response:
    """GET /console/knowledge/entries/{id}/edit?group=…: the version on the way, or the published one."""
    latest, shown = await _found(request)
    group, said = await _group(request, request.query.get("group"))
    form = entry_form.filled(versions.as_entry(shown), said)
    return await _page(request, form, item_id=latest.item_id, base=latest.number, shown=shown, group=group)


@requires(Permission.EDIT_KNOWLEDGE)
async def save(request: web.Request) -> web.Response:
    """POST /console/knowledge/entries/new and …/{id}/edit: preview, save, or save and hand over for review."""
    data = await request.post()
    item_id = request.match_info.get("item_id", "")
    base, do, note = number_of(data.get("base")), str(data.get("do", "save")), str(data.get("note", ""))
    form = entry_form.sent(data)
    form.values["note"] = note = note.strip()[:LONGEST_NOTE]
    group, _ = await _group(request, data.get("group"))
    page = partial(_page, request, form, item_id=item_id, group=group)
    entry = entry_form.entry_in(form, item_id=item_id)
    if entry is None:
        return await page(base=base, status=422)
    if do == "preview":
        return await page(base=base, entry=entry)
    content = known(request).content
    try:
        found = await database(request).work(
            actor(request),
            _save,
            entry=entry,
            content=content,
            wish=Wish(base, note, group.id if group else 0, submit=do == "submit"),
        )
    except EntryInvalid as error:
        form.errors.update(error.fields)
        return await page(base=base, entry=entry, status=error.status)
    except ItemChanged as error:
        latest, shown = await _found(request)
        theirs = readable(between(latest.body, body_of_entry(entry)), content)
        return await page(
            base=latest.number,
            shown=shown,
            entry=entry,
            latest=latest,
            changes=theirs,
            status=error.status,
        )
    return redirect(f"/console/knowledge/entries/{found.item_id}", message=_said(found))


@requires(Permission.EDIT_KNOWLEDGE)
async def submit(request: web.Request) -> web.Response:
    """POST /console/knowledge/entries/{id}/submit: hand the draft over for review."""
    data = await request.post()
    found = await database(request).work(
        actor(request), reviewing.submit, version_id=number_of(data.get("version"))
    )
    return redirect(f"/console/knowledge/entries/{found.item_id}", message=_said(found))


@requires(Permission.EDIT_KNOWLEDGE)
async def restore(request: web.Request) -> web.Response:
    """POST /console/knowledge/entries/{id}/restore: a new draft that says what an earlier version said."""
    data, item_id = await request.post(), request.match_info["item_id"]
    found = await database(request).work(
        actor(request),
        _restore,
        version_id=number_of(data.get("version")),
        base=number_of(data.get("base")),
        content=known(request).content,
    )
    return redirect(f"/console/knowledge/entries/{item_id}", message=_said(found))


@requires(Permission.EDIT_KNOWLEDGE)
async def discard(request: web.Request) -> web.Response:
    """POST /console/knowledge/entries/{id}/discard: take back what is not published yet."""
    data, item_id = await request.post(), request.match_info["item_id"]
    await database(request).work(actor(request), editing.discard, version_id=number_of(data.get("version")))
    return redirect(f"/console/knowledge/entries/{item_id}", message="已撤回这个版本，市民看到的没有变")


@requires(Permission.EDIT_KNOWLEDGE)
async def remove(request: web.Request) -> web.Response:
    """POST /console/knowledge/entries/{id}/remove: propose that the entry is taken away."""
    data, item_id = await request.post(), request.match_info["item_id"]
    await database(request).work(
        actor(request),
        _remove,
        item_id=item_id,
        base=number_of(data.get("base")),
        note=str(data.get("note", "")).strip()[:LONGEST_NOTE],
    )
    return redirect(f"/console/knowledge/entries/{item_id}", message="已提议下架，等另一位同事审核")


def _save(work: Work, *, entry: Entry, content: Content, wish: Wish) -> ItemVersion:
    if wish.group_id:
        found = settling.answer_with(
            work, group_id=wish.group_id, entry=entry, content=content, based_on=wish.base, note=wish.note
        )
    else:
        found = editing.save(work, entry=entry, based_on=wish.base, content=content, note=wish.note)
    if wish.submit and State(found.state) is State.DRAFT:
        found = reviewing.submit(work, version_id=found.id)
    return found


def _restore(work: Work, *, version_id: int, base: int, content: Content) -> ItemVersion:
    old = versions.version(work, version_id=version_id)
    note = f"恢复到第 {old.number} 版"
    return editing.save(work, entry=versions.as_entry(old), based_on=base, content=content, note=note)


def _remove(work: Work, *, item_id: str, base: int, note: str) -> ItemVersion:
    found = editing.propose_removal(work, item_id=item_id, based_on=base, note=note)
    return reviewing.submit(work, version_id=found.id)


async def _group(request: web.Request, value: object) -> tuple[QuestionGroup | None, list[str]]:
    """Return the group of questions an entry is written for, with the ways people put it."""
    group_id = number_of(value)
    if not group_id:
        return None, []
    return await database(request).read_as(actor(request), phrasings_of, group_id=group_id)


async def _found(request: web.Request) -> tuple[ItemVersion, ItemVersion]:
    return await database(request).read_as(
        actor(request), _latest_and_shown, item_id=request.match_info["item_id"]
    )


def _latest_and_shown(reading: Reading, *, item_id: str) -> tuple[ItemVersion, ItemVersion]:
    """Return the version saved last, and the one an edit starts from: a withdrawn version is no ground to build on."""
    versions.item(reading, item_id=item_id)
    latest = versions.history(reading, item_id=item_id, limit=1)[0]
    over = State(latest.state) in (State.WITHDRAWN, State.REPLACED)
    published = versions.published(reading, item_id=item_id) if over else None
    return latest, published or latest


async def _page(
    request: web.Request,
    form: EntryForm,
    *,
    item_id: str,
    base: int,
    status: int = 200,
    entry: Entry | None = None,
    shown: ItemVersion | None = None,
    group: QuestionGroup | None = None,
    latest: ItemVersion | None = None,
    changes: Sequence[FieldChange] = (),
) -> web.Response:
    published = known(request)
    alike: tuple[Near, ...] = ()
    seen: dict[str, Any] = {"entry": None}
    if entry is not None:
        alike = await compute(request, near, published.index, entry)
        cited = tuple(cite for cite in entry.citations if cite.law in published.content.laws)
        seen = preview(request, replace(entry, citations=cited))
    return screen(
        request,
        "knowledge/console_edit.html",
        status=status,
        form=form,
        item_id=item_id,
        base=base,
        shown=shown,
        group=group,
        latest=latest,
        changes=changes,
        alike=alike,
        topic_options=topic_choices(published.content.topics),
        laws=laws_by_level(published.content),
        limits={"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER, "detail": LONGEST_DETAIL},
        **seen,
    )


def _said(found: ItemVersion) -> str:
    sentences = {
        State.DRAFT: f"第 {found.number} 版已存为草稿",
        State.IN_REVIEW: f"第 {found.number} 版已提交，等另一位同事审核",
        State.PUBLISHED: "内容没有改动，没有产生新版本",
    }
    return sentences.get(State(found.state), f"第 {found.number} 版已保存")
