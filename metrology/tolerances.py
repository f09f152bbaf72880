"""Short weight at retail: which row of the tables applies, and whether a difference is more than it allows."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from metrology.goods import Category
from metrology.grammar import QuantityError, grouped, plain
from metrology.lawtables import in_force
from metrology.outcomes import Ground, Outcome
from metrology.quantities import Mass, UnitPrice
from metrology.retail import Band, FoodTable, Method, Tier, retail_law

__all__ = [
    "Basis",
    "Method",
    "Ranges",
    "Reading",
    "RetailResult",
    "factor_of",
    "judge_food",
    "judge_precious",
    "ranges",
    "readings_by_price",
    "retail_law",
]


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


@dataclass(frozen=True, slots=True)
class RetailResult:
    """What the retail tables say about one weighing; `shortage_g` is negative when too much was given.

    `outside` names the rule that leaves the goods out, where one does.
    """

    outcome: Outcome
    shortage_g: Decimal
    method: Method
    factor: int | None
    readings: tuple[Reading, ...]
    text: str
    outside: Ground | None = None

    @property
    def limit_g(self) -> Decimal | None:
        """The one limit that applies, or None when there is none or two rows differ."""
        limits = {reading.limit_g for reading in self.readings}
        return limits.pop() if len(limits) == 1 else None


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
        return _outside(shortage, method, reason, _left_out(table, category, on))
    factor = factor_of(method, on)
    chosen = _tiers(table, category, price)
    readings = tuple(_read(table, basis, tier, claimed, shortage, factor) for basis, tier in chosen)
    outcome = _together(readings, method)
    return RetailResult(
        outcome, shortage, method, factor, readings, _sentence(outcome, shortage, method, readings)
    )


def readings_by_price(claimed: Mass, shortage_g: Decimal, method: Method, *, on: date) -> tuple[Reading, ...]:
    """Return what every price row would say of a difference, while no price is known."""
    table = in_force(retail_law().food, on)
    if table is None:
        return ()
    return tuple(
        _of_price(_read(table, Basis.PRICE, tier, claimed, shortage_g, factor_of(method, on)), tier)
        for tier in table.tiers
    )


def _of_price(reading: Reading, tier: Tier) -> Reading:
    return replace(reading, ground=replace(reading.ground, row=tier.prices()))


@dataclass(frozen=True, slots=True)
class Ranges:
    """Every weighing range of one row, for goods whose weight is not known."""

    basis: Basis
    bands: tuple[Band, ...]
    ground: Ground


def ranges(category: Category | None, price: UnitPrice | None, *, on: date) -> tuple[Ranges, ...]:
    """Return the rows that name or price select, with all their ranges; none where the table does not apply."""
    table = in_force(retail_law().food, on)
    if table is None or _why_not(table, category):
        return ()
    return tuple(
        Ranges(basis, tuple(tier.bands), Ground(table.source, table.confidence, f"第{tier.tier}档"))
        for basis, tier in _tiers(table, category, price)
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
        reason = (
            "附表 2 只列出每件 100 克以内的金饰品和银饰品，这一件不在表内，本表不适用，需由工作人员判断。"
        )
        ground = None if table is None else Ground(table.source, table.confidence, "")
        return _outside(shortage, method, reason, ground)
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
        return f"{category}不在附表 1 的范围内，本表不适用，需由市场监管部门另行核对。"
    if category in _NOT_FOOD:
        return "附表 1 只管以重量结算的食品，本表不适用；这类商品看秤本身允许的误差，需由工作人员判断。"
    return None


def by_measure(on: date) -> Ground | None:
    """Return the rule for goods without a table: the error of what they were measured with.

    Source: 商品量计量违法行为处罚规定第6条.
    """
    row = in_force(retail_law().others, on)
    return None if row is None else Ground(row.source, row.confidence, "")


def _left_out(table: FoodTable, category: Category | None, on: date) -> Ground | None:
    """Name the note that leaves live and soaked food out, or the rule for what is no food.

    Source: 附表1注; 商品量计量违法行为处罚规定第6条.
    """
    if category in table.not_applicable:
        return Ground(table.source, table.confidence, "注")
    return by_measure(on)


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


def _outside(shortage: Decimal, method: Method, reason: str, ground: Ground | None = None) -> RetailResult:
    short = f"{_said(shortage)}；" if shortage > 0 else ""
    text = f"初步计算：{short}{reason}"
    return RetailResult(Outcome.NOT_APPLICABLE, shortage, method, None, (), text, ground)


def _sentence(outcome: Outcome, shortage: Decimal, method: Method, readings: tuple[Reading, ...]) -> str:
    """Put the outcome into one plain Chinese sentence that promises nothing."""
    short = _said(shortage)
    match outcome:
        case Outcome.WITHIN:
            return f"初步计算：{short}，{method.label}，在允许范围内。"
        case Outcome.OVER:
            return f"初步计算：{short}，{method.label}，超过允许的负偏差，最终以市场监管部门核称为准。"
        case Outcome.NOT_APPLICABLE:
            return f"初步计算：{short}，但这个重量超出附表范围，本表不适用，需由工作人员判断。"
        case Outcome.CANNOT_TELL:
            return f"初步计算：{short}，{_doubt(method, readings)}"


def _said(shortage: Decimal) -> str:
    if shortage > 0:
        return f"少了 {grouped(shortage)} 克"
    return f"多了 {grouped(-shortage)} 克，没有少" if shortage else "分量刚好，没有少"


def _doubt(method: Method, readings: tuple[Reading, ...]) -> str:
    if not readings:
        return "还缺商品种类或单价，暂时查不了附表。"
    if len({reading.outcome for reading in readings}) > 1:
        return "按商品类别和按单价查表结果不同，需由工作人员确定档位。"
    if method is Method.HOUSEHOLD:
        return "家用秤的结果只能作为线索，建议尽快到公平秤复称。"
    return "还要看是用什么秤复称的，暂时不能判断。"
