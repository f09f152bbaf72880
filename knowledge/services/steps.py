"""One step of a version: taken where its state allows it, and written down with who took it."""

from core.audit import record
from core.work import Work
from knowledge.errors import StepNotAllowed, VersionNotFound
from knowledge.models import ItemVersion, VersionStep
from knowledge.rules.versions import State, Step, after

SAVED, PUBLISHED = "save", "publish"


def take(work: Work, *, version_id: int, step: Step, note: str = "") -> ItemVersion:
    """Take `step` with a version and return it.

    Raises:
        VersionNotFound: there is no such version.
        StepNotAllowed: its state does not allow the step.
    """
    found = work.session.get(ItemVersion, version_id, with_for_update=True)
    if found is None:
        raise VersionNotFound(version_id=version_id)
    state = after(State(found.state), step)
    if state is None:
        raise StepNotAllowed(version_id=version_id, state=found.state, step=step.value)
    found.state = state.value
    note_step(work, found, step=step.value, note=note)
    record(work, f"knowledge.{step.value}", f"entry:{found.item_id}", version=found.number, note=note)
    return found


def note_step(work: Work, version: ItemVersion, *, step: str, note: str = "") -> None:
    """Write down what was done with a version."""
    work.session.add(
        VersionStep(
            version_id=version.id,
            at=work.now,
            step=step,
            state=version.state,
            actor_kind=work.actor.kind.value,
            actor_id=work.actor.id,
            actor_name=work.actor.name,
            note=note,
        )
    )
    work.session.flush()
