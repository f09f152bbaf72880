"""The citizen's sum and what fraud would add: right figures, honest words."""

from datetime import date
from decimal import Decimal

import pytest

from metrology.assessment import RetailAssessment, assess_retail
from metrology.compensation import compensation_law, if_fraud, money_short
from metrology.outcomes import Outcome
from metrology.quantities import Mass, Money, QuantityError, UnitPrice
from metrology.tolerances import Method

TODAY = date(2026, 11, 23)


def assess(
    product: str | None, claimed: str, measured: str, price: str | None, method: Method = Method.UNKNOWN
) -> RetailAssessment:
    unit_price = None if price is None else UnitPrice.parse(price)
    return assess_retail(product, Mass.parse(claimed), Mass.parse(measured), unit_price, method, on=TODAY)


def test_the_shrimp_that_was_six_liang_short() -> None:
    found = assess("皮皮虾", "3斤", "2斤4两", "68一斤")
    assert found.outcome is Outcome.OVER
    assert found.shortage_g == 300
    assert found.money_short == Money.parse("40.8元")
    assert found.paid == Money.parse("204元")
    assert found.if_fraud is not None
    assert found.if_fraud.added == Money.parse("612元")
    assert "300 克（6两）" in found.headline
    assert "线索" in found.headline
    assert {case.method for case in found.cases} == {Method.HIGH_ACCURACY, Method.EQUAL_ACCURACY}


def test_an_unknown_method_that_matters_shows_both_cases() -> None:
    found = assess("白菜", "1公斤", "970克", "2元/公斤")
    assert found.outcome is Outcome.CANNOT_TELL
    assert [case.outcome for case in found.cases] == [Outcome.OVER, Outcome.WITHIN]
    assert any("允许少 20 克" in line for line in found.lines)
    assert any("允许少 40 克" in line for line in found.lines)


def test_a_missing_price_is_said_and_the_name_decides() -> None:
    found = assess("猪肉", "2公斤", "1970克", None)
    assert found.outcome is Outcome.OVER
    assert found.money_short is None
    assert any("单价" in line for line in found.lines)


def test_a_household_scale_concludes_nothing_but_shows_the_limits() -> None:
    found = assess("苹果", "3斤", "2斤", "5一斤", Method.HOUSEHOLD)
    assert found.outcome is Outcome.CANNOT_TELL
    assert "公平秤" in found.headline
    assert len(found.cases) == 2


@pytest.mark.parametrize(("product", "measured"), [("苹果", "3斤"), ("苹果", "3斤1两"), ("鲤鱼", "2斤")])
def test_fraud_is_not_mentioned_where_nothing_is_short_or_nothing_applies(
    product: str, measured: str
) -> None:
    found = assess(product, "3斤", measured, "5一斤", Method.HIGH_ACCURACY)
    assert found.if_fraud is None
    assert not any("欺诈" in line for line in found.lines)


def test_a_gold_bracelet_uses_its_own_table() -> None:
    found = assess("金手链", "12.35克", "12.33克", "600元/克", Method.HIGH_ACCURACY)
    assert found.outcome is Outcome.OVER
    assert found.readings[0].limit_g == Decimal("0.01")


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("product", ["皮皮虾", "干海参", "大米", "鲤鱼", "废铁", "没听过的", None])
@pytest.mark.parametrize("price", [None, "2元/斤", "800元/公斤"])
def test_no_line_ever_gives_a_verdict_or_a_promise(
    method: Method, product: str | None, price: str | None
) -> None:
    found = assess(product, "1公斤", "900克", price, method)
    assert found.headline.startswith("初步计算")
    for line in found.lines:
        assert not {"违法", "必须", "一定", "处罚", "！"} & {
            w for w in ("违法", "必须", "一定", "处罚", "！") if w in line
        }
        assert line.endswith("。")


def test_nothing_paid_for_is_refused() -> None:
    with pytest.raises(QuantityError):
        assess("苹果", "0克", "0克", None)


def test_fraud_adds_three_times_the_whole_price_with_a_floor() -> None:
    small, large = if_fraud(Money.parse("45元"), on=TODAY), if_fraud(Money.parse("1000元"), on=TODAY)
    assert small is not None
    assert large is not None
    assert (small.added, small.floor_applied) == (Money.parse("500元"), True)
    assert (large.added, large.floor_applied) == (Money.parse("3000元"), False)
    assert "不等于欺诈" in small.text
    assert if_fraud(Money.parse("45元"), on=date(2010, 1, 1)) is None


def test_money_short_is_never_negative() -> None:
    assert money_short(Decimal(-10), UnitPrice(Decimal(136))) == Money(0)
    assert money_short(Decimal(100), UnitPrice(Decimal(136))) == Money.parse("13.6元")


def test_the_ten_times_of_the_food_law_say_they_are_not_for_short_weight() -> None:
    assert all("不适用于缺斤短两" in row.applies for row in compensation_law().unsafe_food)
