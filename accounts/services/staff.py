"""Staff: created, signed in, locked out, signed off."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from accounts.errors import AccountLocked, StaffExists, WrongCredentials
from accounts.models import Staff
from accounts.permissions import PERMISSIONS, Role
from core.audit import record
from core.work import Actor, ActorKind, Reading, Work
from portal import sessions
from portal.sessions import Door

MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the edge needs in order to check a password before any transaction."""

    staff_id: int | None
    password_hash: str | None
    locked: bool = False


def create(
    work: Work, *, username: str, name: str, password_hash: str, role: Role, region: str = ""
) -> Staff:
    """Add a member of staff confined to the `region` code prefix.

    Raises:
        StaffExists: the user name is taken.
    """
    if work.session.scalar(select(Staff.id).where(Staff.username == username)) is not None:
        raise StaffExists(username=username)
    staff = Staff(
        username=username,
        name=name,
        password_hash=password_hash,
        role=role.value,
        region=region,
        active=True,
        failures=0,
        created_at=work.now,
    )
    work.session.add(staff)
    work.session.flush()
    record(work, "staff.create", f"staff:{staff.id}", username=username, role=role.value, region=region)
    return staff


def credentials(reading: Reading, *, username: str) -> Credentials:
    """Return what a password is checked against; nothing for an unknown or inactive user name.

    A locked account's is checked too: the answer must take as long as any other.
    """
    staff = reading.session.scalar(select(Staff).where(Staff.username == username, Staff.active))
    if staff is None:
        return Credentials(None, None)
    locked = staff.locked_until is not None and staff.locked_until > reading.now
    return Credentials(staff.id, staff.password_hash, locked)


def admit(work: Work, *, staff_id: int) -> str:
    """Open a console session for a person whose password was right; return the cookie's value.

    Raises:
        WrongCredentials: the account was closed meanwhile.
        AccountLocked: it was locked meanwhile.
    """
    staff = work.session.get(Staff, staff_id, with_for_update=True)
    if staff is None or not staff.active:
        raise WrongCredentials(staff_id=staff_id)
    if staff.locked_until is not None and staff.locked_until > work.now:
        raise AccountLocked(staff_id=staff_id)
    staff.failures = 0
    staff.locked_until = None
    staff.signed_in_at = work.now
    record(work, "staff.sign_in", f"staff:{staff.id}")
    return sessions.begin(work, door=Door.CONSOLE, subject=str(staff.id))


def refuse(work: Work, *, staff_id: int) -> None:
    """Count a wrong password; the fifth in a row locks the account for 15 minutes."""
    staff = work.session.get(Staff, staff_id, with_for_update=True)
    if staff is None:
        return
    staff.failures += 1
    if staff.failures >= MAX_FAILURES:
        staff.failures = 0
        staff.locked_until = work.now + LOCKED_FOR
        record(work, "staff.locked", f"staff:{staff.id}")


def actor(reading: Reading, *, staff_id: int) -> tuple[Actor, Role] | None:
    """Return who a signed-in member of staff is and may do, or None when the account is closed."""
    staff = reading.session.get(Staff, staff_id)
    if staff is None or not staff.active:
        return None
    role = Role(staff.role)
    return Actor(
        kind=ActorKind.STAFF,
        id=str(staff.id),
        name=staff.name,
        region=staff.region,
        permissions=frozenset(permission.value for permission in PERMISSIONS[role]),
    ), role
