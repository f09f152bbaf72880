"""A draft is kept until it is filed, and filed once."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from complaints.errors import DraftIncomplete, DraftNotFound, TooManyPhotos
from complaints.models import Case, CaseEvent, Draft, Evidence
from complaints.queries import mine
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts, Slot
from complaints.services import drafting, filing
from core.work import Reading
from scheduler.models import OutboxMessage
from tests.complaints.conftest import OPENID, SHRIMP, TIPOFF


def count(reading: Reading, model: Any) -> int:
    return reading.session.scalar(select(func.count()).select_from(model)) or 0


def the_case(reading: Reading) -> Case:
    return reading.session.scalars(select(Case)).one()


def test_a_draft_outlives_three_days_and_another_connection(office: Any, read: Any, clock: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=DraftFacts(merchant_name="老王海鲜"), asked=Slot.PRODUCT)
    clock.advance(days=3)
    opened = read(drafting.current, openid=OPENID)
    assert opened.facts.merchant_name == "老王海鲜"
    assert opened.asked is Slot.PRODUCT


def test_beginning_again_adds_and_loses_nothing(office: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=DraftFacts(merchant_name="老王海鲜", claimed_mg=1_500_000))
    opened = office(drafting.begin, openid=OPENID, facts=DraftFacts(product="皮皮虾"))
    assert (opened.facts.merchant_name, opened.facts.product) == ("老王海鲜", "皮皮虾")
    assert opened.facts.claimed_mg == 1_500_000


def test_personal_fields_do_not_lie_open_in_the_database(file: Any, read: Any, office: Any) -> None:
    office(drafting.begin, openid="oOther", facts=SHRIMP)
    assert b"13800001234" not in read(lambda reading: reading.session.scalars(select(Draft.facts)).one())
    file()
    case = read(the_case)
    assert b"13800001234" not in case.contact_phone
    assert "王小明".encode() not in case.contact_name


def test_filing_gives_number_office_and_day(file: Any, read: Any) -> None:
    filed = file()
    assert filed.number.startswith("JL261123")
    assert filed.office_name == "历下区市场监督管理局"
    assert filed.acceptance_due == date(2026, 12, 2)
    case = read(the_case)
    assert case.region_code == "370102"
    assert case.law_order == "市场监管总局令第121号"
    assert case.due_on == date(2026, 12, 2)
    assert case.assessment["outcome"] == "over"
    assert case.assessment["shortage_mg"] == 300_000


def test_the_same_key_files_once(office: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    first = office(filing.file, openid=OPENID, idempotency_key="k")
    again = office(filing.file, openid=OPENID, idempotency_key="k")
    assert again == first
    assert read(count, Case) == 1
    assert read(count, CaseEvent) == 1
    assert read(count, OutboxMessage) == 1


def test_a_second_key_without_a_draft_is_told_so(file: Any, office: Any) -> None:
    file()
    with pytest.raises(DraftNotFound):
        office(filing.file, openid=OPENID, idempotency_key="another")


def test_a_complaint_without_contact_is_not_filed_and_kept(office: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=DraftFacts(merchant_name="店", product="虾", demand="退差价"))
    with pytest.raises(DraftIncomplete) as caught:
        office(filing.file, openid=OPENID, idempotency_key="k")
    assert set(caught.value.fields) == {"contact"}
    assert read(drafting.current, openid=OPENID) is not None


def test_a_tipoff_needs_no_name_and_has_its_own_clocks(file: Any) -> None:
    filed = file(TIPOFF)
    assert filed.track is Track.TIPOFF
    assert filed.acceptance_due == date(2026, 11, 26)


def test_photographs_move_from_draft_to_case(office: Any, photo: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    first = photo("white")
    office(drafting.attach, openid=OPENID, file_id=first)
    opened = office(drafting.attach, openid=OPENID, file_id=first)
    assert opened.facts.photos == 1
    office(filing.file, openid=OPENID, idempotency_key="k")
    row = read(lambda reading: reading.session.scalars(select(Evidence)).one())
    assert row.case_id is not None
    assert row.draft_id is None


def test_more_photographs_than_allowed_are_refused(office: Any, photo: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    office(drafting.attach, openid=OPENID, file_id=photo("white"), limit=1)
    with pytest.raises(TooManyPhotos):
        office(drafting.attach, openid=OPENID, file_id=photo("black"), limit=1)


def test_cancelling_leaves_nothing(office: Any, photo: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    office(drafting.attach, openid=OPENID, file_id=photo("white"))
    assert office(drafting.cancel, openid=OPENID) is True
    assert office(drafting.cancel, openid=OPENID) is False
    assert read(count, Evidence) == 0


def test_nobody_finds_somebody_elses_case(file: Any, read: Any) -> None:
    filed = file()
    assert read(mine.by_number, openid="oOther", number=filed.number) is None
    assert read(mine.mine, openid="oOther") == []
    own = read(mine.by_number, openid=OPENID, number=filed.number.lower())
    assert own.status_name == "待受理"
    assert "12月2日" in own.latest
