"""Raises notices to editors where a law ends that a published answer rests on, and settles those that are over."""

from collections.abc import Mapping

from sqlalchemy import select

from core.audit import record
from core.clock import local_date
from core.database import alone
from core.work import Work
from knowledge.errors import EntryInvalid, NoticeNotFound
from knowledge.models import LawNotice
from knowledge.queries import publications
from knowledge.rules.bodies import entry_of
from knowledge.rules.entries import Law
from knowledge.rules.laws import Ending, endings
from knowledge.rules.versions import ItemKind, kind_of

OVER = "词条或法规已更新，自动结束"
BY_ITSELF = "系统"
Key = tuple[int, str, str]


def watch(work: Work, *, laws: Mapping[str, Law]) -> int:
    """Raise what is new today and settle what no longer holds; return how many were raised. Twice is as good as once.

    A notice a person has settled is not raised again for the same version.
    """
    alone(work, "knowledge:notices")
    found = _found(work, laws)
    known = {(one.version_id, one.law_id, one.kind): one for one in work.session.scalars(select(LawNotice))}
    for key, (item_id, ending) in found.items():
        if key not in known:
            work.session.add(_notice(work, item_id, key[0], ending))
    for key, notice in known.items():
        if key not in found and notice.settled_at is None:
            notice.settled_at, notice.settled_by, notice.reason = work.now, BY_ITSELF, OVER
    work.session.flush()
    return len(found.keys() - known.keys())


def settle(work: Work, *, notice_id: int, reason: str) -> None:
    """Lay a notice aside with the reason, for this version of the answer.

    Raises:
        NoticeNotFound: there is none, or it is settled.
        EntryInvalid: no reason is given.
    """
    if not reason.strip():
        raise EntryInvalid("请写一句为什么这条不用改。", fields={"reason": "请写一句为什么不用改"})
    notice = work.session.get(LawNotice, notice_id)
    if notice is None or notice.settled_at is not None:
        raise NoticeNotFound(notice_id=notice_id)
    notice.settled_at, notice.settled_by, notice.reason = work.now, work.actor.name, reason.strip()
    work.session.flush()
    record(
        work, "knowledge.settle_notice", f"entry:{notice.item_id}", law=notice.law_id, reason=reason.strip()
    )


def _found(work: Work, laws: Mapping[str, Law]) -> dict[Key, tuple[str, Ending]]:
    today = local_date(work.now)
    taken = publications.taken(work, number=publications.latest_number(work))
    return {
        (version.id, ending.law_id, ending.kind.value): (item_id, ending)
        for item_id, version in taken.items()
        if kind_of(version.body) is ItemKind.ENTRY
        for ending in endings(entry_of(item_id, version.body), laws, on=today)
    }


def _notice(work: Work, item_id: str, version_id: int, ending: Ending) -> LawNotice:
    return LawNotice(
        kind=ending.kind.value,
        item_id=item_id,
        version_id=version_id,
        law_id=ending.law_id,
        articles="、".join(ending.articles),
        ends_on=ending.ends_on,
        successor=ending.successor,
        raised_at=work.now,
        settled_at=None,
        settled_by="",
        reason="",
    )
