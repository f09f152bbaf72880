"""The queue: most urgent first, cut to the region, page by page without loss."""

from dataclasses import replace
from typing import Any

from complaints.queries import inbox
from complaints.queries.inbox import Filters
from complaints.services import citizens
from core.work import Actor
from tests.complaints.conftest import LIXIA, OPENID, PROVINCE, QINGDAO, SHRIMP, TIPOFF


def as_(database: Any, actor: Actor, query: Any, **kwargs: Any) -> Any:
    return database._read(actor, query, **kwargs)


def test_pages_follow_each_other_without_gap_or_repeat(file: Any, database: Any, clock: Any) -> None:
    for index in range(7):
        file(replace(SHRIMP, merchant_name=f"店{index}"))
        clock.advance(hours=13)
    seen: list[str] = []
    after = None
    while True:
        page = as_(database, PROVINCE, inbox.inbox, filters=Filters(), after=after, limit=3)
        seen += [row.merchant for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [f"店{index}" for index in range(7)]
    assert page.total == 7


def test_each_office_sees_its_own(file: Any, database: Any) -> None:
    file(SHRIMP)
    file(TIPOFF)
    for actor, merchants in (
        (LIXIA, ["老王海鲜"]),
        (QINGDAO, ["某水果店"]),
        (PROVINCE, ["某水果店", "老王海鲜"]),
    ):
        page = as_(database, actor, inbox.inbox, filters=Filters())
        assert [row.merchant for row in page.rows] == merchants
        assert as_(database, actor, inbox.counters).open == len(merchants)


def test_filters_cut_and_say_so(file: Any, database: Any, clock: Any) -> None:
    number = file(SHRIMP).number
    file(TIPOFF)
    clock.advance(days=4)

    def numbers(filters: Filters) -> list[str]:
        return [row.number for row in as_(database, PROVINCE, inbox.inbox, filters=filters).rows]

    assert numbers(Filters(text=f" {number.lower()} ")) == [number]
    assert numbers(Filters(text="老王")) == [number]
    assert numbers(Filters(text="100%")) == []
    assert numbers(Filters(track="complaint")) == [number]
    assert len(numbers(Filters(due="overdue"))) == 1
    assert numbers(Filters(mine=True)) == []
    assert as_(database, PROVINCE, inbox.counters).overdue == 1
    said = inbox.sentence(Filters(due="overdue", track="tipoff"), region="山东省", total=1)
    assert said == "山东省 · 在办 · 举报 · 已超期 · 先到期的在前 · 1 件"


def test_closed_cases_leave_the_queue(file: Any, office: Any, database: Any) -> None:
    number = file(SHRIMP).number
    office(citizens.withdraw, openid=OPENID, number=number)
    assert as_(database, LIXIA, inbox.inbox, filters=Filters()).rows == ()
    assert [
        row.number for row in as_(database, LIXIA, inbox.inbox, filters=Filters(state="closed")).rows
    ] == [number]
