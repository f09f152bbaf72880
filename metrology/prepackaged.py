"""Net content of prepackaged goods: how much one package may be short, and when a lot passes."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, assert_never

from metrology.grammar import QuantityError, plain
from metrology.lawtables import LawRow, Row, in_force, load
from metrology.outcomes import Ground, Outcome


class Kind(StrEnum):
    """What the label counts; quantities are g, mL, m, m² and pieces."""

    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    AREA = "area"
    COUNT = "count"

    @property
    def unit(self) -> str:
        """The unit people read."""
        return {"mass": "克", "volume": "毫升", "length": "米", "area": "平方米", "count": "件"}[self.value]


class ContentBand(Row):
    """One range of nominal quantities with its allowed shortage."""

    over: Decimal
    up_to: Decimal
    percent: Decimal | None = None
    amount: Decimal | None = None

    def shortage(self, nominal: Decimal) -> Decimal:
        """Return the allowed shortage before rounding."""
        if self.amount is not None:
            return self.amount
        return nominal * (self.percent or Decimal(0)) / 100


class Rounding(Row):
    """How the allowed shortage is rounded: finer up to `small_up_to`, by the mode named."""

    small_up_to: Decimal
    small_step: Decimal
    large_step: Decimal
    mode: Literal["half_even", "half_up"]

    def rounded(self, value: Decimal, nominal: Decimal) -> Decimal:
        """Round an allowed shortage for its nominal quantity."""
        step = self.small_step if nominal <= self.small_up_to else self.large_step
        return value.quantize(step, ROUND_HALF_EVEN if self.mode == "half_even" else ROUND_HALF_UP)


class Share(Row):
    """A share of the nominal quantity; up to `free_up_to` nothing may be missing."""

    free_up_to: Decimal
    percent: Decimal

    def shortage(self, nominal: Decimal) -> Decimal:
        """Return the allowed shortage before rounding."""
        return Decimal(0) if nominal <= self.free_up_to else nominal * self.percent / 100


class ContentTable(LawRow):
    """Allowed shortages as one order sets them."""

    excluded: list[str]
    bands: list[ContentBand]
    rounding: Rounding
    length: Share
    area: Share
    count: Share


class Plan(Row):
    """How many packages of a lot are tested, and what the sample may show; no `factor` means no average test."""

    from_lot: int
    to_lot: int | None
    sample: int | None
    factor: Decimal | None
    above_t: int
    above_2t: int


class SamplingTable(LawRow):
    """The lot test of one edition of the testing rules."""

    needs_review: bool
    plans: list[Plan]

    def plan(self, lot: int) -> Plan:
        """Return the plan for a lot of so many packages."""
        return next(p for p in self.plans if p.from_lot <= lot and (p.to_lot is None or lot <= p.to_lot))


class PrepackagedLaw(Row):
    """Every version of the content table and of the lot test."""

    content: list[ContentTable]
    sampling: list[SamplingTable]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One package against its label; `allowed` is None where the table does not apply."""

    outcome: Outcome
    shortage: Decimal
    allowed: Decimal | None
    ground: Ground | None
    text: str


@dataclass(frozen=True, slots=True)
class LotResult:
    """A lot's sample: mean, standard deviation (n − 1), the least mean that passes, and counts of short packages."""

    outcome: Outcome
    mean: Decimal
    deviation: Decimal
    least_mean: Decimal | None
    above_t: int
    above_2t: int
    ground: Ground
    text: str


@cache
def prepackaged_law() -> PrepackagedLaw:
    """Return the tables, checked when first read."""
    return load(Path(__file__).with_name("prepackaged.yaml"), PrepackagedLaw)


def allowed_shortage(kind: Kind, nominal: Decimal, *, on: date) -> Decimal | None:
    """Return how much one package may be short, in the unit of its kind; None beyond the table.

    Source: 定量包装商品计量监督管理办法（2023年令第70号）附件3; rounding GB/T 8170.
    """
    table = in_force(prepackaged_law().content, on)
    return None if table is None else _allowed(table, kind, nominal)


def is_excluded(goods: str, *, on: date) -> bool:
    """Tell whether the measure leaves the goods out (medicines; since 2023 hazardous chemicals)."""
    table = in_force(prepackaged_law().content, on)
    return table is None or goods in table.excluded


def judge_item(kind: Kind, nominal: Decimal, actual: Decimal, *, on: date) -> ItemResult:
    """Judge one package: label minus content must not exceed the allowed shortage.

    Source: 定量包装商品计量监督管理办法第8条. Raises: QuantityError when the label is not above zero.
    """
    if nominal <= 0 or actual < 0:
        raise QuantityError("标注净含量要大于 0，请核对后再填。")
    table = in_force(prepackaged_law().content, on)
    allowed = None if table is None else _allowed(table, kind, nominal)
    shortage = nominal - actual
    if table is None or allowed is None:
        text = f"初步计算：少了 {plain(shortage)} {kind.unit}，但标注量超出附表范围，需由工作人员判断。"
        return ItemResult(Outcome.NOT_APPLICABLE, shortage, None, None, text)
    outcome = Outcome.WITHIN if shortage <= allowed else Outcome.OVER
    text = (
        f"初步计算：标注 {plain(nominal)} {kind.unit}，实际 {plain(actual)} {kind.unit}，"
        f"单件允许少 {plain(allowed)} {kind.unit}，{outcome.label}。整批是否合格还要看平均净含量。"
    )
    ground = Ground(table.source, table.confidence, f"标注净含量 {plain(nominal)} {kind.unit}")
    return ItemResult(outcome, shortage, allowed, ground, text)


def judge_lot(kind: Kind, nominal: Decimal, contents: list[Decimal], *, lot: int, on: date) -> LotResult:
    """Judge a lot by its sample: the mean against Qn − λ·s, and the number of short packages.

    Editions we have not read (needs_review) give figures and no conclusion.
    Source: JJF 1070-2005. Raises: QuantityError for a sample of the wrong size or a quantity outside the table.
    """
    content = in_force(prepackaged_law().content, on)
    sampling = in_force(prepackaged_law().sampling, on)
    allowed = None if content is None else _allowed(content, kind, nominal)
    if sampling is None or allowed is None or nominal <= 0:
        raise QuantityError("这个标注量或日期没有对应的抽样规则，请核对后再填。")
    plan = _plan_for(sampling, lot, len(contents))
    mean, deviation = _mean(contents), _deviation(contents)
    least = None if plan.factor is None else nominal - plan.factor * deviation
    shortages = [nominal - content_ for content_ in contents]
    above_2t = sum(shortage > 2 * allowed for shortage in shortages)
    above_t = sum(shortage > allowed for shortage in shortages) - above_2t
    passes = (least is None or mean >= least) and above_t <= plan.above_t and above_2t <= plan.above_2t
    outcome = Outcome.CANNOT_TELL if sampling.needs_review else (Outcome.WITHIN if passes else Outcome.OVER)
    ground = Ground(sampling.source, sampling.confidence, f"批量 {lot}，样本 {len(contents)} 件")
    return LotResult(
        outcome, mean, deviation, least, above_t, above_2t, ground, _lot_text(outcome, mean, least)
    )


def _plan_for(table: SamplingTable, lot: int, tested: int) -> Plan:
    if lot < 1:
        raise QuantityError("批量至少是 1 件。")
    plan = table.plan(lot)
    needed = plan.sample or lot
    if tested != needed:
        raise QuantityError(f"批量 {lot} 件应抽取 {needed} 件，请按这个数量填写。")
    return plan


def _lot_text(outcome: Outcome, mean: Decimal, least: Decimal | None) -> str:
    floor = "这个批量不看平均值" if least is None else f"平均值下限 {plain(least.quantize(Decimal('0.001')))}"
    said = (
        "规则版本待核对，暂不下结论，以检验机构的结果为准"
        if outcome is Outcome.CANNOT_TELL
        else outcome.label
    )
    return f"初步计算：平均实际含量 {plain(mean.quantize(Decimal('0.001')))}，{floor}；{said}。"


def _allowed(table: ContentTable, kind: Kind, nominal: Decimal) -> Decimal | None:
    match kind:
        case Kind.MASS | Kind.VOLUME:
            band = next((b for b in table.bands if b.over < nominal <= b.up_to), None)
            return None if band is None else table.rounding.rounded(band.shortage(nominal), nominal)
        case Kind.LENGTH:
            return table.length.shortage(nominal)
        case Kind.AREA:
            return table.area.shortage(nominal)
        case Kind.COUNT:
            return table.count.shortage(nominal).to_integral_value(ROUND_CEILING)
    assert_never(kind)


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _deviation(values: list[Decimal]) -> Decimal:
    if len(values) < 2:
        return Decimal(0)
    mean = _mean(values)
    squares = sum(((value - mean) ** 2 for value in values), Decimal(0))
    return (squares / (len(values) - 1)).sqrt()
