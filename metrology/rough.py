"""Quantities people only estimate: 七八克, 200多克, 不到一斤; a lower and an upper bound, never a middle."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from core.numerals import NUMBER, narrow, number
from metrology.conversion import Dimension, Unit, unit, unit_pattern
from metrology.grammar import ROUGH, Span

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Rough:
    """A quantity between two bounds in the base unit, with its unit, its words and its place."""

    low: Fraction
    high: Fraction
    unit: Unit
    said: str
    span: Span

    @property
    def kind(self) -> Dimension:
        """What is estimated."""
        return self.unit.kind


@cache
def _pattern() -> re.Pattern[str]:
    u = unit_pattern()
    return re.compile(
        rf"(?P<pair>{ROUGH.pattern})(?P<zeros>[十百]?)(?P<u1>{u})"
        rf"|(?P<from>{NUMBER})\s?(?:-|~|～|—|到|至)\s?(?P<to>{NUMBER})\s?(?P<u2>{u})"
        rf"|(?P<some>{NUMBER})\s?多\s?(?P<u3>{u})"
        rf"|(?P<whole>{NUMBER}|半)\s?(?P<u4>{u})(?:多(?!少)|挂零|出头)"
        rf"|(?:不到|不足|将近|接近|快)\s?(?P<under>{NUMBER}|半)\s?(?P<u5>{u})"
    )


def find_rough(text: str) -> Iterator[Rough]:
    """Yield every estimated quantity in `text`, in order."""
    lowered = narrow(text).lower()
    for found in _pattern().finditer(lowered):
        bounds = _bounds(found)
        if bounds is not None:
            low, high, word = bounds
            size = unit(word).size
            yield Rough(low * size, high * size, unit(word), found.group(), Span(*found.span()))


def _bounds(found: re.Match[str]) -> tuple[Fraction, Fraction, str] | None:
    if found["pair"]:
        times = {"": 1, "十": 10, "百": 100}[found["zeros"]]
        low, high = (Fraction(_DIGIT[c] * times) for c in found["pair"])
        return low, high, found["u1"]
    if found["from"]:
        return _value(found["from"]), _value(found["to"]), found["u2"]
    if found["some"]:
        low = _value(found["some"])
        return low, low + _place(low), found["u3"]
    if found["whole"]:
        low = _value(found["whole"])
        return low, low + (Fraction(1, 2) if found["whole"] == "半" else 1), found["u4"]
    return Fraction(0), _value(found["under"]), found["u5"]


def _value(said: str) -> Fraction:
    return Fraction(1, 2) if said == "半" else Fraction(number(said) or 0)


def _place(value: Fraction) -> Fraction:
    """Return the value of the last digit that is not zero: 200 → 100, 25 → 1."""
    place = Fraction(1)
    while value and value % (place * 10) == 0:
        place *= 10
    return place
