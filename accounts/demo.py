"""The demonstration's staff: one of every role, with one password that is printed on the sign-in page."""

from dataclasses import dataclass

from sqlalchemy import select

from accounts import passwords
from accounts.models import Staff
from accounts.permissions import Role
from accounts.services import staff
from core.errors import NotAuthenticated
from core.work import Actor, Work

PASSWORD = "quanheng-demo-2026"  # noqa: S105 (demonstration only; refused off loopback)


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account; `region` is the code prefix it is confined to."""

    username: str
    name: str
    role: Role
    region: str


ACCOUNTS = (
    Account("lixia", "李晓明", Role.HANDLER, "370102"),
    Account("qingdao", "孙丽娜", Role.HANDLER, "3702"),
    Account("jinan", "赵建国", Role.SUPERVISOR, "3701"),
    Account("editor", "周文静", Role.EDITOR, ""),
    Account("admin", "郑海涛", Role.ADMIN, ""),
    Account("province", "刘振东", Role.SUPERVISOR, ""),
)


def seed(work: Work) -> None:
    """Create the accounts that are not there yet."""
    present = set(work.session.scalars(select(Staff.username)))
    missing = [account for account in ACCOUNTS if account.username not in present]
    password_hash = passwords.hashed(PASSWORD) if missing else ""
    for account in missing:
        staff.create(
            work,
            username=account.username,
            name=account.name,
            password_hash=password_hash,
            role=account.role,
            region=account.region,
        )


def actor(work: Work, *, username: str) -> Actor:
    """Return a member of the demonstration's staff as one who acts."""
    staff_id = work.session.scalars(select(Staff.id).where(Staff.username == username)).one()
    found = staff.actor(work, staff_id=staff_id)
    if found is None:
        raise NotAuthenticated(username=username)
    return found[0]
