"""Sessions: server-side, per door, ending by themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal import sessions
from portal.sessions import IDLE, LIFETIME, Door, Visit, WebSession
from tests.fakes import HandClock

Run = Callable[..., Any]
SECOND = timedelta(seconds=1)


def opened(work: Run, read: Run, door: Door) -> tuple[str, Visit]:
    token = work(sessions.begin, door=door, subject="7")
    visit = read(sessions.find, door=door, token=token)
    assert visit is not None
    return token, visit


@pytest.mark.parametrize("door", list(Door))
def test_a_session_idles_out(work: Run, read: Run, clock: HandClock, door: Door) -> None:
    token, _ = opened(work, read, door)
    clock.moment += IDLE[door] - SECOND
    assert read(sessions.find, door=door, token=token) is not None
    clock.moment += SECOND
    assert read(sessions.find, door=door, token=token) is None


@pytest.mark.parametrize("door", list(Door))
def test_use_keeps_a_session_alive_until_its_lifetime_ends(
    work: Run, read: Run, clock: HandClock, door: Door
) -> None:
    token, visit = opened(work, read, door)
    ends = clock.moment + LIFETIME[door]
    while clock.moment + IDLE[door] - SECOND < ends:
        clock.moment += IDLE[door] - SECOND
        assert read(sessions.find, door=door, token=token) is not None
        work(sessions.touch, visit=visit)
    clock.moment = ends
    assert read(sessions.find, door=door, token=token) is None


def test_the_cookie_itself_is_not_kept(work: Run, read: Run) -> None:
    token, _ = opened(work, read, Door.CONSOLE)
    rows = read(lambda reading: reading.session.scalars(select(WebSession)).all())
    assert token not in {value for row in rows for value in vars(row).values() if isinstance(value, str)}


@pytest.mark.parametrize("token", ["", "x", "token" * 20, "' OR 1=1 --", "\x00"])
def test_no_session_hides_behind_a_guess(work: Run, read: Run, token: str) -> None:
    opened(work, read, Door.CONSOLE)
    assert read(sessions.find, door=Door.CONSOLE, token=token) is None


def test_signing_off_ends_this_session_only(work: Run, read: Run) -> None:
    first, visit = opened(work, read, Door.CONSOLE)
    second, _ = opened(work, read, Door.CONSOLE)
    work(sessions.end, visit=visit)
    assert read(sessions.find, door=Door.CONSOLE, token=first) is None
    assert read(sessions.find, door=Door.CONSOLE, token=second) is not None


def test_all_sessions_of_a_person_can_be_ended(work: Run, read: Run) -> None:
    first, _ = opened(work, read, Door.CONSOLE)
    elsewhere, _ = opened(work, read, Door.H5)
    work(sessions.end_all, door=Door.CONSOLE, subject="7")
    assert read(sessions.find, door=Door.CONSOLE, token=first) is None
    assert read(sessions.find, door=Door.H5, token=elsewhere) is not None


def test_sweeping_removes_only_what_has_ended(work: Run, read: Run, clock: HandClock) -> None:
    opened(work, read, Door.CONSOLE)
    clock.moment += LIFETIME[Door.CONSOLE]
    token, _ = opened(work, read, Door.CONSOLE)
    work(sessions.sweep)
    assert read(lambda reading: reading.session.scalar(select(func.count()).select_from(WebSession))) == 1
    assert read(sessions.find, door=Door.CONSOLE, token=token) is not None
