"""Runs a job once per slot across processes; a holder that died is replaced, one that wakes up again is refused."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, update

from core.work import Work
from scheduler.errors import StaleRun
from scheduler.models import JobRun
from scheduler.services.statements import affected, insert


@dataclass(frozen=True, slots=True)
class Run:
    """A held run; `epoch` tells its holders apart."""

    id: int
    job: str
    slot: str
    epoch: int


def begin(work: Work, *, job: str, slot: str, lease: timedelta) -> Run | None:
    """Take the run of `job` for `slot`, or return None where it is done or somebody holds it."""
    first = {"job": job, "slot": slot, "epoch": 0, "began_at": work.now, "result": {}}
    work.session.execute(
        insert(work, JobRun).values(first | {"lease_until": work.now}).on_conflict_do_nothing()
    )
    free = and_(JobRun.done_at.is_(None), JobRun.lease_until <= work.now)
    taken = work.session.execute(
        update(JobRun)
        .where(JobRun.job == job, JobRun.slot == slot, free)
        .values(epoch=JobRun.epoch + 1, lease_until=work.now + lease)
        .returning(JobRun.id, JobRun.epoch)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Run(taken.id, job, slot, taken.epoch) if taken else None


def hold(work: Work, *, run: Run, lease: timedelta) -> None:
    """Make sure, in this transaction, that the run is still ours, and extend it; every writing unit begins with it.

    Raises:
        StaleRun: another process took the run over; nothing of this unit may be kept.
    """
    held = and_(JobRun.id == run.id, JobRun.epoch == run.epoch, JobRun.done_at.is_(None))
    result = work.session.execute(update(JobRun).where(held).values(lease_until=work.now + lease))
    if not affected(result):
        raise StaleRun(job=run.job, slot=run.slot, epoch=run.epoch)


def finish(work: Work, *, run: Run, result: dict[str, int]) -> None:
    """Close the run with its figures.

    Raises:
        StaleRun: another process took the run over.
    """
    hold(work, run=run, lease=timedelta())
    work.session.execute(update(JobRun).where(JobRun.id == run.id).values(done_at=work.now, result=result))
