"""The audit: every line seals the one before it, so that a change shows."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from core.audit import GENESIS, AuditEntry, record, verify
from core.work import Actor, ActorKind, Reading, Work

HANDLER = Actor(ActorKind.STAFF, id="7", name="李晓明", region="370102")


@pytest.fixture
def three_lines(work: Callable[..., Any]) -> list[int]:
    for number in (1, 2, 3):
        work(record, "case.accept", f"case:{number}", actor=HANDLER, ground="材料齐全", number=number)
    found: list[int] = work(
        lambda unit: unit.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()
    )
    return found


def test_a_line_says_who_what_and_on_which_subject(
    work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    work(record, "case.accept", "case:1", actor=HANDLER, ground="材料齐全")
    entry = read(lambda reading: reading.session.scalars(select(AuditEntry)).one())
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("staff", "7", "李晓明")
    assert (entry.action, entry.subject, entry.facts) == ("case.accept", "case:1", {"ground": "材料齐全"})
    assert entry.previous == GENESIS


def test_an_untouched_chain_is_whole(three_lines: list[int], read: Callable[..., Any]) -> None:
    assert read(verify) is None


def test_an_empty_chain_is_whole(read: Callable[..., Any]) -> None:
    assert read(verify) is None


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"ground": "另有原因", "number": 2}},
        {"actor_id": "8"},
        {"actor_name": "别人"},
        {"action": "case.refuse"},
        {"subject": "case:9"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_line_changed_behind_its_back_is_found(
    three_lines: list[int], change: dict[str, object], work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    second = three_lines[1]
    work(
        lambda unit: unit.session.execute(update(AuditEntry).where(AuditEntry.id == second).values(**change))
    )
    assert read(verify) == second


def test_a_line_taken_out_is_found_at_the_next(
    three_lines: list[int], work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    work(lambda unit: unit.session.execute(delete(AuditEntry).where(AuditEntry.id == three_lines[1])))
    assert read(verify) == three_lines[2]


def test_a_line_of_an_undone_transaction_leaves_no_gap(
    work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    def undone(unit: Work) -> None:
        record(unit, "case.accept", "case:1")
        raise LookupError("afterwards")

    with pytest.raises(LookupError):
        work(undone)
    work(record, "case.accept", "case:2")
    assert read(verify) is None
    assert read(_subjects) == ["case:2"]


def _subjects(reading: Reading) -> list[str]:
    return list(reading.session.scalars(select(AuditEntry.subject).order_by(AuditEntry.id)))


def test_several_lines_of_one_transaction_hang_together(
    work: Callable[..., Any], read: Callable[..., Any]
) -> None:
    def both(unit: Work) -> None:
        record(unit, "case.accept", "case:1")
        record(unit, "case.reply", "case:1")

    work(both)
    assert read(verify) is None
