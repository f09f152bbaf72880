"""Net content of prepackaged goods: how much one package may be short of its label."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, assert_never

from metrology.grammar import QuantityError, grouped, plain
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

    def said(self, unit: str) -> str:
        """Print the row: 300～500 毫升允许少 3%."""
        amount = (
            f"{plain(self.percent)}%"
            if self.percent is not None
            else f"{plain(self.amount or Decimal(0))} {unit}"
        )
        return f"{grouped(self.over)}～{grouped(self.up_to)} {unit}允许少 {amount}"


class Rounding(Row):
    """How the allowed shortage is rounded: finer up to `small_up_to`, by the mode named."""

    small_up_to: Decimal
    small_step: Decimal
    large_step: Decimal
    mode: Literal["half_even", "half_up"]

    def rounded(self, value: Decimal, nominal: Decimal) -> Decimal:
        """Round an allowed shortage for its nominal quantity."""
        even, up = self.both(value, nominal)
        return even if self.mode == "half_even" else up

    def both(self, value: Decimal, nominal: Decimal) -> tuple[Decimal, Decimal]:
        """Round half to even and half up: which of them the law means has not been read."""
        step = self.small_step if nominal <= self.small_up_to else self.large_step
        return value.quantize(step, ROUND_HALF_EVEN), value.quantize(step, ROUND_HALF_UP)


class Share(Row):
    """A share of the nominal quantity; up to `free_up_to` nothing may be missing."""

    free_up_to: Decimal
    percent: Decimal

    def shortage(self, nominal: Decimal) -> Decimal:
        """Return the allowed shortage before rounding."""
        return Decimal(0) if nominal <= self.free_up_to else nominal * self.percent / 100

    def said(self, unit: str) -> str:
        """Print the row: 5 米以内不允许少，超过的允许少 2%."""
        free = f"{plain(self.free_up_to)} {unit}以内不允许少，超过的" if self.free_up_to else ""
        return f"{free}允许少 {plain(self.percent)}%"


class ContentTable(LawRow):
    """Allowed shortages as one order sets them."""

    excluded: dict[str, str]
    bands: list[ContentBand]
    rounding: Rounding
    length: Share
    area: Share
    count: Share


class PrepackagedLaw(Row):
    """Every version of the content table."""

    content: list[ContentTable]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One package against its label; `allowed` is None where the table does not apply."""

    outcome: Outcome
    shortage: Decimal
    allowed: Decimal | None
    ground: Ground | None
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
    return None if table is None else allowed_of(table, kind, nominal)


def content_ground(on: date) -> Ground | None:
    """Return where the allowed shortages of the day stand."""
    table = in_force(prepackaged_law().content, on)
    return None if table is None else Ground(table.source, table.confidence, "")


def excluded_kind(text: str, *, on: date) -> str | None:
    """Return the kind of goods named in `text` that the measure leaves out (药品), or None."""
    table = in_force(prepackaged_law().content, on)
    found = {} if table is None else table.excluded
    return next((kind for kind, words in found.items() if any(word in text for word in words.split())), None)


def judge_item(kind: Kind, nominal: Decimal, actual: Decimal, *, on: date) -> ItemResult:
    """Judge one package: label minus content must not exceed the allowed shortage.

    Source: 定量包装商品计量监督管理办法第8条. Raises: QuantityError when the label is not above zero.
    """
    if nominal <= 0 or actual < 0:
        raise QuantityError("标注净含量要大于 0，请核对后再填。")
    table = in_force(prepackaged_law().content, on)
    allowed = None if table is None else allowed_of(table, kind, nominal)
    shortage = nominal - actual
    if table is None or allowed is None:
        text = (
            f"初步计算：{said_short(kind, shortage)}，但标注量超出附件的范围，本表不适用，需由工作人员判断。"
        )
        ground = None if table is None else Ground(table.source, table.confidence, "")
        return ItemResult(Outcome.NOT_APPLICABLE, shortage, None, ground, text)
    outcome = _of_item(table, kind, nominal, shortage)
    end = "" if shortage <= 0 else _end(outcome, f"{plain(allowed)} {kind.unit}")
    text = f"初步计算：{said_short(kind, shortage)}{end or '。'}"
    ground = Ground(table.source, table.confidence, _row(table, kind, nominal))
    return ItemResult(outcome, shortage, allowed, ground, text)


def said_short(kind: Kind, shortage: Decimal) -> str:
    """Say how much was short in the unit of the kind."""
    if shortage <= 0:
        return f"多了 {grouped(-shortage)} {kind.unit}，没有少" if shortage else "分量刚好，没有少"
    return f"少了 {grouped(shortage)} {kind.unit}"


def _of_item(table: ContentTable, kind: Kind, nominal: Decimal, shortage: Decimal) -> Outcome:
    """Compare with the allowed shortage; between two ways of rounding it nothing is concluded."""
    limits = {allowed_of(table, kind, nominal) or Decimal(0)}
    band = _band(table, nominal) if kind in (Kind.MASS, Kind.VOLUME) else None
    if band is not None:
        limits |= set(table.rounding.both(band.shortage(nominal), nominal))
    if min(limits) < shortage <= max(limits):
        return Outcome.CANNOT_TELL
    return Outcome.WITHIN if shortage <= min(limits) else Outcome.OVER


def _row(table: ContentTable, kind: Kind, nominal: Decimal) -> str:
    """Name the row used: 500～1,000 克（毫升）少 15."""
    match kind:
        case Kind.MASS | Kind.VOLUME:
            band = _band(table, nominal)
            return "" if band is None else band.said(kind.unit)
        case Kind.LENGTH:
            return table.length.said(kind.unit)
        case Kind.AREA:
            return table.area.said(kind.unit)
        case Kind.COUNT:
            return table.count.said(kind.unit)
    assert_never(kind)


def _end(outcome: Outcome, allowed: str) -> str:
    match outcome:
        case Outcome.OVER if allowed.startswith("0 "):
            return "，这个标注量不允许短缺，超过允许短缺量。是否合格以检验为准。"
        case Outcome.OVER:
            return f"，超过单件允许短缺量 {allowed}。是否合格以检验为准。"
        case Outcome.CANNOT_TELL:
            return f"，正好在允许短缺量 {allowed}的修约边上，修约办法待确认，不能判断。"
        case _:
            return f"，未超过单件允许短缺量 {allowed}。"


def allowed_of(table: ContentTable, kind: Kind, nominal: Decimal) -> Decimal | None:
    match kind:
        case Kind.MASS | Kind.VOLUME:
            band = _band(table, nominal)
            return None if band is None else table.rounding.rounded(band.shortage(nominal), nominal)
        case Kind.LENGTH:
            return table.length.shortage(nominal)
        case Kind.AREA:
            return table.area.shortage(nominal)
        case Kind.COUNT:
            return table.count.shortage(nominal).to_integral_value(ROUND_CEILING)
    assert_never(kind)


def _band(table: ContentTable, nominal: Decimal) -> ContentBand | None:
    return next((band for band in table.bands if band.over < nominal <= band.up_to), None)
