"""Triage and handling: who may do what, what the citizen reads, which clocks run, what a stale form is told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from complaints.errors import (
    BadPlatformNumber,
    CaseChanged,
    CaseNotFound,
    GroundNeeded,
    StepNotAllowed,
    TextNeeded,
)
from complaints.models import NEVER, Case, CaseEvent, RunningClock
from complaints.queries import casefile, mine
from complaints.rules.lifecycle import Step
from complaints.services import citizens, handling, personal, triage
from core import audit
from core.audit import AuditEntry
from core.work import Reading
from scheduler.models import OutboxMessage
from tests.complaints.conftest import LIXIA, OPENID, PROVINCE, QINGDAO, SHRIMP, TIPOFF

REASON = "材料中没有购买凭证，也无法联系到投诉人本人"


def case(reading: Reading) -> Case:
    return reading.session.scalars(select(Case)).one()


def running(reading: Reading) -> dict[str, date]:
    rows = reading.session.scalars(select(RunningClock).where(RunningClock.stopped_at.is_(None)))
    return {row.clock: row.due_on for row in rows}


def latest(reading: Reading) -> CaseEvent:
    return reading.session.scalars(select(CaseEvent).order_by(CaseEvent.id.desc()).limit(1)).one()


def sent(reading: Reading) -> int:
    return len(reading.session.scalars(select(OutboxMessage.id)).all())


def test_accepting_starts_mediation_and_tells_the_citizen(file: Any, office: Any, read: Any) -> None:
    filed = file()
    before = read(sent)
    office(triage.accept, actor=LIXIA, number=filed.number, version=1)
    taken = read(case)
    assert (taken.status, taken.assignee_name, taken.version) == ("accepted", "李晓明", 2)
    assert read(running) == {"mediation": date(2027, 1, 22)}
    assert taken.due_on == date(2027, 1, 22)
    assert "1月22日" in read(latest).public_text
    assert read(sent) == before + 1


def test_a_county_does_not_reach_another_citys_case(file: Any, office: Any) -> None:
    filed = file()
    with pytest.raises(CaseNotFound):
        office(triage.accept, actor=QINGDAO, number=filed.number, version=1)
    office(triage.accept, actor=PROVINCE, number=filed.number, version=1)


def test_a_refusal_without_a_ground_in_force_is_not_possible(file: Any, office: Any) -> None:
    filed = file()
    for ground, reason in (("", REASON), ("no_clue", REASON), ("incomplete", "不行")):
        with pytest.raises(GroundNeeded):
            office(triage.refuse, actor=LIXIA, number=filed.number, version=1, ground=ground, reason=reason)


def test_a_refusal_names_ground_reason_and_the_other_ways(file: Any, office: Any, read: Any) -> None:
    filed = file()
    office(triage.refuse, actor=LIXIA, number=filed.number, version=1, ground="incomplete", reason=REASON)
    told = read(latest).public_text
    for part in ("第16条第五项", REASON, "消费者协会", "人民法院", "第39条"):
        assert part in told
    refused = read(case)
    assert (refused.is_open, refused.due_on) == (False, NEVER)
    assert read(running) == {}


def test_an_older_case_is_refused_and_mediated_under_order_20(
    file: Any, office: Any, read: Any, clock: Any
) -> None:
    clock.moment = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)
    filed = file()
    assert read(case).law_order == "市场监管总局令第20号"
    with pytest.raises(GroundNeeded):
        office(triage.refuse, actor=LIXIA, number=filed.number, version=1, ground="identity", reason=REASON)
    office(triage.accept, actor=LIXIA, number=filed.number, version=1)
    clocks = read(casefile.casefile, number=filed.number).clocks
    assert {clock.clock: clock.days for clock in clocks} == {"acceptance": 7, "mediation": 45}


def test_a_tipoff_goes_from_acceptance_to_an_opened_file(file: Any, office: Any, read: Any) -> None:
    filed = file(TIPOFF)
    assert read(running).keys() == {"tipoff_acceptance", "tipoff_filing"}
    office(triage.accept, actor=QINGDAO, number=filed.number, version=1)
    assert read(running).keys() == {"tipoff_filing"}
    with pytest.raises(StepNotAllowed):
        office(handling.conclude, actor=QINGDAO, number=filed.number, version=2, step=Step.AGREE, text="和解")
    office(
        handling.conclude, actor=QINGDAO, number=filed.number, version=2, step=Step.OPEN_FILE, text="有线索"
    )
    assert read(running).keys() == {"penalty_decision"}


def test_ended_mediation_stays_in_the_queue_until_both_are_told(file: Any, office: Any, read: Any) -> None:
    filed = file()
    office(triage.accept, actor=LIXIA, number=filed.number, version=1)
    office(
        handling.conclude,
        actor=LIXIA,
        number=filed.number,
        version=2,
        step=Step.TERMINATE,
        text="商家明确拒绝调解",
    )
    assert read(running).keys() == {"termination_notice"}
    assert read(case).is_open
    office(handling.note_told, actor=LIXIA, number=filed.number, version=3, text="已电话告知双方")
    assert read(running) == {}
    assert not read(case).is_open


def test_a_stale_form_is_refused_with_what_changed(file: Any, office: Any, read: Any) -> None:
    filed = file()
    office(handling.note, actor=LIXIA, number=filed.number, version=1, text="已电话联系市民")
    with pytest.raises(CaseChanged) as caught:
        office(triage.accept, actor=PROVINCE, number=filed.number, version=1)
    assert caught.value.changes == ["李晓明：内部备注，已电话联系市民"]
    assert read(case).status == "received"


def test_a_note_is_never_sent_nor_seen_by_the_citizen(file: Any, office: Any, read: Any) -> None:
    filed = file()
    before = read(sent)
    office(handling.note, actor=LIXIA, number=filed.number, version=1, text="怀疑重复投诉")
    assert read(sent) == before
    page = read(mine.in_full, openid=OPENID, number=filed.number)
    assert "怀疑" not in repr(page.timeline)


def test_a_reply_reaches_the_citizen_and_is_audited(file: Any, office: Any, read: Any) -> None:
    filed = file()
    before = read(sent)
    office(handling.reply, actor=LIXIA, number=filed.number, version=1, text="请保留小票")
    assert read(sent) == before + 1
    actions = read(lambda reading: list(reading.session.scalars(select(AuditEntry.action))))
    assert actions == ["case.reply"]
    assert read(audit.verify) is None
    with pytest.raises(TextNeeded):
        office(handling.reply, actor=LIXIA, number=filed.number, version=2, text="  ")


def test_the_platforms_number_is_checked_and_told(file: Any, office: Any, read: Any) -> None:
    filed = file()
    with pytest.raises(BadPlatformNumber):
        office(
            handling.set_platform_number,
            actor=LIXIA,
            number=filed.number,
            version=1,
            platform_number="一二三",
        )
    office(
        handling.set_platform_number,
        actor=LIXIA,
        number=filed.number,
        version=1,
        platform_number="3701 0220 2611 2300 01",
    )
    assert read(case).platform_number == "370102202611230001"


def test_what_was_asked_for_comes_back_to_the_queue(file: Any, office: Any, photo: Any, read: Any) -> None:
    filed = file()
    office(triage.ask_supplement, actor=LIXIA, number=filed.number, version=1, text="小票照片")
    assert read(case).status == "supplement"
    assert read(running).keys() == {"acceptance"}
    office(citizens.add_photo, openid=OPENID, number=filed.number, file_id=photo("blue"))
    assert read(case).status == "received"


def test_a_citizen_withdraws_only_their_own_case_and_once(file: Any, office: Any, read: Any) -> None:
    filed = file()
    with pytest.raises(CaseNotFound):
        office(citizens.withdraw, openid="oOther", number=filed.number)
    office(citizens.withdraw, openid=OPENID, number=filed.number)
    assert read(case).status == "withdrawn"
    with pytest.raises(StepNotAllowed):
        office(citizens.withdraw, openid=OPENID, number=filed.number)


def test_a_tipoff_under_verification_is_not_withdrawn(file: Any, office: Any) -> None:
    filed = file(TIPOFF)
    office(triage.accept, actor=QINGDAO, number=filed.number, version=1)
    with pytest.raises(StepNotAllowed):
        office(citizens.withdraw, openid=OPENID, number=filed.number)


def test_seeing_who_the_citizen_is_leaves_a_line(file: Any, office: Any, read: Any) -> None:
    filed = file(SHRIMP)
    shown = read(casefile.casefile, number=filed.number)
    assert (shown.name, shown.phone) == ("王**", "138****1234")
    contact = office(personal.reveal, actor=LIXIA, number=filed.number)
    assert contact.phone == "13800001234"
    actions = read(lambda reading: list(reading.session.scalars(select(AuditEntry.action))))
    assert actions == ["case.reveal"]


def test_a_case_without_a_place_is_the_provinces_until_moved(file: Any, office: Any, read: Any) -> None:
    from dataclasses import replace

    filed = file(replace(SHRIMP, place="不知道哪里"))
    with pytest.raises(CaseNotFound):
        office(triage.accept, actor=LIXIA, number=filed.number, version=1)
    office(handling.move, actor=PROVINCE, number=filed.number, version=1, place="历下区")
    office(triage.accept, actor=LIXIA, number=filed.number, version=2)
