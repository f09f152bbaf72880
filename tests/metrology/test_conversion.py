"""Units turned into each other: exactly there and back, with the legal ones told apart."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.conversion import Dimension, convert, find_measures, keyed, printed, unit, unit_table
from metrology.grammar import QuantityError

UNITS = unit_table().units
PAIRS = [(one, other) for one in UNITS for other in UNITS if one.kind is other.kind]


@pytest.mark.parametrize(
    ("said", "target", "value"),
    [
        ("斤", "克", "500"), ("两", "克", "50"), ("钱", "克", "5"), ("公斤", "斤", "2"), ("担", "公斤", "50"),
        ("港斤", "克", "604.8"), ("台斤", "克", "600"), ("旧两", "克", "31.25"), ("盎司", "克", "约 28.35"),
        ("金衡盎司", "克", "约 31.103"), ("磅", "克", "约 453.59"), ("克拉", "克", "0.2"), ("加仑", "升", "约 3.7854"),
        ("市尺", "厘米", "约 33.333"), ("寸", "厘米", "约 3.3333"), ("里", "米", "500"), ("亩", "平方米", "约 666.67"),
        ("公顷", "亩", "15"), ("丈", "尺", "10"), ("升", "毫升", "1,000"), ("度电", "千瓦时", "1"), ("英寸", "厘米", "2.54"),
        ("斤", "公斤", "0.5"), ("毫克", "千克", "0.000001"),
    ],
)  # fmt: skip
def test_one_of_a_unit_in_another(said: str, target: str, value: str) -> None:
    assert printed(convert(Fraction(1), unit(said), unit(target))) == value


@given(st.sampled_from(PAIRS), st.fractions(min_value=0, max_value=10**9))
def test_there_and_back_is_the_same_number(pair: tuple[object, object], value: Fraction) -> None:
    one, other = pair
    assert convert(convert(value, one, other), other, one) == value  # type: ignore[arg-type]


def test_what_measures_something_else_is_refused() -> None:
    with pytest.raises(QuantityError, match="不能直接换算"):
        convert(Fraction(1), unit("升"), unit("斤"))
    with pytest.raises(QuantityError, match="没有收录"):
        unit("斛")


def test_customary_and_imperial_units_are_no_legal_ones() -> None:
    assert [keyed(key).legal for key in ("kilogram", "litre", "hectare")] == [True, True, True]
    assert not any(keyed(key).legal for key in ("jin", "mu", "pound", "carat", "gallon_us", "mercury"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3斤2两是多少", [("3斤2两", "1,600")]), ("四公斤六", [("四公斤六", "4,600")]), ("二尺三", [("二尺三", "约 0.76667")]),
        ("两斤半", [("两斤半", "1,250")]), ("半斤八两", [("半斤", "250"), ("八两", "400")]), ("2m2的纸", [("2m2", "2")]),
        ("三斤三文鱼", [("三斤", "1,500")]), ("两个秤", []), ("3码头", []), ("七八克", []), ("1kg=?g", [("1kg", "1,000")]),
        ("5方便面", []), ("第2里面", []),
    ],
)  # fmt: skip
def test_quantities_are_found_in_running_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.said, printed(one.base)) for one in find_measures(text)] == found


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    assert all(one.base >= 0 for one in find_measures(text))


def test_every_dimension_has_a_legal_unit_of_its_own_size() -> None:
    for kind in Dimension:
        assert any(one.kind is kind and one.legal and one.size == 1 for one in UNITS)
