"""Looking at who a citizen is: only on purpose, and never unrecorded."""

from dataclasses import dataclass

from sqlalchemy import select

from complaints.errors import CaseNotFound
from complaints.models import Case
from complaints.queries.scope import within
from core import audit
from core.work import Work


@dataclass(frozen=True, slots=True)
class Contact:
    """A citizen's name, telephone and address as given; "" for what was not given."""

    name: str
    phone: str
    address: str


def reveal(work: Work, *, number: str) -> Contact:
    """Return the contact of a case in the handler's region and write the audit line.

    Raises:
        CaseNotFound: no such case in the handler's region.
    """
    case = work.session.scalar(select(Case).where(Case.number == number, within(work.actor.region)))
    if case is None:
        raise CaseNotFound(number=number)
    audit.record(work, "case.reveal", f"case:{case.id}", number=case.number)

    def opened(sealed: bytes | None, field: str) -> str:
        return work.vault.unseal(sealed, place=f"cases.{field}") if sealed else ""

    return Contact(
        name=opened(case.contact_name, "contact_name"),
        phone=opened(case.contact_phone, "contact_phone"),
        address=opened(case.contact_address, "contact_address"),
    )


def photo_seen(work: Work, *, number: str, sha256: str) -> None:
    """Write the audit line of a member of staff looking at a photograph."""
    audit.record(work, "case.photo", f"case:{number}", sha256=sha256)
