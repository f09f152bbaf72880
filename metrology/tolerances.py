"""Short weight at retail: which row of the tables applies, and whether a difference is more than it allows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from metrology.goods import Category
from metrology.grammar import QuantityError, plain
from metrology.lawtables import LawRow, Row, in_force, load
from metrology.outcomes import Ground, Outcome
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


_METHOD_LABELS = {
    Method.ORIGINAL_SCALE: "原来那台秤复称",
    Method.HIGH_ACCURACY: "更高准确度的秤复称",
    Method.EQUAL_ACCURACY: "公平秤等同等准确度的秤复称",
    Method.HOUSEHOLD: "家用秤或未经检定的秤复称",
    Method.UNKNOWN: "没有说明用什么秤复称",
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


class Basis(StrEnum):
    """What selected the row: the kind of goods, or the unit price."""

    NAME = "name"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Reading:
    """One row applied to one difference; `limit_g` is the allowed short weight times the method's factor."""

    basis: Basis
    tier: int
    outcome: Outcome
    allowed_g: Decimal | None
    limit_g: Decimal | None
    ground: Ground

    def text(self) -> str:
        """Say the row and its outcome in one sentence."""
        by = "按商品类别" if self.basis is Basis.NAME else "按单价"
        if self.limit_g is None:
            return f"{by}查附表（{self.ground.row}）：{self.outcome.label}。"
        return f"{by}查附表（{self.ground.row}）：允许少 {plain(self.limit_g)} 克，{self.outcome.label}。"


@dataclass(frozen=True, slots=True)
class RetailResult:
    """What the retail tables say about one weighing; `shortage_g` is negative when too much was given."""

    outcome: Outcome
    shortage_g: Decimal
    method: Method
    factor: int | None
    readings: tuple[Reading, ...]
    text: str

    @property
    def limit_g(self) -> Decimal | None:
        """The one limit that applies, or None when there is none or two rows differ."""
        limits = {reading.limit_g for reading in self.readings}
        return limits.pop() if len(limits) == 1 else None


@cache
def retail_law() -> RetailLaw:
    """Return the tables, checked when first read."""
    return load(Path(__file__).with_name("tolerances.yaml"), RetailLaw)


def judge_food(
    claimed: Mass,
    actual: Mass,
    *,
    category: Category | None,
    price: UnitPrice | None,
    method: Method,
    on: date,
) -> RetailResult:
    """Judge one weighing of food against table 1, by its name and by its price.

    The settled (`claimed`) weight selects the range. When name and price lead to different outcomes, or the
    method is not known, nothing is concluded. A household scale is only a clue.
    Source: 零售商品称重计量监督管理办法第2、6条、附表1. Raises: QuantityError when nothing was settled.
    """
    if not claimed.grams:
        raise QuantityError("结算重量要大于 0，请核对后再填。")
    shortage = claimed.grams - actual.grams
    table = in_force(retail_law().food, on)
    if table is None:
        return _outside(shortage, method, "当时没有适用的零售称重规定，请咨询市场监管部门。")
    reason = _why_not(table, category)
    if reason:
        return _outside(shortage, method, reason)
    factor = factor_of(method, on)
    chosen = _tiers(table, category, price)
    readings = tuple(_read(table, basis, tier, claimed, shortage, factor) for basis, tier in chosen)
    outcome = _together(readings, method)
    return RetailResult(
        outcome, shortage, method, factor, readings, _sentence(outcome, shortage, method, readings)
    )


def judge_precious(
    claimed: Mass, actual: Mass, *, category: Category, method: Method, on: date
) -> RetailResult:
    """Judge one piece of gold or silver jewellery against table 2; platinum and the like are not in it.

    Source: 零售商品称重计量监督管理办法附表2. Raises: QuantityError when nothing was settled.
    """
    if not claimed.grams:
        raise QuantityError("标注重量要大于 0，请核对后再填。")
    shortage = claimed.grams - actual.grams
    table = in_force(retail_law().precious, on)
    piece = next((p for p in table.pieces if p.name is category), None) if table else None
    if table is None or piece is None or claimed.grams > piece.up_to_g:
        return _outside(
            shortage, method, "附表只列出每件 100 克以内的金饰品和银饰品，这一件不在表内，需由工作人员判断。"
        )
    factor = factor_of(method, on)
    limit = piece.allowed_g * (factor or 1)
    outcome = Outcome.WITHIN if shortage <= limit else Outcome.OVER
    ground = Ground(table.source, table.confidence, f"{piece.name}，每件 {plain(piece.up_to_g)} 克以内")
    readings = (Reading(Basis.NAME, 0, outcome, piece.allowed_g, limit, ground),)
    told = _together(readings, method)
    return RetailResult(told, shortage, method, factor, readings, _sentence(told, shortage, method, readings))


def factor_of(method: Method, on: date) -> int | None:
    """Return how many times the allowed short weight the method may show; None when it proves nothing.

    Source: 零售商品称重计量监督管理办法第6条.
    """
    table = in_force(retail_law().methods, on)
    return table.factors.get(method) if table else None


def _why_not(table: FoodTable, category: Category | None) -> str | None:
    """Say why table 1 does not apply to the goods, or return None when it may."""
    if category in table.not_applicable:
        return f"{category}不在附表 1 的范围内，需由市场监管部门另行核对。"
    if category in _NOT_FOOD:
        return "附表 1 只管以重量结算的食品，这类商品要看计量器具本身的误差，需由工作人员判断。"
    return None


_NOT_FOOD = {Category.NON_FOOD, Category.FUEL, Category.GOLD, Category.SILVER, Category.OTHER_PRECIOUS}


def _tiers(table: FoodTable, category: Category | None, price: UnitPrice | None) -> list[tuple[Basis, Tier]]:
    chosen = [(Basis.NAME, tier) for tier in table.tiers if category in tier.names]
    if price is not None:
        chosen += [(Basis.PRICE, tier) for tier in table.tiers if tier.covers(price)]
    return chosen


def _read(
    table: FoodTable, basis: Basis, tier: Tier, claimed: Mass, shortage: Decimal, factor: int | None
) -> Reading:
    band = tier.band(claimed)
    if band is None:
        most = plain(tier.bands[-1].up_to_kg)
        ground = Ground(table.source, table.confidence, f"第{tier.tier}档，超过 {most} 公斤")
        return Reading(basis, tier.tier, Outcome.NOT_APPLICABLE, None, None, ground)
    row = f"第{tier.tier}档，{plain(band.over_kg)}～{plain(band.up_to_kg)} 公斤"
    limit = band.allowed_g * (factor or 1)
    outcome = Outcome.WITHIN if shortage <= limit else Outcome.OVER
    return Reading(
        basis, tier.tier, outcome, band.allowed_g, limit, Ground(table.source, table.confidence, row)
    )


def _together(readings: tuple[Reading, ...], method: Method) -> Outcome:
    outcomes = {reading.outcome for reading in readings}
    if outcomes == {Outcome.NOT_APPLICABLE}:
        return Outcome.NOT_APPLICABLE
    if len(outcomes) != 1 or method in (Method.HOUSEHOLD, Method.UNKNOWN):
        return Outcome.CANNOT_TELL
    return outcomes.pop()


def _outside(shortage: Decimal, method: Method, reason: str) -> RetailResult:
    return RetailResult(Outcome.NOT_APPLICABLE, shortage, method, None, (), f"初步计算：{reason}")


def _sentence(outcome: Outcome, shortage: Decimal, method: Method, readings: tuple[Reading, ...]) -> str:
    """Put the outcome into one plain Chinese sentence that promises nothing."""
    short = _said(shortage)
    match outcome:
        case Outcome.WITHIN:
            return f"初步计算：{short}，{method.label}，在允许范围内。"
        case Outcome.OVER:
            return f"初步计算：{short}，{method.label}，超过允许的负偏差，最终以市场监管部门核称为准。"
        case Outcome.NOT_APPLICABLE:
            return f"初步计算：{short}，但这个重量超出附表范围，需由工作人员判断。"
        case Outcome.CANNOT_TELL:
            return f"初步计算：{short}，{_doubt(method, readings)}"


def _said(shortage: Decimal) -> str:
    if shortage > 0:
        return f"少了 {plain(shortage)} 克"
    return f"多了 {plain(-shortage)} 克，没有少" if shortage else "分量刚好，没有少"


def _doubt(method: Method, readings: tuple[Reading, ...]) -> str:
    if not readings:
        return "还缺商品种类或单价，暂时查不了附表。"
    if len({reading.outcome for reading in readings}) > 1:
        return "按商品类别和按单价查表结果不同，需由工作人员确定档位。"
    if method is Method.HOUSEHOLD:
        return "家用秤的结果只能作为线索，建议尽快到公平秤复称。"
    return "还要看是用什么秤复称的，暂时不能判断。"
