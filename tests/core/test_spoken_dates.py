"""Dates as people say them, on Monday 2026-11-23 unless said otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spoken_dates import spoken_date, spoken_dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天买的", "2026-11-22"), ("前天晚上", "2026-11-21"), ("大前天在集上", "2026-11-20"), ("今天早上", "2026-11-23"),
        ("昨晚", "2026-11-22"), ("上周六", "2026-11-21"), ("上星期天", "2026-11-22"), ("上礼拜三下午", "2026-11-18"),
        ("上上周五", "2026-11-13"), ("这周一", "2026-11-23"), ("周六赶集", "2026-11-21"), ("11月20日上午", "2026-11-20"),
        ("11.20在市场", "2026-11-20"), ("11/20", "2026-11-20"), ("2026-11-20", "2026-11-20"), ("2026年11月3号", "2026-11-03"),
        ("20号买的", "2026-11-20"), ("25号买的", "2026-10-25"), ("三天前", "2026-11-20"), ("两天以前", "2026-11-21"),
        ("一个星期前", "2026-11-16"), ("上个月5号", "2026-10-05"), ("上月8日", "2026-10-08"), ("这个月3号", "2026-11-03"),
        ("刚才在门口", "2026-11-23"), ("刚买的", "2026-11-23"), ("12月3号", "2025-12-03"), ("去年3月5号", "2025-03-05"),
        ("十一月二十号", "2026-11-20"), ("夜来后晌", "2026-11-22"), ("今儿晌午", "2026-11-23"), ("国庆那天", "2026-10-01"),
        ("我早上在菜市场买了肉", "2026-11-23"), ("１１月２０日", "2026-11-20"), ("26年11月1日", "2026-11-01"),
        ("双十一那天", "2026-11-11"), ("2026/11/9", "2026-11-09"), ("二十号上午", "2026-11-20"),
    ],
)  # fmt: skip
def test_a_spoken_date_is_read(said: str, day: str) -> None:
    found = spoken_date(said, today=TODAY)
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    "said",
    ["前几天", "上周", "上个月", "那天", "1.5公斤", "95号汽油", "3号摊位", "加了92号油", "2号加油机", "2027-01-01", "明天", "13月40日",
     "2月30号", "半个月前", "每天早上都在那买", "68.5一斤", "国庆期间", "买了3斤", "11.20元", "去年冬天", "月底", "12号楼", "1/2斤", ""],
)  # fmt: skip
def test_what_is_not_said_is_not_invented(said: str) -> None:
    assert spoken_date(said, today=TODAY) is None


def test_the_place_in_the_text_is_given() -> None:
    text = "我上周六下午在集上买的，今天才称"
    first, second = spoken_dates(text, today=TODAY)
    assert text[slice(*first.span)] == "上周六下午"
    assert text[slice(*second.span)] == "今天"


def test_on_a_sunday_last_week_is_the_week_before() -> None:
    found = spoken_date("上周六", today=date(2026, 11, 22))
    assert found is not None
    assert found.day == date(2026, 11, 14)


@given(
    st.text(max_size=25) | st.text("上周六昨前大今天日号月年0123456789./-一二十三个早晚", max_size=14),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_no_text_raises_and_no_date_lies_ahead(text: str, today: date) -> None:
    for found in spoken_dates(text, today=today):
        assert found.day <= today


@given(st.dates(date(2026, 1, 1), TODAY))
def test_a_date_of_this_year_reads_back_however_written(day: date) -> None:
    for said in (day.isoformat(), f"{day.month}月{day.day}日", f"{day.year}年{day.month}月{day.day}号"):
        found = spoken_date(said, today=TODAY)
        assert found is not None
        assert found.day == day
