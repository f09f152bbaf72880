"""A group of questions is answered once: by a new entry, by one more phrasing of an old one, or not at all."""

from dataclasses import replace

from core.audit import record
from core.text import key
from core.work import Work
from knowledge.errors import EntryInvalid, GroupNotFound, ItemNotFound, StepNotAllowed
from knowledge.models import ItemVersion, QuestionGroup
from knowledge.queries import versions
from knowledge.rules.entries import Content, Entry
from knowledge.rules.questions import GroupState
from knowledge.services import editing


def answer_with(
    work: Work, *, group_id: int, entry: Entry, content: Content, based_on: int = 0, note: str = ""
) -> ItemVersion:
    """Draft an entry, a new one or a version of an old one, that will answer the group once it is published.

    Raises:
        GroupNotFound, StepNotAllowed: there is no such group, or it was left aside.
        EntryInvalid, ItemChanged: as for `editing.save`.
    """
    group = _open(work, group_id)
    made = editing.save(
        work, entry=entry, based_on=based_on, content=content, note=note or f"来自问题：{group.text}"
    )
    return _answered_by(work, group, made)


def add_phrasing(work: Work, *, group_id: int, item_id: str, phrasing: str, content: Content) -> ItemVersion:
    """Draft a version of an entry that people may also ask for in these words.

    Raises:
        ItemNotFound: there is no such entry to add to.
        GroupNotFound, StepNotAllowed, EntryInvalid: as for `answer_with`; the words stand there already.
    """
    group = _open(work, group_id)
    standing = versions.standing(work, item_id=item_id)
    latest = versions.latest(work, item_id=item_id)
    if standing is None or latest is None or standing.removes:
        raise ItemNotFound(item_id=item_id)
    entry = versions.as_entry(standing)
    if key(phrasing) in map(key, entry.phrasings):
        raise EntryInvalid("这条词条已经有这种问法了。", fields={"ask": "已经有这种问法"})
    made = editing.save(
        work,
        entry=replace(entry, ask=(*entry.ask, phrasing.strip())),
        based_on=latest.number,
        content=content,
        note=f"补一种问法：{phrasing.strip()}",
    )
    return _answered_by(work, group, made)


def ignore(work: Work, *, group_id: int, reason: str) -> None:
    """Leave a group aside, with the reason; it stays there however often it is asked.

    Raises:
        GroupNotFound: there is none.
        EntryInvalid: no reason is given.
    """
    if not reason.strip():
        raise EntryInvalid("请写一句为什么不处理。", fields={"reason": "请写一句为什么不处理"})
    _set(work, group_id, GroupState.IGNORED, reason=reason.strip())


def reopen(work: Work, *, group_id: int) -> None:
    """Take a group up again.

    Raises:
        GroupNotFound: there is none.
    """
    _set(work, group_id, GroupState.OPEN, reason="")


def _open(work: Work, group_id: int) -> QuestionGroup:
    group = _group(work, group_id)
    if group.state == GroupState.IGNORED.value:
        raise StepNotAllowed("这组问题已标为不处理，请先恢复再作答。", group_id=group_id)
    return group


def _answered_by(work: Work, group: QuestionGroup, made: ItemVersion) -> ItemVersion:
    group.answer_id = made.id
    work.session.flush()
    record(work, "knowledge.answer_group", f"group:{group.id}", entry=made.item_id, version=made.number)
    return made


def _set(work: Work, group_id: int, state: GroupState, *, reason: str) -> None:
    group = _group(work, group_id)
    group.state, group.reason = state.value, reason
    settled = state is not GroupState.OPEN
    group.settled_at = work.now if settled else None
    group.settled_by = work.actor.name if settled else ""
    work.session.flush()
    record(work, f"knowledge.group_{state.value}", f"group:{group_id}", reason=reason)


def _group(work: Work, group_id: int) -> QuestionGroup:
    group = work.session.get(QuestionGroup, group_id, with_for_update=True)
    if group is None:
        raise GroupNotFound(group_id=group_id)
    return group
