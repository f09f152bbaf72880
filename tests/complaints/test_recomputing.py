"""A deadline that leant on an unknown year is counted again when that year's notice is entered."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from accounts.services import reference
from accounts.services.calendar import replace_year
from complaints.models import RunningClock
from complaints.rules.drafts import DraftFacts
from complaints.services import drafting, filing
from complaints.services.recording import recompute_provisional
from core.work import Reading
from tests.fakes import HandClock

FACTS = DraftFacts(
    merchant_name="老王海鲜",
    region_code="370102",
    product="虾",
    contact_name="王秀英",
    contact_phone="13800001234",
    contact_address="历下区文化东路1号",
    demand="退还差价",
)


def test_the_new_notice_moves_a_provisional_deadline(
    work: Callable[..., Any], read: Callable[..., Any], clock: HandClock
) -> None:
    clock.moment = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
    work(reference.load)
    work(drafting.begin, openid="o1", facts=FACTS)
    filed = work(filing.file, openid="o1", idempotency_key="k1")
    assert filed.provisional
    before = read(_acceptance)
    assert work(recompute_provisional) == 0
    new_year = [date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5)]
    work(replace_year, year=2027, holidays=new_year, working=[], source="测试用通知")
    assert work(recompute_provisional) == 1
    after = read(_acceptance)
    assert after > before
    assert work(recompute_provisional) == 0


def _acceptance(reading: Reading) -> date:
    return reading.session.scalars(
        select(RunningClock.due_on).where(RunningClock.clock == "acceptance")
    ).one()
