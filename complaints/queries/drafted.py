"""The photographs of a person's open draft; nobody else's are ever found."""

from sqlalchemy import select

from complaints.errors import PhotoNotFound
from complaints.models import Draft, Evidence
from core.files import StoredFile
from core.work import Reading


def photos(reading: Reading, *, openid: str) -> list[tuple[int, str]]:
    """Return id and kind of each photograph, in the order they came."""
    rows = reading.session.execute(
        select(Evidence.id, Evidence.kind)
        .join(Draft, Draft.id == Evidence.draft_id)
        .where(Draft.openid == openid)
        .order_by(Evidence.id)
        .limit(50)
    )
    return [(photo_id, kind) for photo_id, kind in rows]


def photo(reading: Reading, *, openid: str, photo_id: int) -> str:
    """Return the SHA-256 of a photograph of a person's own draft.

    Raises:
        PhotoNotFound: no such photograph there.
    """
    sha256 = reading.session.scalar(
        select(StoredFile.sha256)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Draft, Draft.id == Evidence.draft_id)
        .where(Draft.openid == openid, Evidence.id == photo_id)
    )
    if sha256 is None:
        raise PhotoNotFound(photo_id=photo_id)
    return sha256
