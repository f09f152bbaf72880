"""Estimates stay estimates: two bounds, never an invented middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrology.conversion import printed
from metrology.quantities import find_masses
from metrology.rough import find_rough


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("少了七八克", "7", "8"), ("三四两", "150", "200"), ("七八十克", "70", "80"), ("200多克", "200", "300"),
        ("六两多", "300", "350"), ("半斤多", "250", "500"), ("不到一斤", "0", "500"), ("将近2两", "0", "100"),
        ("2-3克", "2", "3"), ("2到3公斤", "2,000", "3,000"), ("十多斤", "5,000", "10,000"), ("25多克", "25", "26"),
    ],
)  # fmt: skip
def test_an_estimate_has_two_bounds(text: str, low: str, high: str) -> None:
    found = list(find_rough(text))
    assert [(printed(one.low), printed(one.high)) for one in found] == [(low, high)]


@pytest.mark.parametrize("text", ["一斤二两", "七两", "78克", "少了多少克", "一斤多少钱"])
def test_an_exact_quantity_is_no_estimate(text: str) -> None:
    assert not list(find_rough(text))


def test_two_digits_side_by_side_are_never_read_as_one_number() -> None:
    assert not list(find_masses("少了七八克"))


@given(st.text(max_size=40))
def test_no_text_raises_and_the_bounds_are_in_order(text: str) -> None:
    for one in find_rough(text):
        assert one.low >= 0
