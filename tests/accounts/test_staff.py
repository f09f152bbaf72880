"""Staff: passwords, lock-out, roles."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from accounts import passwords
from accounts.errors import AccountLocked, StaffExists, WeakPassword, WrongCredentials
from accounts.models import Staff
from accounts.permissions import PERMISSIONS, ROLE_NAMES, Permission, Role
from accounts.services import staff
from core.audit import AuditEntry
from core.work import Reading, Work
from portal import sessions
from portal.sessions import Door
from tests.fakes import HandClock

Run = Callable[..., Any]


@pytest.fixture
def handler(work: Run) -> int:
    made = work(
        staff.create, username="lixia", name="李晓明", password_hash="x", role=Role.HANDLER, region="370102"
    )
    return int(made.id)


def fail(work: Run, staff_id: int, times: int) -> None:
    for _ in range(times):
        work(staff.refuse, staff_id=staff_id)


def test_four_wrong_passwords_do_not_lock(work: Run, read: Run, handler: int) -> None:
    fail(work, handler, 4)
    assert read(staff.credentials, username="lixia").staff_id == handler


def test_the_fifth_wrong_password_locks_for_a_quarter_of_an_hour(
    work: Run, read: Run, handler: int, clock: HandClock
) -> None:
    fail(work, handler, 5)
    assert read(staff.credentials, username="lixia").locked
    clock.advance(minutes=14, seconds=59)
    with pytest.raises(AccountLocked):
        work(staff.admit, staff_id=handler)
    clock.advance(seconds=1)
    assert not read(staff.credentials, username="lixia").locked
    assert work(staff.admit, staff_id=handler)


def test_a_lock_is_audited(work: Run, read: Run, handler: int) -> None:
    fail(work, handler, 5)
    assert "staff.locked" in read(actions)


def actions(reading: Reading) -> list[str]:
    return list(reading.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_right_password_forgets_the_wrong_ones_before(work: Run, read: Run, handler: int) -> None:
    fail(work, handler, 4)
    work(staff.admit, staff_id=handler)
    fail(work, handler, 4)
    assert read(staff.credentials, username="lixia").staff_id == handler
    assert read(actions) == ["staff.create", "staff.sign_in"]


def test_a_closed_account_is_as_unknown_as_no_account(work: Run, read: Run, handler: int) -> None:
    def close(unit: Work) -> None:
        unit.session.get_one(Staff, handler).active = False

    work(close)
    assert read(staff.credentials, username="lixia") == read(staff.credentials, username="nobody")
    assert read(staff.actor, staff_id=handler) is None
    with pytest.raises(WrongCredentials):
        work(staff.admit, staff_id=handler)


def test_a_user_name_is_given_once(work: Run, handler: int) -> None:
    with pytest.raises(StaffExists):
        work(staff.create, username="lixia", name="另一位", password_hash="x", role=Role.EDITOR)


def test_an_actor_carries_region_and_the_roles_permissions(read: Run, handler: int) -> None:
    person, role = read(staff.actor, staff_id=handler)
    assert role is Role.HANDLER
    assert (person.id, person.region) == (str(handler), "370102")
    assert person.permissions == {permission.value for permission in PERMISSIONS[Role.HANDLER]}


def test_signing_in_opens_a_console_session_of_that_person(work: Run, read: Run, handler: int) -> None:
    token = work(staff.admit, staff_id=handler)
    visit = read(sessions.find, door=Door.CONSOLE, token=token)
    assert visit is not None
    assert visit.subject == str(handler)
    assert read(sessions.find, door=Door.H5, token=token) is None


def test_an_administrator_sees_no_personal_data_and_decides_no_case() -> None:
    admin = PERMISSIONS[Role.ADMIN]
    assert not admin & {Permission.HANDLE_CASES, Permission.APPROVE_CASES, Permission.REVEAL_PERSONAL}
    assert Permission.MANAGE_STAFF in admin


def test_every_role_has_a_name_and_every_permission_a_holder() -> None:
    assert set(ROLE_NAMES) == set(PERMISSIONS) == set(Role)
    assert frozenset().union(*PERMISSIONS.values()) == frozenset(Permission)


def test_only_the_right_password_matches() -> None:
    kept = passwords.hashed("a long enough one")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "a long enough one")
    assert not passwords.matches(kept, "a long enough two")
    assert not passwords.matches(None, "nobody has this password")
    assert not passwords.matches("not a hash", "a long enough one")


@pytest.mark.parametrize(
    "password", ["", "short", "elevenchars", "Password1234", "lixia-lixia-lixia", "123456789012"]
)
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_strength(password, username="lixia")


def test_a_long_password_of_ones_own_passes() -> None:
    passwords.check_strength("三斤皮皮虾回家只有二斤四两", username="lixia")
