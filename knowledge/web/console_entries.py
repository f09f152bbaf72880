"""Entries at the console: the list, one entry with its versions, what leads from one version to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.clock import local_date
from core.work import Reading
from knowledge.errors import VersionNotFound
from knowledge.models import ItemVersion, VersionStep
from knowledge.queries import versions, votes
from knowledge.rules import guide
from knowledge.rules.differences import FieldChange
from knowledge.rules.entries import Confidence, Content, Entry
from knowledge.rules.guide import Standing
from knowledge.rules.spoken import spoken
from knowledge.rules.versions import OPEN, ItemKind, State
from knowledge.services.phrasings import Near, near
from knowledge.web.console import number_of, readable, screen, topic_choices
from knowledge.web.keys import known, library
from portal.keys import CLOCK, compute, database

PAGE = 60
LONGEST_SEARCH = 64
STANDINGS = [("", "不限"), ("holds", "现行"), ("ended", "已失效"), ("coming", "尚未生效")]
VIEWS = [("", "已发布"), ("open", "未发布的修改"), ("mine", "我写的")]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address cuts the list by."""

    view: str
    topic: str
    confidence: str
    standing: str
    words: str
    group: int

    def kept(self) -> dict[str, str]:
        """Return the filters as they stand in an address, without what cuts nothing."""
        pairs = {
            "view": self.view,
            "topic": self.topic,
            "confidence": self.confidence,
            "standing": self.standing,
            "q": self.words,
            "group": str(self.group or ""),
        }
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the list, and its version on the way, where there is one."""

    entry: Entry
    opened: ItemVersion | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An item with its versions, the last saved first, and what was done with the open one."""

    latest: ItemVersion
    published: ItemVersion | None
    history: tuple[ItemVersion, ...]
    steps: tuple[VersionStep, ...]

    @property
    def opened(self) -> ItemVersion | None:
        """Return the version that is not published yet."""
        return next((one for one in self.history if State(one.state) in OPEN), None)

    @property
    def shown(self) -> ItemVersion:
        """Return the version the page shows: the one on the way, or what citizens read, or the last."""
        return self.opened or self.published or self.latest


@requires(Permission.VIEW_KNOWLEDGE)
async def entries(request: web.Request) -> web.Response:
    """GET /console/knowledge/entries: entries, cut by the filters in the address."""
    filters, who = _filters(request), actor(request)
    content, today = known(request).content, local_date(request.config_dict[CLOCK].now())
    waiting = await database(request).read_as(
        who, versions.waiting, author_id=who.id if filters.view == "mine" else None
    )
    opened = {line.version.item_id: line.version for line in waiting if line.kind is ItemKind.ENTRY}
    rows = [row for row in _rows(content, opened, filters) if _fits(row.entry, filters, today)]
    after = request.query.get("after", "")
    start = next((place + 1 for place, row in enumerate(rows) if row.entry.id == after), 0)
    shown = rows[start : start + PAGE]
    more = urlencode({**filters.kept(), "after": shown[-1].entry.id}) if start + PAGE < len(rows) else ""
    return screen(
        request,
        "knowledge/console_entries.html",
        rows=shown,
        filters=filters,
        views=[(_url(view=view), name, view == filters.view) for view, name in VIEWS],
        sentence=_sentence(filters, content, len(rows)),
        next_url=f"/console/knowledge/entries?{more}" if more else "",
        topic_options=[("", "全部主题"), *topic_choices(content.topics)[1:]],
        confidences=[("", "不限"), *((one.value, one.value) for one in Confidence)],
        standings=STANDINGS,
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
    )


@requires(Permission.VIEW_KNOWLEDGE)
async def entry(request: web.Request) -> web.Response:
    """GET /console/knowledge/entries/{id}: what citizens read of it, where it stands, every version."""
    who = actor(request)
    sheet = await database(request).read_as(who, _sheet, item_id=request.match_info["item_id"])
    changes: Sequence[FieldChange] = ()
    shown = versions.as_entry(sheet.shown)
    alike: tuple[Near, ...] = ()
    if sheet.opened is not None:
        alike = await compute(request, near, known(request).index, shown)
        changes = await database(request).read_as(
            who,
            versions.difference,
            old_id=sheet.published.id if sheet.published else None,
            new_id=sheet.opened.id,
        )
    tallies = await database(request).read_as(who, votes.tallies, item_ids=[shown.id])
    return screen(
        request,
        "knowledge/console_entry.html",
        sheet=sheet,
        tally=tallies.get(shown.id),
        changes=readable(changes, known(request).content),
        alike=alike,
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
        **preview(request, shown),
    )


@requires(Permission.VIEW_KNOWLEDGE)
async def version(request: web.Request) -> web.Response:
    """GET /console/knowledge/entries/{id}/versions/{number}: one version beside the one before it or any other."""
    who, number = actor(request), int(request.match_info["number"])
    sheet = await database(request).read_as(who, _sheet, item_id=request.match_info["item_id"])
    found = next((one for one in sheet.history if one.number == number), None)
    if found is None:
        raise VersionNotFound(number=number)
    against = request.query.get("against", "")
    other = next((one for one in sheet.history if str(one.number) == against), None)
    older = other or next((one for one in sheet.history if one.number < number), None)
    changes = await database(request).read_as(
        who, versions.difference, old_id=older.id if older else None, new_id=found.id
    )
    return screen(
        request,
        "knowledge/console_version.html",
        sheet=sheet,
        found=found,
        older=older,
        changes=readable(changes, known(request).content),
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
        **preview(request, versions.as_entry(found)),
    )


def preview(request: web.Request, shown: Entry) -> dict[str, Any]:
    """Return what a page needs to show an entry as citizens read it, in chat and on the phone."""
    content, today = known(request).content, local_date(request.config_dict[CLOCK].now())
    words = spoken(shown, content.laws)
    sources = guide.sources(shown, library(request), on=today)
    return {
        "entry": shown,
        "said": words,
        "said_bytes": len(words.encode()),
        "blocks": guide.blocks(shown.detail),
        "sources": sources,
        "missing": [(source.law, number) for source in sources for number in source.missing],
        "standing": guide.standing(shown.valid_from, shown.valid_to, on=today).value,
    }


def _sheet(reading: Reading, *, item_id: str) -> Sheet:
    versions.item(reading, item_id=item_id)
    history = tuple(versions.history(reading, item_id=item_id))
    published = versions.published(reading, item_id=item_id)
    opened = next((one for one in history if State(one.state) in OPEN), None)
    steps = versions.steps(reading, version_id=opened.id) if opened else ()
    return Sheet(history[0], published, history, tuple(steps))


def _filters(request: web.Request) -> Filters:
    asked = request.query
    return Filters(
        view=asked.get("view", ""),
        topic=asked.get("topic", ""),
        confidence=asked.get("confidence", ""),
        standing=asked.get("standing", ""),
        words=asked.get("q", "").strip()[:LONGEST_SEARCH],
        group=number_of(asked.get("group")),
    )


def _rows(content: Content, opened: dict[str, ItemVersion], filters: Filters) -> list[Row]:
    if filters.view:
        return [Row(versions.as_entry(one), one) for one in opened.values()]
    return [Row(one, opened.get(one.id)) for one in content.entries]


def _fits(found: Entry, filters: Filters, today: date) -> bool:
    text = f"{found.id} {found.question} {' '.join(found.ask)} {found.answer} {found.detail}"
    standing = guide.standing(found.valid_from, found.valid_to, on=today)
    return (
        filters.topic in ("", found.topic)
        and filters.confidence in ("", found.confidence.value)
        and filters.standing in ("", standing.value)
        and all(word in text for word in filters.words.split())
    )


def _sentence(filters: Filters, content: Content, total: int) -> str:
    topic = next((one.name for one in content.topics if one.id == filters.topic), "全部主题")
    parts = [dict(VIEWS).get(filters.view, "已发布"), topic]
    parts += [f"可信程度 {filters.confidence}"] if filters.confidence else []
    parts += [dict(STANDINGS)[filters.standing]] if filters.standing in set(Standing) else []
    parts += [f"含“{filters.words}”"] if filters.words else []
    return " · ".join([*parts, f"{total} 条"])


def _url(**kept: str) -> str:
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"/console/knowledge/entries?{query}".rstrip("?")
