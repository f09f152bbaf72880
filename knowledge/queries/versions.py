"""Items and their versions: one, all of an item, those waiting for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from core.work import Reading
from knowledge.errors import ItemNotFound, VersionNotFound
from knowledge.models import ItemVersion, KnowledgeItem, VersionStep
from knowledge.rules.bodies import entry_of, wording_of
from knowledge.rules.differences import FieldChange, between
from knowledge.rules.entries import Entry
from knowledge.rules.synonyms import Wording
from knowledge.rules.versions import OPEN, ItemKind, Origin, State, title

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A version in a list, with the kind of its item and the words people know it by."""

    version: ItemVersion
    kind: ItemKind

    @property
    def title(self) -> str:
        """Return the question of an entry, or the words a row of synonyms stands for."""
        return title(self.version.body)


def item(reading: Reading, *, item_id: str) -> KnowledgeItem:
    """Return an item.

    Raises:
        ItemNotFound: there is none.
    """
    found = reading.session.get(KnowledgeItem, item_id)
    if found is None:
        raise ItemNotFound(item_id=item_id)
    return found


def version(reading: Reading, *, version_id: int) -> ItemVersion:
    """Return a version.

    Raises:
        VersionNotFound: there is none.
    """
    found = reading.session.get(ItemVersion, version_id)
    if found is None:
        raise VersionNotFound(version_id=version_id)
    return found


def latest(reading: Reading, *, item_id: str) -> ItemVersion | None:
    """Return the version of an item that was saved last."""
    return reading.session.scalar(
        select(ItemVersion).where(ItemVersion.item_id == item_id).order_by(ItemVersion.number.desc()).limit(1)
    )


def published(reading: Reading, *, item_id: str) -> ItemVersion | None:
    """Return the version of an item that citizens read now."""
    return reading.session.scalar(
        select(ItemVersion).where(ItemVersion.item_id == item_id, ItemVersion.state == State.PUBLISHED.value)
    )


def standing(reading: Reading, *, item_id: str) -> ItemVersion | None:
    """Return the version people work on now: their open one, else the published one."""
    opened = reading.session.scalar(
        select(ItemVersion).where(
            ItemVersion.item_id == item_id,
            ItemVersion.state.in_([one.value for one in OPEN]),
            ItemVersion.origin != Origin.SHIPPED.value,
        )
    )
    return opened or published(reading, item_id=item_id)


def history(reading: Reading, *, item_id: str, limit: int = PAGE) -> Sequence[ItemVersion]:
    """Return the versions of an item, the last saved first."""
    return reading.session.scalars(
        select(ItemVersion)
        .where(ItemVersion.item_id == item_id)
        .order_by(ItemVersion.number.desc())
        .limit(limit)
    ).all()


def steps(reading: Reading, *, version_id: int, limit: int = PAGE) -> Sequence[VersionStep]:
    """Return what was done with a version, first things first."""
    return reading.session.scalars(
        select(VersionStep).where(VersionStep.version_id == version_id).order_by(VersionStep.id).limit(limit)
    ).all()


def waiting(
    reading: Reading, *, state: State | None = None, author_id: str | None = None, limit: int = 200
) -> list[Line]:
    """Return versions that are not published yet, the oldest first; all of them, of one state, or of one author."""
    states = [state.value] if state is not None else [one.value for one in OPEN]
    query = _lines().where(ItemVersion.state.in_(states)).order_by(ItemVersion.id).limit(limit)
    if author_id is not None:
        query = query.where(ItemVersion.author_id == author_id)
    return [Line(found, ItemKind(kind)) for found, kind in reading.session.execute(query)]


def shown(
    reading: Reading, *, kind: ItemKind, topic: str = "", words: str = "", after: str = "", limit: int = PAGE
) -> list[Line]:
    """Return what is published, by item id after `after`, of one topic, with `words` in question, answer or synonym."""
    query = _lines().where(ItemVersion.state == State.PUBLISHED.value, KnowledgeItem.kind == kind.value)
    if topic:
        query = query.where(ItemVersion.body["topic"].as_string() == topic)
    for word in words.split():
        fields = ("question", "answer") if kind is ItemKind.ENTRY else ("mean", "say")
        held = [ItemVersion.body[field].as_string().contains(word, autoescape=True) for field in fields]
        query = query.where(held[0] | held[1])
    query = query.where(ItemVersion.item_id > after).order_by(ItemVersion.item_id).limit(limit)
    return [Line(found, ItemKind(kind)) for found, kind in reading.session.execute(query)]


def difference(reading: Reading, *, old_id: int | None, new_id: int) -> tuple[FieldChange, ...]:
    """Return what leads from one version to another, field by field; without an old one all of the new.

    Raises:
        VersionNotFound: one of them does not exist.
    """
    old = None if old_id is None else version(reading, version_id=old_id).body
    return between(old, version(reading, version_id=new_id).body)


def as_entry(found: ItemVersion) -> Entry:
    """Return the entry a version keeps."""
    return entry_of(found.item_id, found.body)


def as_wording(found: ItemVersion) -> Wording:
    """Return the row of synonyms a version keeps."""
    return wording_of(found.item_id, found.body)


def _lines() -> Select[*tuple[Any, ...]]:
    return select(ItemVersion, KnowledgeItem.kind).join(KnowledgeItem)
