"""What the program brings: the first publication, and on an upgrade what is new in it, beside what editors changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from core.audit import record
from core.database import alone
from core.work import Work
from knowledge.models import ItemVersion, KnowledgeItem, Publication, RegressionQuestion
from knowledge.queries import publications, versions
from knowledge.readers.shipped import Shipped
from knowledge.rules.bodies import body_of_entry, body_of_wording
from knowledge.rules.questions import kept_key
from knowledge.rules.regression import Expectation
from knowledge.rules.versions import Origin, State, Step, digest, kind_of
from knowledge.services import alarms, editing
from knowledge.services.publishing import put_out
from knowledge.services.steps import take

FIRST = "随程序提供的词条与同义词"
UPGRADE = "随程序升级更新的词条与同义词"
PROPOSAL = "程序升级带来的新版本；本单位改过这一条，请对照后决定用哪一版"
PROPOSED_REMOVAL = "新版程序不再带有这一条；本单位改过它，请决定是否撤下"
BY_PROGRAM = "系统"


def seed(work: Work, *, shipped: Shipped) -> None:
    """Bring the shipped content in; doing it again changes nothing.

    The first time it becomes publication 1. Later, what the program changed since is published anew; where an editor
    has changed the same item, the program's version waits for review instead.
    """
    alone(work, "knowledge:publication")
    bodies = {entry.id: body_of_entry(entry) for entry in shipped.content.entries}
    bodies |= {row.id: body_of_wording(row) for row in shipped.wordings}
    if publications.latest_number(work) == 0:
        _first(work, bodies)
    else:
        _upgrade(work, bodies)
    _questions(work, shipped.expectations)
    alarms.watch(work, laws=shipped.content.laws)


def _first(work: Work, shipped: Mapping[str, dict[str, Any]]) -> None:
    work.session.execute(insert(KnowledgeItem), [_item(work, name, body) for name, body in shipped.items()])
    work.session.execute(
        insert(ItemVersion), [_version(work, name, body, 1) for name, body in shipped.items()]
    )
    found = {one.item_id: one for one in work.session.scalars(select(ItemVersion).order_by(ItemVersion.id))}
    _put_out(work, base=0, versions={name: found[name] for name in shipped}, note=FIRST)


def _upgrade(work: Work, shipped: Mapping[str, dict[str, Any]]) -> None:
    base = publications.latest_number(work)
    old = publications.taken(work, number=base)
    known = {item.id: item for item in work.session.scalars(select(KnowledgeItem))}
    new = dict(old)
    for name, body in shipped.items():
        item = known.get(name)
        if item is not None and item.shipped_digest == digest(body):
            continue
        taken = _brought(work, name, body, old.get(name))
        if taken is not None:
            new[name] = taken
    for name in [name for name, item in known.items() if item.shipped_digest and name not in shipped]:
        if _dropped(work, name, old.get(name)):
            new.pop(name, None)
    if publications.compared(old, new):
        _put_out(work, base=base, versions=new, note=UPGRADE)


def _brought(work: Work, name: str, body: dict[str, Any], current: ItemVersion | None) -> ItemVersion | None:
    """Take a changed body in; return the version to publish, or None where editors have a say or nothing differs."""
    untouched = _untouched(work, name, current)
    if current is not None and current.digest == digest(body):
        _seen(work, name, digest(body))
        return None
    number = current.number if current is not None else 0
    made = editing.add(
        work,
        item_id=name,
        body=body,
        based_on=number,
        origin=Origin.SHIPPED,
        note="" if untouched else PROPOSAL,
    )
    _seen(work, name, digest(body))
    if untouched:
        return made
    take(work, version_id=made.id, step=Step.SUBMIT, note=PROPOSAL)
    return None


def _untouched(work: Work, name: str, current: ItemVersion | None) -> bool:
    """Tell whether nobody here has changed an item: it is new, as the program brought it, or gone with the program."""
    item = work.session.get(KnowledgeItem, name)
    if item is None or current is not None:
        return item is None or (current is not None and _shipped(current))
    latest = versions.latest(work, item_id=name)
    return not item.shipped_digest and latest is not None and _shipped(latest)


def _dropped(work: Work, name: str, current: ItemVersion | None) -> bool:
    """Tell whether an item the program no longer brings goes at once; where editors changed it, they decide."""
    _seen(work, name, "")
    if current is None or _shipped(current):
        return True
    made = editing.add(
        work,
        item_id=name,
        body=current.body,
        based_on=current.number,
        origin=Origin.SHIPPED,
        removes=True,
        note=PROPOSED_REMOVAL,
    )
    take(work, version_id=made.id, step=Step.SUBMIT, note=PROPOSED_REMOVAL)
    return False


def _shipped(version: ItemVersion) -> bool:
    return version.origin == Origin.SHIPPED.value


def _seen(work: Work, name: str, what: str) -> None:
    item = work.session.get(KnowledgeItem, name)
    if item is not None:
        item.shipped_digest = what
        work.session.flush()


def _put_out(work: Work, *, base: int, versions: Mapping[str, ItemVersion], note: str) -> None:
    made = Publication(restores=0, origin=Origin.SHIPPED.value, note=note, report={})
    put_out(work, base=base, versions=versions, removed=(), made=made)


def _item(work: Work, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind_of(body).value,
        "shipped_digest": digest(body),
        "created_at": work.now,
    }


def _version(work: Work, name: str, body: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        "item_id": name,
        "number": number,
        "body": body,
        "digest": digest(body),
        "removes": False,
        "origin": Origin.SHIPPED.value,
        "based_on": 0,
        "state": State.DRAFT.value,
        "author_kind": work.actor.kind.value,
        "author_id": work.actor.id,
        "author_name": work.actor.name,
        "note": "",
        "made_at": work.now,
    }


def _questions(work: Work, expectations: Iterable[Expectation]) -> None:
    """Add the regression questions that were never there; those people retired stay retired."""
    known = set(work.session.scalars(select(RegressionQuestion.key)))
    rows: dict[str, dict[str, Any]] = {}
    for one in expectations:
        rows.setdefault(kept_key(one.text), _question(work, one))
    new: Sequence[dict[str, Any]] = [row for key, row in rows.items() if key not in known]
    if new:
        work.session.execute(insert(RegressionQuestion), new)
        record(work, "knowledge.regression", "regression:shipped", added=len(new))


def _question(work: Work, one: Expectation) -> dict[str, Any]:
    return {
        "key": kept_key(one.text),
        "text": one.text,
        "kind": one.kind.value,
        "entry_id": one.entry_id,
        "note": "",
        "added_by": BY_PROGRAM,
        "added_at": work.now,
        "retired_by": "",
        "retired_at": None,
    }
