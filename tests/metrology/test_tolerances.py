"""The retail tables: every worked example of the facts, and the edges people get wrong."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.goods import Category, categorise, lexicon
from metrology.lawtables import Confidence
from metrology.outcomes import Outcome
from metrology.quantities import Mass, QuantityError, UnitPrice
from metrology.tolerances import Method, RetailResult, judge_food, judge_precious, retail_law

TODAY = date(2026, 11, 23)
EXACT = Method.HIGH_ACCURACY


def kg(value: str) -> Mass:
    return Mass(Decimal(value) * 1000)


def food(goods: str, price: str | None, claimed: str, actual: str, method: Method = EXACT) -> RetailResult:
    unit_price = None if price is None else UnitPrice(Decimal(price))
    return judge_food(
        kg(claimed), kg(actual), category=categorise(goods), price=unit_price, method=method, on=TODAY
    )


@pytest.mark.parametrize(
    ("goods", "price", "claimed", "actual", "method", "outcome"),
    [
        ("白菜", "2", "1.000", "0.980", EXACT, Outcome.WITHIN),
        ("白菜", "2", "1.001", "0.962", EXACT, Outcome.WITHIN),
        ("猪肉", "28", "2.500", "2.494", EXACT, Outcome.OVER),
        ("猪肉", "28", "2.500", "2.491", Method.EQUAL_ACCURACY, Outcome.WITHIN),
        ("茶叶", "600", "0.500", "0.4985", EXACT, Outcome.OVER),
        ("干海参", "3000", "0.500", "0.4985", EXACT, Outcome.CANNOT_TELL),
        ("大米", "4", "30", "29.8", EXACT, Outcome.NOT_APPLICABLE),
        ("活鱼", "20", "1", "0.95", EXACT, Outcome.NOT_APPLICABLE),
    ],
)
def test_the_worked_examples(
    goods: str, price: str, claimed: str, actual: str, method: Method, outcome: Outcome
) -> None:
    result = food(goods, price, claimed, actual, method)
    assert result.outcome is outcome
    assert result.text.startswith("初步计算")
    assert "违法" not in result.text


def test_dear_dried_sea_cucumber_gets_both_readings() -> None:
    result = food("干海参", "3000", "0.500", "0.4985")
    assert [(r.basis, r.tier, r.outcome) for r in result.readings] == [
        ("name", 3, Outcome.WITHIN),
        ("price", 4, Outcome.OVER),
    ]
    assert "工作人员" in result.text


def test_a_gold_bracelet_may_be_a_hundredth_of_a_gram_short() -> None:
    def gold(actual: str) -> RetailResult:
        return judge_precious(
            Mass(Decimal("12.35")), Mass(Decimal(actual)), category=Category.GOLD, method=EXACT, on=TODAY
        )

    assert gold("12.33").outcome is Outcome.OVER
    assert gold("12.34").outcome is Outcome.WITHIN


@pytest.mark.parametrize(
    ("category", "grams"),
    [(Category.OTHER_PRECIOUS, "5"), (Category.GOLD, "100.01"), (Category.SILVER, "150")],
)
def test_platinum_and_heavy_pieces_are_outside_table_two(category: Category, grams: str) -> None:
    claimed = Mass(Decimal(grams))
    result = judge_precious(claimed, Mass(claimed.grams - 1), category=category, method=EXACT, on=TODAY)
    assert result.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("goods", "price", "claimed", "limit"),
    [
        ("白菜", None, "1", "20"), ("白菜", None, "1.0001", "40"), ("白菜", None, "2", "40"), ("白菜", None, "4", "80"),
        ("白菜", None, "4.001", "100"), ("白菜", None, "25", "100"), ("白菜", None, "25.001", None),
        ("猪肉", None, "2.5", "5"), ("猪肉", None, "2.501", "10"), ("猪肉", None, "15", "15"), ("猪肉", None, "15.1", None),
        ("木耳干", None, "1", "2"), ("木耳干", None, "6", "6"), ("木耳干", None, "6.1", None),
        ("豆腐", "6", "1", "20"), ("豆腐", "6.01", "1", "5"), ("豆腐", "30", "1", "5"), ("豆腐", "30.1", "1", "2"),
        ("豆腐", "100", "1", "2"), ("茶叶", "100.5", "0.5", "1"), ("茶叶", "100.5", "0.51", "2"), ("茶叶", "100.5", "5", "3"),
        ("茶叶", "100.5", "5.001", None),
    ],
)  # fmt: skip
def test_upper_bounds_are_included_and_beyond_the_last_band_nothing_applies(
    goods: str, price: str | None, claimed: str, limit: str | None
) -> None:
    result = food(goods, price, claimed, "0")
    assert result.limit_g == (None if limit is None else Decimal(limit))
    assert (result.outcome is Outcome.NOT_APPLICABLE) == (limit is None)


@pytest.mark.parametrize("goods", ["活鸡", "鲤鱼", "水发海参", "废铁", "汽油", "饲料"])
def test_live_soaked_and_non_food_are_not_applicable(goods: str) -> None:
    assert food(goods, "20", "1", "0.9").outcome is Outcome.NOT_APPLICABLE


def test_a_price_per_jin_is_doubled_before_the_row_is_chosen() -> None:
    assert UnitPrice.parse("3元/斤").yuan_per_kg == 6
    price = UnitPrice.parse("3元/斤")
    at = judge_food(kg("1"), kg("0.99"), category=None, price=price, method=EXACT, on=TODAY)
    assert at.readings[0].tier == 1


def test_too_much_is_never_over() -> None:
    assert food("猪肉", "28", "1", "1.2").outcome is Outcome.WITHIN


def test_the_method_decides_how_much_may_be_missing() -> None:
    assert [food("猪肉", None, "1", "0.992", m).outcome for m in Method] == [
        Outcome.OVER,
        Outcome.OVER,
        Outcome.WITHIN,
        Outcome.CANNOT_TELL,
        Outcome.CANNOT_TELL,
    ]


def test_a_household_scale_is_only_a_clue() -> None:
    result = food("猪肉", "28", "1", "0.5", Method.HOUSEHOLD)
    assert result.outcome is Outcome.CANNOT_TELL
    assert "线索" in result.text
    assert result.factor is None


def test_unknown_goods_without_a_price_conclude_nothing() -> None:
    assert food("不认识的东西", None, "1", "0.5").outcome is Outcome.CANNOT_TELL


def test_nothing_settled_is_refused() -> None:
    with pytest.raises(QuantityError):
        food("猪肉", "28", "0", "0")


def test_before_the_measure_nothing_applies() -> None:
    result = judge_food(
        kg("1"), kg("0.5"), category=Category.MEAT, price=None, method=EXACT, on=date(2004, 11, 30)
    )
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_every_row_names_its_source_and_b_plus_counts_as_b() -> None:
    law = retail_law()
    for row in [*law.food, *law.precious, *law.methods]:
        assert row.confidence is Confidence.B
        assert row.source.law
        assert row.source.article


def test_the_goods_list_is_large_and_uses_every_category() -> None:
    assert len(lexicon()) >= 250
    assert set(lexicon().values()) == set(Category)


@pytest.mark.parametrize(
    ("product", "category"),
    [
        ("皮皮虾", Category.SEAFOOD), ("活的梭子蟹", Category.SEAFOOD), ("猪肉", Category.MEAT), ("白菜", Category.VEGETABLE),
        ("苹果", Category.FRUIT), ("大米", Category.GRAIN), ("茶叶", Category.OTHER_FOOD), ("干海参", Category.DELICACY),
        ("苹果醋", Category.SEASONING), ("鲜活的鲤鱼", Category.LIVE_FISH), ("活的大公鸡", Category.LIVE_POULTRY),
        ("92号汽油", Category.FUEL), ("手机", None),
    ],
)  # fmt: skip
def test_the_last_word_names_the_kind_of_goods(product: str, category: Category | None) -> None:
    assert categorise(product) is category


@given(st.integers(1, 25_000_000), st.integers(0, 200_000))
def test_more_missing_is_never_better(claimed_mg: int, missing_mg: int) -> None:
    claimed = Mass(Decimal(claimed_mg) / 1000)
    less = Mass(max(claimed.grams - Decimal(missing_mg) / 1000, Decimal(0)))
    still_less = Mass(max(less.grams - 1, Decimal(0)))
    first = judge_food(claimed, less, category=Category.FRUIT, price=None, method=EXACT, on=TODAY)
    second = judge_food(claimed, still_less, category=Category.FRUIT, price=None, method=EXACT, on=TODAY)
    assert not (first.outcome is Outcome.OVER and second.outcome is Outcome.WITHIN)
