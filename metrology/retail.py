"""The retail tables as they are kept: rows of food and jewellery, ways of weighing again, what is left out."""

from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from metrology.goods import Category
from metrology.grammar import plain
from metrology.lawtables import LawRow, Row, load
from metrology.quantities import Mass, UnitPrice


class Method(StrEnum):
    """What the goods were weighed with again; decides how much difference the rule allows."""

    ORIGINAL_SCALE = "original_scale"
    HIGH_ACCURACY = "high_accuracy"
    EQUAL_ACCURACY = "equal_accuracy"
    HOUSEHOLD = "household"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words people read."""
        return _METHOD_LABELS[self]

    @property
    def short(self) -> str:
        """The same in a few characters, for lines that name several."""
        return _SHORT_LABELS[self]


_METHOD_LABELS = {
    Method.ORIGINAL_SCALE: "原来那台秤复称",
    Method.HIGH_ACCURACY: "更高准确度的秤复称",
    Method.EQUAL_ACCURACY: "公平秤等同等准确度的秤复称",
    Method.HOUSEHOLD: "家用秤或未经检定的秤复称",
    Method.UNKNOWN: "没有说明用什么秤复称",
}

_SHORT_LABELS = {
    Method.ORIGINAL_SCALE: "原来那台秤",
    Method.HIGH_ACCURACY: "更准的秤",
    Method.EQUAL_ACCURACY: "公平秤（2 倍）",
    Method.HOUSEHOLD: "家里的秤",
    Method.UNKNOWN: "没说用什么秤",
}


class Band(Row):
    """One weighing range (over_kg excluded, up_to_kg included) and the short weight it allows, in grams."""

    over_kg: Decimal
    up_to_kg: Decimal
    allowed_g: Decimal

    def holds(self, kilograms: Decimal) -> bool:
        """Tell whether the settled weight lies in the range."""
        return self.over_kg < kilograms <= self.up_to_kg


class Tier(Row):
    """One row of table 1: the goods it names, or the unit prices (yuan/kg, upper bound included) it covers."""

    tier: int
    names: list[Category]
    price_over: Decimal | None
    price_up_to: Decimal | None
    bands: list[Band]

    def covers(self, price: UnitPrice) -> bool:
        """Tell whether the unit price lies in the row."""
        above = self.price_over is None or price.yuan_per_kg > self.price_over
        return above and (self.price_up_to is None or price.yuan_per_kg <= self.price_up_to)

    def prices(self) -> str:
        """Say the unit prices of the row in yuan per 斤, as people are told them."""
        over, up_to = (None if end is None else plain(end / 2) for end in (self.price_over, self.price_up_to))
        if up_to is None:
            return f"{over} 元/斤以上"
        return f"{up_to} 元/斤以内" if over is None else f"{over}～{up_to} 元/斤"

    def band(self, claimed: Mass) -> Band | None:
        """Return the weighing range of the settled weight, or None beyond the last one."""
        return next((band for band in self.bands if band.holds(claimed.kilograms)), None)


class FoodTable(LawRow):
    """Table 1: food."""

    not_applicable: list[Category]
    tiers: list[Tier]


class Piece(Row):
    """One row of table 2: jewellery, per piece."""

    name: Category
    up_to_g: Decimal
    allowed_g: Decimal


class PreciousTable(LawRow):
    """Table 2: gold and silver."""

    pieces: list[Piece]


class MethodTable(LawRow):
    """How many times the allowed short weight each way of re-weighing may show."""

    factors: dict[Method, int]


class RetailLaw(Row):
    """The measure's tables in every version."""

    food: list[FoodTable]
    precious: list[PreciousTable]
    methods: list[MethodTable]
    others: list[LawRow]


@cache
def retail_law() -> RetailLaw:
    """Return the tables, checked when first read."""
    return load(Path(__file__).with_name("tolerances.yaml"), RetailLaw)
