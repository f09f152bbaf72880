"""A version is read by a second person before it can be published."""

from sqlalchemy import select

from core.work import Reading, Work
from knowledge.errors import ItemChanged, OwnVersion, StepNotAllowed
from knowledge.models import ItemVersion, VersionStep
from knowledge.queries import versions
from knowledge.rules.versions import Step
from knowledge.services.steps import SAVED, take


def submit(work: Work, *, version_id: int, note: str = "") -> ItemVersion:
    """Hand a draft over for review.

    Raises:
        VersionNotFound, StepNotAllowed: there is none, or it is no draft.
        ItemChanged: a later version was published meanwhile.
    """
    _refuse_overtaken(work, version_id)
    return take(work, version_id=version_id, step=Step.SUBMIT, note=note)


def approve(work: Work, *, version_id: int, note: str = "") -> ItemVersion:
    """Approve a version somebody else wrote and submitted.

    Raises:
        OwnVersion: the same person wrote or submitted it.
        VersionNotFound, StepNotAllowed, ItemChanged: as for `submit`.
    """
    _refuse_overtaken(work, version_id)
    if mine(work, version_id=version_id):
        raise OwnVersion(version_id=version_id)
    return take(work, version_id=version_id, step=Step.APPROVE, note=note)


def send_back(work: Work, *, version_id: int, note: str) -> ItemVersion:
    """Return a version to its author with the reason.

    Raises:
        StepNotAllowed: no reason is given, or the state does not allow it.
        VersionNotFound: there is none.
    """
    if not note.strip():
        raise StepNotAllowed("退回时请写一句要改什么。", version_id=version_id)
    return take(work, version_id=version_id, step=Step.SEND_BACK, note=note.strip())


def mine(reading: Reading, *, version_id: int) -> bool:
    """Tell whether the actor wrote or submitted a version, and so may not approve it."""
    hands = select(VersionStep.actor_kind, VersionStep.actor_id).where(
        VersionStep.version_id == version_id, VersionStep.step.in_([SAVED, Step.SUBMIT.value])
    )
    return (reading.actor.kind.value, reading.actor.id) in {
        tuple(row) for row in reading.session.execute(hands)
    }


def _refuse_overtaken(work: Work, version_id: int) -> None:
    found = versions.version(work, version_id=version_id)
    published = versions.published(work, item_id=found.item_id)
    if published is not None and published.number > found.number:
        raise ItemChanged(latest=published.number, item_id=found.item_id)
