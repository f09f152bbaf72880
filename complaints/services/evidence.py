"""Photographs of drafts and cases: what is done with one as soon as it is attached."""

from complaints.models import PhotoReading, ReadingState
from core.work import Work


def want_reading(work: Work, *, file_id: int) -> None:
    """Ask for a photograph to be read; one that was read or is waiting stays as it is."""
    if work.session.get(PhotoReading, file_id) is None:
        row = PhotoReading(file_id=file_id, state=ReadingState.WAITING.value, attempts=0, next_at=work.now)
        work.session.add(row)
        work.session.flush()
