"""What falls due: the latest stage only, once, for everyone bound, until verified anew."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.work import Reading
from integrity import demo
from integrity.errors import AlreadyBound, MerchantNotFound
from integrity.jobs import DueInstruments
from integrity.queries import instruments, merchants
from integrity.rules.rows import Kind
from integrity.services import contacts
from integrity.services.lookups import Answer, certificate_answer
from scheduler.messages import TemplateMessage
from scheduler.models import Reminder
from scheduler.ports import Due
from scheduler.services import reminders
from tests.fakes import HandClock
from tests.integrity.conftest import LI, WANG, Bring

Run = Callable[..., Any]
PLANNER = DueInstruments()
STAGES = (-30, -7, 0, 7)


def _plan(work: Run) -> int:
    return int(work(lambda one: reminders.fill(one, PLANNER.due(one, stages=STAGES))))


def _lines(reading: Reading) -> list[tuple[str, int, str, str]]:
    rows = reading.session.scalars(select(Reminder).order_by(Reminder.id))
    return [(row.facts["serial"], row.stage, row.recipient, row.status) for row in rows]


def _bind(work: Run, read: Run, openid: str = "o-wang") -> None:
    work(contacts.bind, merchant_id=read(merchants.by_uscc, code=WANG).id, openid=openid)


def test_only_the_latest_stage_is_planned_and_the_unbound_are_suppressed(
    register: Bring, work: Run, read: Run
) -> None:
    _bind(work, read)
    assert _plan(work) == 3
    assert read(_lines) == [
        ("A001", -7, "o-wang", "pending"),
        ("A002", 0, "o-wang", "pending"),
        ("B001", 7, "", "suppressed"),
    ]
    assert _plan(work) == 0


def test_each_bound_person_has_a_line(register: Bring, work: Run, read: Run) -> None:
    _bind(work, read)
    _bind(work, read, "o-wife")
    assert _plan(work) == 5


def test_the_next_stage_comes_when_its_day_comes(
    register: Bring, work: Run, read: Run, clock: HandClock
) -> None:
    _bind(work, read)
    _plan(work)
    clock.advance(days=7)
    assert _plan(work) == 2
    assert read(_lines)[-2:] == [("A001", 0, "o-wang", "pending"), ("A002", 7, "o-wang", "pending")]


def test_a_new_verification_ends_the_cycle(register: Bring, work: Run, read: Run) -> None:
    _bind(work, read)
    _plan(work)
    register(
        Kind.VERIFICATIONS,
        "证书编号,出厂编号,检定日期,有效期至,结论\nSD-20,A002,2026-11-23,2027-11-22,合格\n",
    )
    assert work(reminders.withdraw_over, planner=PLANNER) == 1
    assert ("A002", 0, "o-wang", "suppressed") in read(_lines)
    assert _plan(work) == 0


def test_the_message_fits_the_template() -> None:
    due = Due(
        subject_kind="instrument",
        subject_id=1,
        cycle="SD-1",
        stage=7,
        due_on=date(2026, 11, 20),
        facts={"merchant": "很" * 40, "instrument": "电子计价秤", "serial": "出厂001"},
    )
    message = PLANNER.message(due)
    assert isinstance(message, TemplateMessage)
    assert message.values["due"] == "2026年11月20日"
    assert message.values["serial"] == "001"
    assert max(len(value) for value in message.values.values()) <= 20


def test_a_person_is_bound_to_a_merchant_once(register: Bring, work: Run, read: Run) -> None:
    _bind(work, read)
    with pytest.raises(AlreadyBound):
        _bind(work, read)
    with pytest.raises(MerchantNotFound):
        work(contacts.bind, merchant_id=999, openid="o-wang")
    assert work(contacts.unbind, openid="o-wang") == 1
    assert read(merchants.bound, openid="o-wang") == []


def test_a_certificate_says_how_it_stands(register: Bring, read: Run) -> None:
    assert read(certificate_answer, number=" sd-1 ").answer is Answer.HOLDS
    assert read(certificate_answer, number="SD-2").answer is Answer.HOLDS
    assert read(certificate_answer, number="SD-3").answer is Answer.EXPIRED
    assert read(certificate_answer, number="SD-404").answer is Answer.UNKNOWN
    register(
        Kind.VERIFICATIONS,
        "证书编号,出厂编号,检定日期,有效期至,结论\nSD-30,B001,2026-11-01,2027-10-31,合格\n",
    )
    assert read(certificate_answer, number="SD-3").answer is Answer.REPLACED


def test_devices_are_listed_by_urgency(register: Bring, read: Run) -> None:
    found = read(instruments.of_merchant, read(merchants.by_uscc, code=WANG).id)
    assert [(device.serial, device.due.days_left) for device in found] == [("A002", 0), ("A001", 7)]
    assert [device.serial for device in read(instruments.due, within_days=0)] == ["A002", "B001"]
    assert read(merchants.by_uscc, code=LI).valid == 0


def test_the_demonstration_is_believable_and_the_same_every_time(bring: Bring, work: Run, read: Run) -> None:
    followers = [{"openid": "o-wang", "name": "王海生", "note": "老王海鲜，历下区"}]
    work(demo.seed, followers=followers)
    many, total, valid = read(merchants.totals)
    assert many >= 320
    assert total >= 1050
    assert 0.7 < valid / total < 0.95
    wang = read(merchants.profile, read(merchants.bound, openid="o-wang")[0])
    assert (wang.shown, wang.region_code, wang.stall) == ("老王海鲜", "370102", "A区12号")
    assert _plan(work) > 200
    assert [line for line in read(_lines) if line[2] == "o-wang"]
    standings = {device.due.standing.value for device in read(instruments.due, within_days=30, limit=2000)}
    assert standings == {"soon", "expired", "never"}


@pytest.mark.parametrize("text", ["\x00", "SD-1\x00", "%", "_" * 64, "'; --", "　"])
def test_hostile_numbers_and_names_are_just_not_found(text: str, register: Bring, read: Run) -> None:
    found = read(instruments.by_certificate, text)
    assert found is None or found.certificate_no == "SD-1"
    assert len(read(merchants.page, text=text).lines) in {0, 2}
    with pytest.raises(MerchantNotFound):
        read(merchants.by_uscc, code=text)
