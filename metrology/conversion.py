"""Units turned into each other, exactly: customary, legal, imperial and those of trades."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from core.numerals import NUMBER, narrow, number
from metrology.grammar import BARE_DIGIT, ROUGH, QuantityError, Span, grouped
from metrology.lawtables import LawRow, Row, Trust, load

LARGEST = Decimal(10) ** 12


class Dimension(StrEnum):
    """What a unit measures; the value is what people read."""

    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    AREA = "area"
    ENERGY = "energy"
    PRESSURE = "pressure"

    @property
    def label(self) -> str:
        """The words people read."""
        return _LABELS[self]


_LABELS = {
    Dimension.MASS: "质量",
    Dimension.VOLUME: "体积",
    Dimension.LENGTH: "长度",
    Dimension.AREA: "面积",
    Dimension.ENERGY: "电量",
    Dimension.PRESSURE: "压力",
}


class System(StrEnum):
    """Where a unit comes from; only legal ones belong on labels, receipts and scales."""

    LEGAL = "legal"
    CUSTOMARY = "customary"
    IMPERIAL = "imperial"
    OLD = "old"
    TRADE = "trade"

    @property
    def label(self) -> str:
        """The words people read."""
        return {"legal": "法定", "customary": "市制", "imperial": "英美制", "old": "旧制", "trade": "行业"}[
            self.value
        ]


def _fraction(value: object) -> Fraction:
    """Read "500" or "10/3" exactly."""
    return value if isinstance(value, Fraction) else Fraction(str(value))


class Unit(Row):
    """One unit: how it is written, and its size in the base unit of its dimension."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    key: str
    words: tuple[str, ...]
    kind: Dimension
    size: Annotated[Fraction, BeforeValidator(_fraction)]
    system: System
    confidence: Trust
    says: str = ""

    @property
    def name(self) -> str:
        """How we print it."""
        return self.words[0]

    @property
    def legal(self) -> bool:
        """Whether it is a legal unit of measurement."""
        return self.system is System.LEGAL


class Density(Row):
    """A liquid everybody knows: kilograms per litre."""

    name: str
    words: tuple[str, ...]
    kg_per_l: Decimal
    says: str


class UnitTable(Row):
    """Every unit, the order that made some of them legal, and the few densities."""

    orders: list[LawRow]
    units: list[Unit]
    densities: list[Density]


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity found in a text: its size in the base unit, the units said, and its place."""

    base: Fraction
    units: tuple[Unit, ...]
    said: str
    span: Span

    @property
    def kind(self) -> Dimension:
        """What is measured."""
        return self.units[0].kind


@cache
def unit_table() -> UnitTable:
    """Return the units, checked when first read. Raises: ValueError when one word means two units."""
    table = load(Path(__file__).with_name("units.yaml"), UnitTable)
    words = [word for unit in table.units for word in unit.words]
    if len(words) != len(set(words)):
        raise ValueError("one word means two units: " + " ".join(sorted(words)))
    return table


@cache
def _by_word() -> dict[str, Unit]:
    return {word: unit for unit in unit_table().units for word in unit.words}


def unit(word: str) -> Unit:
    """Return the unit a word names. Raises: QuantityError when it names none."""
    found = _by_word().get(narrow(word).strip().lower())
    if found is None:
        raise QuantityError(f"没有收录“{word}”这个单位，请换成千克、克、升、米这样的单位。")
    return found


def keyed(key: str) -> Unit:
    """Return the unit of a key of the table."""
    return next(unit for unit in unit_table().units if unit.key == key)


def convert(value: Fraction, source: Unit, target: Unit) -> Fraction:
    """Return a number of `source` units in `target` units. Raises: QuantityError across dimensions."""
    if source.kind is not target.kind:
        raise QuantityError(
            f"{source.name}是{source.kind.label}单位，{target.name}是{target.kind.label}单位，不能直接换算。"
        )
    return value * source.size / target.size


def printed(value: Fraction) -> str:
    """Print a fraction as a decimal: exact where that is short, else five significant digits with 约."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(exact) == value and _short(exact):
        return grouped(exact)
    return f"约 {grouped(_rounded(exact))}"


def as_decimal(value: Fraction) -> Decimal:
    """Return a fraction as a decimal of 28 significant digits, exact where it ends."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _short(value: Decimal) -> bool:
    """Tell whether four digits after the point, or five significant ones, say all of it."""
    digits, exponent = value.normalize().as_tuple()[1:]
    return isinstance(exponent, int) and (-exponent <= 4 or len(digits) <= 5)


def _rounded(value: Decimal) -> Decimal:
    """Keep five significant digits, and whole numbers whole."""
    places = min(4 - value.adjusted(), 8) if value else 0
    return value.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_EVEN)


_NOT_AFTER = {
    "两": "(?![个只条次天台把家种样回位款千百万口箱袋包盒瓶点边人])",
    "克": "(?!拉)",
    "钱": "(?!大妈|的|买|花)",
    "里": "(?![面头边外脊])",
    "码": "(?![头数秤])",
    "平": "(?![时常均安方米台板阴度邑原])",
    "方": "(?![便面法式案向形言])",
    "分": "(?![钟别之])",
    "米": "(?![粒饭粉线醋酒饼汤])",
    "焦": "(?![耳炭])",
    "尺": "(?!寸)",
    "度电": "(?!表)",
    "磅": "(?!秤)",
    "担": "(?![心当保任])",
    "帕": "(?!斯)",
    "平方": "(?![米厘分公千英市尺毫])",
    "立方": "(?![米厘分])",
    "巴": "(?![掌豆])",
    "迈": "(?![步腾])",
}


def _guarded(word: str) -> str:
    if word.isascii():
        return rf"{re.escape(word)}(?![a-z0-9²³])"
    return re.escape(word) + _NOT_AFTER.get(word, "")


@cache
def unit_pattern() -> str:
    """Return a regular expression, without groups, for any unit's word in lower-case text."""
    words = sorted(_by_word(), key=len, reverse=True)
    return "(?:" + "|".join(_guarded(word) for word in words) + ")"


@cache
def _step() -> re.Pattern[str]:
    count = rf"(?P<count>{NUMBER}(?:又?半)?|半)"
    return re.compile(
        rf"(?<![\d.一二三四五六七八九十百千万年月第]){count}\s?(?P<unit>{unit_pattern()})(?P<half>半(?![个只天年月路价]))?"
    )


_TAIL = re.compile(rf"(?P<digit>{BARE_DIGIT}|[一二三四五六七八九](?=是|等于|换算|合|多少|几))")
_BELOW = {
    "jin": "50", "liang": "5", "kilogram": "100", "zhang": "1/3", "chi": "1/30", "metre": "0.1", "mu": "200/3",
}  # fmt: skip
"""What a bare last digit counts, in the base unit: 三斤二 is two 两, 四公斤六 six hundred grams."""


def find_measures(text: str) -> Iterator[Measure]:
    """Yield every quantity with a unit in `text`, in order: 3斤2两, 二尺三, 1.5公斤, 半亩."""
    lowered = narrow(text).lower()
    position = 0
    while found := _step().search(lowered, position):
        measure, position = _grown(lowered, found)
        if measure is not None:
            yield measure


def _grown(text: str, first: re.Match[str]) -> tuple[Measure | None, int]:
    """Add the smaller parts that follow: 3斤 2两, 二尺 三."""
    parts: list[tuple[Fraction, Unit]] = []
    found: re.Match[str] | None = first
    end = first.end()
    while found is not None:
        value = _count(found)
        here = _by_word()[found["unit"]]
        if value is None or (
            parts and (here.kind is not parts[-1][1].kind or here.size >= parts[-1][1].size)
        ):
            break
        parts.append((value, here))
        end = found.end()
        found = None if found["half"] or found["count"] == "半" else _step().match(text, end)
    if not parts:
        return None, end
    base = sum((value * unit.size for value, unit in parts), Fraction(0))
    units = tuple(unit for _, unit in parts)
    tail = (
        _TAIL.match(text, end)
        if units[-1].key in _BELOW and not text[first.start() : end].endswith("半")
        else None
    )
    if tail is not None:
        base += Fraction(number(tail["digit"]) or 0) * Fraction(_BELOW[units[-1].key])
        end = tail.end()
    said = text[first.start() : end]
    return Measure(base, units, said, Span(first.start(), end)), end


def _count(found: re.Match[str]) -> Fraction | None:
    said = found["count"]
    half = Fraction(1, 2) if found["half"] else Fraction(0)
    if said == "半":
        return Fraction(1, 2)
    if said.endswith("半"):
        half, said = Fraction(1, 2), said.removesuffix("半").removesuffix("又")
    value = None if ROUGH.fullmatch(said) else number(said)
    if value is None or value > LARGEST:
        return None
    return Fraction(value) + half
