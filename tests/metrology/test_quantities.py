"""Quantities as people say them: every spelling we know, and that what is printed reads back."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from metrology.prices import find_prices
from metrology.quantities import (
    Length,
    Mass,
    Money,
    QuantityError,
    UnitPrice,
    Volume,
    find_masses,
    find_volumes,
)

GRAMS = st.decimals(min_value=0, max_value=10_000_000, places=3)
CENTS = st.integers(0, 10_000_000_000)
YUAN_PER_KG = st.decimals(min_value=0, max_value=1_000_000, places=4)


@pytest.mark.parametrize(
    ("said", "grams"),
    [
        ("3斤2两", "1600"), ("三斤二两", "1600"), ("两斤半", "1250"), ("斤半", "750"), ("一斤半", "750"),
        ("半斤", "250"), ("4两2", "210"), ("二两", "100"), ("1.5kg", "1500"), ("1.5公斤", "1500"),
        ("500克", "500"), ("500g", "500"), ("五百克", "500"), ("1千克", "1000"), ("一千二百五十克", "1250"),
        ("八两", "400"), ("3斤六两五", "1825"), ("5钱", "25"), ("两千克", "2000"), ("一公斤半", "1500"),
        ("3斤2", "1600"), ("半公斤", "500"), ("两斤两两", "1100"), ("十二斤", "6000"), ("一百五十克", "150"),
        ("３斤２两", "1600"), ("1,250克", "1250"), ("1,250 克（2斤5两）", "1250"), ("六两半", "325"),
        ("0.5斤", "250"), ("1公斤200克", "1200"), ("2.5 KG", "2500"), ("一百五克", "150"), ("两吨", "2000000"),
        ("一斤零二两", "600"), ("三点五斤", "1750"), (" 2斤 4两 ", "1200"), ("800G", "800"), ("二十一斤三两", "10650"),
        ("100毫克", "0.1"), ("半两", "25"), ("10市斤", "5000"),
    ],
)  # fmt: skip
def test_a_mass_is_read_as_people_say_it(said: str, grams: str) -> None:
    assert Mass.parse(said).grams == Decimal(grams)


@pytest.mark.parametrize(
    "said",
    ["", "  ", "500", "半", "两半", "3斤3斤", "2两3斤", "-3斤", "−3斤", "负三斤", "NaN", "nan克", "12吨", "1e9斤", "三斤多",
     "3升", "斤", "3斤2两5个", "1.2.3斤", "斤" * 80, "9" * 40 + "克", "1,250 克（2斤6两）", "inf公斤"],
)  # fmt: skip
def test_what_is_no_mass_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(QuantityError) as refused:
        Mass.parse(said)
    assert isinstance(refused.value, InvalidInput)
    assert refused.value.text.endswith("。")


@pytest.mark.parametrize("grams", ["-1", "NaN", "Infinity", "10000000.001"])
def test_an_impossible_mass_cannot_exist(grams: str) -> None:
    with pytest.raises(QuantityError):
        Mass(Decimal(grams))


@given(GRAMS)
def test_a_printed_mass_reads_back(grams: Decimal) -> None:
    mass = Mass(grams)
    assert Mass.parse(mass.text()) == mass
    assert Mass.parse(mass.spoken()) == mass
    assert Mass.parse(mass.echo()) == mass


@given(st.text(max_size=30) | st.text("零一二两三十百千万点半斤公克钱吨0123456789.,gk（） ", max_size=12))
def test_no_text_raises_anything_but_ours(text: str) -> None:
    for kind in (Mass, Volume, Length, Money, UnitPrice):
        with suppress(QuantityError):
            kind.parse(text)
    list(find_masses(text))
    list(find_volumes(text))
    list(find_prices(text))


def test_an_echo_shows_both_ways_of_saying_it() -> None:
    assert Mass(Decimal(1250)).echo() == "1,250 克（2斤5两）"
    assert Mass(Decimal(1252)).echo() == "1,252 克（2.504斤）"
    assert UnitPrice(Decimal(136)).echo() == "136 元/公斤（68 元/斤）"
    assert Volume(Decimal(2500)).echo() == "2.5 升（2,500 毫升）"


@pytest.mark.parametrize(
    ("said", "per_kg"),
    [
        ("68一斤", "136"), ("68块一斤", "136"), ("68元/斤", "136"), ("六十八块钱一斤", "136"), ("5块一公斤", "5"),
        ("十块三斤", "6.6667"), ("10元3斤", "6.6667"), ("3块5一斤", "7"), ("每斤12元", "24"), ("一斤68", "136"),
        ("一斤卖68块", "136"), ("两块五一斤", "5"), ("600元/克", "600000"), ("5毛一两", "10"), ("12元/kg", "12"),
        ("15元半斤", "60"), ("20元/500克", "40"), ("十五一斤", "30"), ("¥12.8/kg", "12.8"), ("3元/斤", "6"),
        ("50元/斤", "100"), ("一公斤20", "20"), ("12块钱1斤", "24"), ("68/斤", "136"), ("一块二一斤", "2.4"),
        ("十块钱三斤", "6.6667"), ("19.9元/500g", "39.8"),
    ],
)  # fmt: skip
def test_a_unit_price_is_read_with_its_unit(said: str, per_kg: str) -> None:
    assert UnitPrice.parse(said).yuan_per_kg == Decimal(per_kg)


@pytest.mark.parametrize("said", ["3块5", "68", "", "一斤", "7块5一升", "便宜", "68一个"])
def test_a_price_without_a_weight_is_refused(said: str) -> None:
    with pytest.raises(QuantityError, match="。"):
        UnitPrice.parse(said)


@given(YUAN_PER_KG)
def test_a_printed_price_reads_back(yuan: Decimal) -> None:
    price = UnitPrice(yuan)
    assert UnitPrice.parse(price.text()) == price
    assert UnitPrice.parse(price.echo()) == price


@pytest.mark.parametrize(
    ("said", "cents"),
    [
        ("3块5", 350), ("两块五", 250), ("1毛", 10), ("¥42.50", 4250), ("六十八块钱", 6800), ("42.5元", 4250),
        ("五毛", 50), ("1块2毛5", 125), ("三块五毛五分", 355), ("一块零五分", 105), ("一块零五", 105),
        ("一百二", 12000), ("20", 2000), ("三块半", 350), ("1.2万元", 1200000), ("￥８８", 8800), ("两毛五", 25), ("0", 0),
    ],
)  # fmt: skip
def test_money_is_read_as_people_say_it(said: str, cents: int) -> None:
    assert Money.parse(said).cents == cents


@given(CENTS)
def test_printed_money_reads_back(cents: int) -> None:
    assert Money.parse(Money(cents).text()) == Money(cents)


@pytest.mark.parametrize(
    ("said", "millilitres"),
    [
        ("500ml", "500"),
        ("1升", "1000"),
        ("2.5L", "2500"),
        ("两升半", "2500"),
        ("三百毫升", "300"),
        ("30公升", "30000"),
    ],
)
def test_a_volume_is_read_as_people_say_it(said: str, millilitres: str) -> None:
    assert Volume.parse(said).millilitres == Decimal(millilitres)


@given(st.decimals(min_value=0, max_value=10_000_000, places=2))
def test_a_printed_volume_reads_back(millilitres: Decimal) -> None:
    volume = Volume(millilitres)
    assert Volume.parse(volume.text()) == volume
    assert Volume.parse(volume.echo()) == volume


@pytest.mark.parametrize(
    ("said", "metres"), [("10米", "10"), ("三米五", "3.5"), ("80厘米", "0.8"), ("5.2m", "5.2")]
)
def test_a_length_is_read_and_printed(said: str, metres: str) -> None:
    length = Length.parse(said)
    assert length.metres == Decimal(metres)
    assert Length.parse(length.text()) == length


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("买了3斤皮皮虾回家一称只有2斤4两68块一斤", [1500, 1200, 500]),
        ("买了三斤三文鱼", [1500]), ("两斤四季豆", [1000]), ("两个秤差二两", [100]), ("切成两半", []),
        ("三斤二的虾", [1600]), ("六只共2.6斤", [1300]), ("称了3斤2，回家", [1600]), ("三斤一共", [1500]),
        ("1.5克拉", []), ("两条鱼", []),
    ],
)  # fmt: skip
def test_masses_are_found_in_running_text(text: str, grams: list[int]) -> None:
    assert [int(mass.grams) for _, mass in find_masses(text)] == grams


@pytest.mark.parametrize("said", ["上千块一斤的海参", "几百块一斤的茶叶", "百十块一斤的牛肉", "千把块一斤"])
def test_a_price_said_only_roughly_is_no_price_and_never_nothing(said: str) -> None:
    assert list(find_prices(said)) == []
