"""After filing: urge, rate, ask for another look; silence never; one's own data."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from accounts.services import mydata
from accounts.services.person import Profile
from complaints.errors import NotEnded, TooEarly
from complaints.models import Case, CaseEvent
from complaints.queries import mine
from complaints.rules.lifecycle import Step
from complaints.services import aftercare, drafting, handling, silence, triage
from complaints.services.person import Reports
from core.audit import AuditEntry
from core.errors import InvalidInput
from core.work import Reading
from scheduler.models import OutboxMessage
from tests.complaints.conftest import CITIZEN, LIXIA, OPENID, SHRIMP


def the_case(reading: Reading) -> Case:
    return reading.session.scalars(select(Case)).one()


def ended(office: Any, read: Any, number: str) -> None:
    office(triage.accept, number=number, version=read(the_case).version, actor=LIXIA)
    office(
        handling.conclude,
        number=number,
        version=read(the_case).version,
        step=Step.TERMINATE,
        text="商户不同意调解",
        actor=LIXIA,
    )


def test_urging_reaches_the_office_and_waits_three_working_days(
    file: Any, office: Any, read: Any, clock: Any
) -> None:
    number = file().number
    office(aftercare.urge, openid=OPENID, number=number, actor=CITIZEN)
    assert read(the_case).urges == 1
    with pytest.raises(TooEarly) as caught:
        office(aftercare.urge, openid=OPENID, number=number, actor=CITIZEN)
    assert "11月26日" in caught.value.text
    clock.advance(days=3)
    office(aftercare.urge, openid=OPENID, number=number, actor=CITIZEN)
    assert read(the_case).urges == 2


def test_an_ended_case_is_rated_and_the_second_rating_replaces_the_first(
    file: Any, office: Any, read: Any
) -> None:
    number = file().number
    with pytest.raises(NotEnded):
        office(aftercare.rate, openid=OPENID, number=number, score=5)
    ended(office, read, number)
    office(aftercare.rate, openid=OPENID, number=number, score=2, reason="没有人打电话")
    office(aftercare.rate, openid=OPENID, number=number, score=4)
    assert read(mine.in_full, openid=OPENID, number=number).rated == 4
    with pytest.raises(InvalidInput):
        office(aftercare.rate, openid=OPENID, number=number, score=6)


def test_another_look_is_asked_for_once_and_a_supervisor_opens_the_case_again(
    file: Any, office: Any, read: Any
) -> None:
    number = file().number
    ended(office, read, number)
    office(aftercare.unsatisfied, openid=OPENID, number=number, reason="少的钱没有退")
    with pytest.raises(NotEnded):
        office(aftercare.unsatisfied, openid=OPENID, number=number, reason="再看看")
    case = read(the_case)
    office(
        aftercare.decide_reopening,
        number=number,
        version=case.version,
        reopen=True,
        reason="重新联系商户核秤",
        actor=LIXIA,
    )
    case = read(the_case)
    assert (case.status, case.closed_at, case.reopening_wanted_at) == ("accepted", None, None)


def test_keeping_it_closed_names_the_other_ways(file: Any, office: Any, read: Any) -> None:
    number = file().number
    ended(office, read, number)
    office(aftercare.unsatisfied, openid=OPENID, number=number, reason="少的钱没有退")
    version = read(the_case).version
    office(
        aftercare.decide_reopening,
        number=number,
        version=version,
        reopen=False,
        reason="商户已明确拒绝",
        actor=LIXIA,
    )
    told = read(mine.in_full, openid=OPENID, number=number).timeline[0]
    assert "人民法院" in told.text
    assert not read(mine.in_full, openid=OPENID, number=number).may_ask_again


def test_a_late_wish_is_told_where_else_to_turn(file: Any, office: Any, read: Any, clock: Any) -> None:
    number = file().number
    ended(office, read, number)
    clock.advance(days=31)
    with pytest.raises(NotEnded, match="12315"):
        office(aftercare.unsatisfied, openid=OPENID, number=number, reason="少的钱没有退")


def test_a_passed_day_is_told_once_and_says_what_may_be_done(
    file: Any, office: Any, read: Any, clock: Any
) -> None:
    file()
    before = read(lambda reading: len(list(reading.session.scalars(select(OutboxMessage.id)))))
    assert office(silence.tell_overdue) == 0
    clock.advance(days=11)
    assert office(silence.tell_overdue) == 1
    assert office(silence.tell_overdue) == 0
    event = read(
        lambda reading: reading.session.scalars(
            select(CaseEvent).order_by(CaseEvent.id.desc()).limit(1)
        ).one()
    )
    assert "催办" in event.public_text
    assert "12月2日" in event.public_text
    after = read(lambda reading: len(list(reading.session.scalars(select(OutboxMessage.id)))))
    assert after == before + 1


def test_ones_data_are_shown_and_looking_is_written_down(file: Any, office: Any, read: Any) -> None:
    file()
    parts = office(mydata.see, openid=OPENID, keepers=(Profile(), Reports()), actor=CITIZEN)
    reports = next(part for part in parts if part.name == "reports")
    assert reports.rows[0]["电话"] == "13800001234"
    assert "person.see" in read(lambda reading: list(reading.session.scalars(select(AuditEntry.action))))


def test_erasing_removes_the_draft_and_says_what_stays_and_why(file: Any, office: Any, read: Any) -> None:
    number = file().number
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    done = office(mydata.erase, openid=OPENID, keepers=(Profile(), Reports()), actor=CITIZEN)
    reports = next(one for one in done if one.title == "投诉与举报")
    assert reports.removed == 1
    assert number in reports.kept[0]
    assert read(drafting.current, openid=OPENID) is None
    assert read(the_case).contact_phone is not None


def test_personal_fields_of_long_ended_cases_are_erased_on_request(
    file: Any, office: Any, read: Any, clock: Any
) -> None:
    number = file().number
    ended(office, read, number)
    clock.advance(days=400)
    office(mydata.erase, openid=OPENID, keepers=(Reports(keep_days=365),), actor=CITIZEN)
    case = read(the_case)
    assert (case.contact_name, case.contact_phone, case.phone_index, case.story) == (None, None, None, None)
    assert case.received_at.date() == date(2026, 11, 23)
