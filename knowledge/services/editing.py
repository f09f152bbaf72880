"""Answers and synonyms written by people: every save is a version of its own, and nobody overwrites another unseen."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from core.audit import record
from core.database import alone
from core.work import Work
from knowledge.errors import EntryInvalid, ItemChanged, ItemNotFound, StepNotAllowed
from knowledge.models import ItemVersion, KnowledgeItem, QuestionGroup
from knowledge.queries import versions
from knowledge.rules.bodies import body_of_entry, body_of_wording
from knowledge.rules.checks import entry_problems, wording_problems
from knowledge.rules.entries import Content, Entry
from knowledge.rules.synonyms import Wording, wording_id
from knowledge.rules.versions import OPEN, ItemKind, Origin, State, Step, digest, kind_of
from knowledge.services.steps import SAVED, note_step, take

NEW_ID_LENGTH = 8


def save(work: Work, *, entry: Entry, based_on: int, content: Content, note: str = "") -> ItemVersion:
    """Save a draft of an entry and return it; without an id it gets one, and the same body again changes nothing.

    `based_on` is the number of the version the author saw, 0 for a new entry; `content` knows laws and topics.

    Raises:
        EntryInvalid: it breaks a rule; the sentences are in `fields`.
        ItemChanged: another version was saved since.
    """
    if not entry.id:
        entry = _named(work, entry)
    problems = entry_problems(entry, content)
    if problems:
        raise EntryInvalid(fields=problems)
    return _saved(work, entry.id, body_of_entry(entry), based_on=based_on, note=note)


def save_wording(work: Work, *, wording: Wording, based_on: int, note: str = "") -> ItemVersion:
    """Save a draft of a row of synonyms and return it; without an id it is named after what it means.

    Raises:
        EntryInvalid, ItemChanged: as for `save`.
    """
    problems = wording_problems(wording)
    if problems:
        raise EntryInvalid(fields=problems)
    item_id = wording.id or wording_id(wording.mean)[:64]
    return _saved(work, item_id, body_of_wording(wording), based_on=based_on, note=note)


def propose_removal(work: Work, *, item_id: str, based_on: int, note: str) -> ItemVersion:
    """Draft that an item is taken away; it is reviewed and published like any other change.

    Raises:
        ItemNotFound: nothing of this id is published.
        ItemChanged: another version was saved since.
    """
    alone(work, f"knowledge:{item_id}")
    published = versions.published(work, item_id=item_id)
    if published is None:
        raise ItemNotFound(item_id=item_id)
    _refuse_unseen(work, item_id, based_on)
    return add(work, item_id=item_id, body=published.body, based_on=based_on, note=note, removes=True)


def discard(work: Work, *, version_id: int, note: str = "") -> None:
    """Take back a version that is not published yet.

    Raises:
        VersionNotFound, StepNotAllowed: there is none, or it is not open any more.
    """
    found = take(work, version_id=version_id, step=Step.DISCARD, note=note)
    work.session.execute(
        update(QuestionGroup).where(QuestionGroup.answer_id == found.id).values(answer_id=None)
    )


def add(
    work: Work,
    *,
    item_id: str,
    body: dict[str, Any],
    based_on: int,
    note: str = "",
    origin: Origin = Origin.EDITED,
    removes: bool = False,
) -> ItemVersion:
    """Add a draft to an item (made where there is none).

    It replaces the open version and takes over its questions; what came with the program and what people wrote do not
    replace each other.
    """
    _ensure(work, item_id, kind_of(body))
    before = versions.latest(work, item_id=item_id)
    made = ItemVersion(
        item_id=item_id,
        number=before.number + 1 if before else 1,
        body=body,
        digest=digest(body),
        removes=removes,
        origin=origin.value,
        based_on=based_on,
        state=State.DRAFT.value,
        author_kind=work.actor.kind.value,
        author_id=work.actor.id,
        author_name=work.actor.name,
        note=note,
        made_at=work.now,
    )
    replaced = _replace_open(work, item_id, shipped=origin is Origin.SHIPPED)
    work.session.add(made)
    work.session.flush()
    work.session.execute(
        update(QuestionGroup).where(QuestionGroup.answer_id.in_(replaced)).values(answer_id=made.id)
    )
    note_step(work, made, step=SAVED, note=note)
    record(
        work, "knowledge.save", f"entry:{item_id}", version=made.number, origin=origin.value, removes=removes
    )
    return made


def _ensure(work: Work, item_id: str, kind: ItemKind) -> None:
    if work.session.get(KnowledgeItem, item_id) is None:
        work.session.add(KnowledgeItem(id=item_id, kind=kind.value, shipped_digest="", created_at=work.now))
        work.session.flush()


def _replace_open(work: Work, item_id: str, *, shipped: bool) -> list[int]:
    """Let the open version of one side step back; return the ids that did."""
    ours = ItemVersion.origin == Origin.SHIPPED.value
    side = ours if shipped else ~ours
    opened = work.session.scalars(
        select(ItemVersion).where(
            ItemVersion.item_id == item_id, ItemVersion.state.in_([one.value for one in OPEN]), side
        )
    ).all()
    for one in opened:
        one.state = State.REPLACED.value
    work.session.flush()
    return [one.id for one in opened]


def _saved(work: Work, item_id: str, body: dict[str, Any], *, based_on: int, note: str) -> ItemVersion:
    alone(work, f"knowledge:{item_id}")
    standing = versions.standing(work, item_id=item_id)
    if standing is not None and not standing.removes and standing.digest == digest(body):
        return standing
    _refuse_unseen(work, item_id, based_on)
    known = work.session.get(KnowledgeItem, item_id)
    if known is not None and known.kind != kind_of(body).value:
        raise StepNotAllowed("这个编号已用于另一类内容，请换一个编号。", item_id=item_id)
    return add(work, item_id=item_id, body=body, based_on=based_on, note=note)


def _refuse_unseen(work: Work, item_id: str, based_on: int) -> None:
    before = versions.latest(work, item_id=item_id)
    number = before.number if before is not None else 0
    if number != based_on:
        raise ItemChanged(latest=number, item_id=item_id)


def _named(work: Work, entry: Entry) -> Entry:
    return replace(entry, id=f"{entry.topic}-{work.ids.readable(NEW_ID_LENGTH).lower()}")
