"""Back-off, quiet hours, slots and stages."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SHANGHAI
from scheduler.errors import UnreadableMessage
from scheduler.messages import TemplateMessage, TextMessage, from_json, to_json
from scheduler.rules import back_off, daily_slot, is_quiet, latest_stage, may_repeat, next_midnight

STAGES = (-30, -7, 0, 7)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def quiet(moment: datetime) -> bool:
    return is_quiet(moment, quiet_from=time(21), quiet_until=time(8))


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(20, 59, False), (21, 0, True), (0, 0, True), (7, 59, True), (8, 0, False), (12, 0, False)],
)
def test_quiet_hours_begin_at_nine_and_end_at_eight_in_shanghai(
    hour: int, minute: int, expected: bool
) -> None:
    assert quiet(at(hour, minute)) is expected


def test_quiet_hours_may_lie_within_one_day() -> None:
    assert is_quiet(at(13), quiet_from=time(12), quiet_until=time(14))
    assert not is_quiet(at(15), quiet_from=time(12), quiet_until=time(14))


@given(st.integers(1, 50))
def test_pauses_never_get_shorter(attempts: int) -> None:
    assert back_off(attempts) <= back_off(attempts + 1)


def test_the_slot_of_the_early_morning_is_yesterdays() -> None:
    assert daily_slot(at(7, 29), at=time(7, 30)) == date(2026, 11, 22)
    assert daily_slot(at(7, 30), at=time(7, 30)) == date(2026, 11, 23)


def test_quotas_begin_anew_at_midnight_in_shanghai() -> None:
    assert next_midnight(at(23, 59)) == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_left", "stage"),
    [(31, None), (30, -30), (8, -30), (7, -7), (1, -7), (0, 0), (-6, 0), (-7, 7), (-900, 7)],
)
def test_only_the_latest_stage_reached_counts(days_left: int, stage: int | None) -> None:
    today = date(2026, 11, 23)
    assert latest_stage(today + timedelta(days=days_left), today, STAGES) == stage


def test_a_repetition_must_leave_within_the_carriers_window() -> None:
    margin = timedelta(seconds=60)
    assert may_repeat(at(12), at(12, 8), margin=margin)
    assert not may_repeat(at(12), at(12, 9), margin=margin)


@given(st.text())
def test_a_stored_message_reads_back_as_it_was(text: str) -> None:
    for message in (TextMessage(text), TemplateMessage("t", {"a": text}, text)):
        assert from_json(to_json(message)) == message


def test_a_message_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnreadableMessage):
        from_json({"kind": "fax"})
