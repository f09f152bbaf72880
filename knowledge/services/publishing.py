"""A publication: a numbered set of approved versions that never changes, made on top of the latest one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from core.audit import record
from core.database import alone
from core.work import Reading, Work
from knowledge.errors import NothingToPublish, PublicationChanged, RehearsalFailed, VersionNotFound
from knowledge.models import ItemVersion, Publication, PublicationItem, QuestionGroup, Rehearsal
from knowledge.queries import publications
from knowledge.queries.questions import expectations, lately
from knowledge.rules.questions import GroupState
from knowledge.rules.regression import Expectation, Report
from knowledge.rules.versions import Edition, Origin, State
from knowledge.services.gate import Questions
from knowledge.services.steps import PUBLISHED, note_step

NAMED = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be published: on which base, what it would say instead, and the questions to measure with."""

    base: int
    restores: int
    versions: tuple[int, ...]
    old: Edition
    new: Edition
    questions: Questions

    @property
    def fingerprint(self) -> str:
        """Return what two plans measured with the same questions share."""
        return fingerprint(self.questions.kept)


def plan(reading: Reading, *, version_ids: Sequence[int] = (), restores: int = 0) -> Plan:
    """Return what publishing these approved versions (or all of publication `restores`) would change.

    Raises:
        NothingToPublish: nothing was chosen, or nothing would change.
        PublicationChanged: one of the versions is not approved any more.
        PublicationNotFound, VersionNotFound: there is no such thing.
    """
    base = publications.latest_number(reading)
    old = publications.taken(reading, number=base)
    new = _next(reading, old, version_ids=version_ids, restores=restores)
    if not publications.compared(old, new):
        raise NothingToPublish(base=base)
    return Plan(
        base=base,
        restores=restores,
        versions=tuple(version_ids),
        old=publications.edition_of(base, old.values()),
        new=publications.edition_of(base + 1, new.values()),
        questions=Questions(expectations(reading), lately(reading)),
    )


def keep_rehearsal(work: Work, *, planned: Plan, report: Report) -> Rehearsal:
    """Keep what a plan was measured to change, for people to read and to publish from."""
    rehearsal = Rehearsal(
        base=planned.base,
        restores=planned.restores,
        versions=list(planned.versions),
        fingerprint=planned.fingerprint,
        report=report.as_json(),
        passed=report.passed,
        actor_id=work.actor.id,
        actor_name=work.actor.name,
        made_at=work.now,
    )
    work.session.add(rehearsal)
    work.session.flush()
    return rehearsal


def publish(work: Work, *, rehearsal_id: int, note: str) -> Publication:
    """Publish what was rehearsed, if it is still what was measured. Going back is not held up by worse scores.

    Raises:
        RehearsalFailed: the scores are worse.
        PublicationChanged: somebody published, changed a version or a regression question meanwhile.
    """
    alone(work, "knowledge:publication")
    rehearsal = work.session.get(Rehearsal, rehearsal_id)
    if rehearsal is None:
        raise PublicationChanged(rehearsal_id=rehearsal_id)
    if not rehearsal.passed and not rehearsal.restores:
        raise RehearsalFailed(_failing(Report.from_json(rehearsal.report)), rehearsal_id=rehearsal_id)
    _refuse_changed(work, rehearsal)
    old = publications.taken(work, number=rehearsal.base)
    new = _next(work, old, version_ids=rehearsal.versions, restores=rehearsal.restores)
    return put_out(
        work,
        base=rehearsal.base,
        versions=new,
        removed=_removed(work, rehearsal.versions),
        made=Publication(
            restores=rehearsal.restores, origin=Origin.EDITED.value, note=note, report=rehearsal.report
        ),
    )


def put_out(
    work: Work,
    *,
    base: int,
    versions: Mapping[str, ItemVersion],
    removed: Iterable[ItemVersion],
    made: Publication,
) -> Publication:
    """Make the next publication of exactly `versions`, which the caller has checked, and settle every state."""
    old = publications.taken(work, number=base)
    made.number, made.base, made.published_at = base + 1, base, work.now
    made.actor_kind, made.actor_id, made.actor_name = work.actor.kind.value, work.actor.id, work.actor.name
    work.session.add(made)
    work.session.flush()
    work.session.execute(
        insert(PublicationItem),
        [
            {"number": made.number, "item_id": item_id, "version_id": one.id, "position": place}
            for place, (item_id, one) in enumerate(versions.items())
        ],
    )
    gone = [one for item_id, one in old.items() if _other(versions.get(item_id), one)]
    come = [one for item_id, one in versions.items() if _other(old.get(item_id), one)]
    for one in gone:
        one.state = (State.REPLACED if one.item_id in versions else State.WITHDRAWN).value
    for one in removed:
        one.state = State.WITHDRAWN.value
        note_step(work, one, step=PUBLISHED)
    work.session.flush()
    for one in come:
        one.state = State.PUBLISHED.value
        if made.origin != Origin.SHIPPED.value:
            note_step(work, one, step=PUBLISHED)
    work.session.flush()
    _settle_groups(work, come=come, gone=gone)
    record(
        work,
        "knowledge.publish",
        f"publication:{made.number}",
        base=base,
        restores=made.restores,
        changed=len(come),
        gone=len(gone),
        note=made.note,
    )
    return made


def fingerprint(kept: Iterable[Expectation]) -> str:
    """Return what two sets of regression questions share only if they are the same."""
    lines = sorted(f"{one.kind.value}\t{one.entry_id}\t{one.text}" for one in kept)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _next(
    reading: Reading, old: Mapping[str, ItemVersion], *, version_ids: Sequence[int], restores: int
) -> dict[str, ItemVersion]:
    """Return the versions the next publication takes, by item id: the base's order, what is new at its end."""
    if restores:
        publications.publication(reading, number=restores)
        return publications.taken(reading, number=restores)
    new = dict(old)
    for one in _approved(reading, version_ids):
        if one.removes:
            new.pop(one.item_id, None)
        else:
            new[one.item_id] = one
    return new


def _approved(reading: Reading, version_ids: Sequence[int]) -> list[ItemVersion]:
    found = reading.session.scalars(
        select(ItemVersion).where(ItemVersion.id.in_(version_ids)).order_by(ItemVersion.id)
    ).all()
    if len(found) != len(set(version_ids)):
        raise VersionNotFound(version_ids=list(version_ids))
    late = [one for one in found if one.state != State.APPROVED.value]
    if late:
        raise PublicationChanged(versions=[one.id for one in late])
    return list(found)


def _removed(work: Work, version_ids: Sequence[int]) -> list[ItemVersion]:
    return [
        one
        for one in work.session.scalars(select(ItemVersion).where(ItemVersion.id.in_(version_ids)))
        if one.removes
    ]


def _refuse_changed(work: Work, rehearsal: Rehearsal) -> None:
    latest = publications.latest_number(work)
    if latest != rehearsal.base:
        titles = [f"“{one.title}”" for one in publications.changes(work, old=rehearsal.base, new=latest)]
        named = "、".join(titles[:NAMED]) + (f"等 {len(titles)} 处" if len(titles) > NAMED else "")
        raise PublicationChanged(
            f"试运行之后已有人发布第 {latest} 期，改了{named}。请重新试运行再发布。", latest=latest
        )
    if rehearsal.fingerprint != fingerprint(expectations(work)):
        raise PublicationChanged("试运行之后回归问题有增减，请重新试运行再发布。")


def _failing(report: Report) -> str:
    named = "、".join(f"“{one.text}”" for one in report.failures[:NAMED])
    return f"回归测试变差了，不能发布：{named}等 {len(report.failures)} 个问题答得不如从前。请修改后再试。"


def _settle_groups(work: Work, *, come: Sequence[ItemVersion], gone: Sequence[ItemVersion]) -> None:
    """Close the groups whose answer is read from now on; open those whose answer went without a later one."""
    now_read = {one.item_id: one.number for one in come}
    lost = [one.id for one in gone if now_read.get(one.item_id, 0) < one.number]
    for ids, values in (
        (
            [one.id for one in come],
            {"state": GroupState.ANSWERED.value, "settled_at": work.now, "settled_by": work.actor.name},
        ),
        (lost, {"state": GroupState.OPEN.value, "settled_at": None, "settled_by": ""}),
    ):
        work.session.execute(update(QuestionGroup).where(QuestionGroup.answer_id.in_(ids)).values(**values))


def _other(one: ItemVersion | None, other: ItemVersion) -> bool:
    return one is None or one.id != other.id
