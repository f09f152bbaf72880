"""A day that a question names decides which law answers it."""

from datetime import date

import pytest

from knowledge.rules.dates import named_date, names_old_law

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月投诉的几天调解", date(2026, 3, 1)),
        ("我2026年3月20日投诉的", date(2026, 3, 20)),
        ("2026年4月15日以前的投诉", date(2026, 4, 14)),
        ("三月份投诉的多久调解完", date(2026, 3, 1)),
        ("12月份投诉的", date(2025, 12, 1)),
        ("去年投诉的", date(2025, 7, 1)),
        ("去年5月投诉的", date(2025, 5, 1)),
        ("2027年的事", None),
        ("今年的投诉", None),
        ("三个月检一次吗", None),
        ("每月抄表", None),
        ("2020斤大米", None),
        ("2026年2月30日投诉", None),
    ],
)
def test_named_days(text: str, day: date | None) -> None:
    assert named_date(text, TODAY) == day


def test_old_rules_are_noticed() -> None:
    assert names_old_law("旧办法下调解要几天")
    assert not names_old_law("调解要几天")
