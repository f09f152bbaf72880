"""What a buyer may get back: the money that was short, and what the law adds where fraud is found."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from metrology.lawtables import LawRow, Row, in_force, load
from metrology.outcomes import Ground
from metrology.quantities import Mass, Money, UnitPrice


class AddedRow(LawRow):
    """A multiple of the whole price paid, not less than `floor_yuan`, that one law adds."""

    times: int
    floor_yuan: Decimal
    applies: str


class CompensationLaw(Row):
    """The two laws people mix up; only `fraud` concerns short weight."""

    fraud: list[AddedRow]
    unsafe_food: list[AddedRow]


@dataclass(frozen=True, slots=True)
class Compensation:
    """What fraud, were it found by those who may find it, would add to the refund."""

    paid: Money
    added: Money
    floor_applied: bool
    ground: Ground
    text: str


@cache
def compensation_law() -> CompensationLaw:
    """Return the rows, checked when first read."""
    return load(Path(__file__).with_name("compensation.yaml"), CompensationLaw)


def if_fraud(paid: Money, *, on: date) -> Compensation | None:
    """Work out what fraud would add: three times the whole price, at least 500 yuan; None before the law.

    Short weight is not fraud by itself, and the ten times of the food-safety law are not for it.
    Source: 消费者权益保护法第55条第1款.
    """
    row = in_force(compensation_law().fraud, on)
    if row is None:
        return None
    multiple = paid.yuan * row.times
    added = Money.of(max(multiple, row.floor_yuan))
    floor = multiple < row.floor_yuan
    least = (
        f"整单价款的 {row.times} 倍（不足 {row.floor_yuan} 元按 {row.floor_yuan} 元）"
        if floor
        else f"整单价款的 {row.times} 倍"
    )
    text = f"缺斤短两不等于欺诈；经有权机关或法院认定欺诈的，才可另要求{least}，即 {added.text()}。"
    return Compensation(paid, added, floor, Ground(row.source, row.confidence, ""), text)


def money_short(shortage_g: Decimal, price: UnitPrice) -> Money:
    """Work out the money paid for what was not given; nothing when nothing was short."""
    missing = Mass(max(shortage_g, Decimal(0)))
    return Money.of(missing.kilograms * price.yuan_per_kg)
