"""The lot test of prepackaged goods: the mean against Qn − λ·s, and the number of short packages."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from metrology.grammar import QuantityError
from metrology.lawtables import LawRow, Row, in_force, load
from metrology.outcomes import Ground, Outcome
from metrology.prepackaged import Kind, allowed_of, prepackaged_law


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


class SamplingLaw(Row):
    """Every edition of the lot test."""

    sampling: list[SamplingTable]


@dataclass(frozen=True, slots=True)
class LotResult:
    """A lot's sample: mean, standard deviation (n − 1), the least mean that passes, and counts of short packages."""

    outcome: Outcome
    mean: Decimal
    deviation: Decimal
    least_mean: Decimal | None
    above_t: int
    above_2t: int
    allowed: Decimal
    plan: Plan
    ground: Ground

    @property
    def mean_passes(self) -> bool:
        """Whether the mean reaches Qn − λ·s, or the plan does not look at it."""
        return self.least_mean is None or self.mean >= self.least_mean

    @property
    def counts_pass(self) -> bool:
        """Whether no more packages are short than the plan allows."""
        return self.above_t <= self.plan.above_t and self.above_2t <= self.plan.above_2t


@cache
def sampling_law() -> SamplingLaw:
    """Return the editions, checked when first read."""
    return load(Path(__file__).with_name("sampling.yaml"), SamplingLaw)


def sampling_in_force(on: date) -> SamplingTable | None:
    """Return the edition of the lot test that holds on a day."""
    return in_force(sampling_law().sampling, on)


def judge_lot(kind: Kind, nominal: Decimal, contents: list[Decimal], *, lot: int, on: date) -> LotResult:
    """Judge a lot by its sample: the mean against Qn − λ·s, and the number of short packages.

    Editions we have not read (needs_review) give figures and no conclusion.
    Source: JJF 1070-2005. Raises: QuantityError for a sample of the wrong size or a quantity outside the table.
    """
    content = in_force(prepackaged_law().content, on)
    sampling = in_force(sampling_law().sampling, on)
    allowed = None if content is None else allowed_of(content, kind, nominal)
    if sampling is None or allowed is None or nominal <= 0:
        raise QuantityError("这个标注量或日期没有对应的抽样规则，请核对后再填。")
    plan = _plan_for(sampling, lot, len(contents))
    mean, deviation = _mean(contents), _deviation(contents)
    least = None if plan.factor is None else nominal - plan.factor * deviation
    shortages = [nominal - content_ for content_ in contents]
    above_2t = sum(shortage > 2 * allowed for shortage in shortages)
    above_t = sum(shortage > allowed for shortage in shortages) - above_2t
    ground = Ground(sampling.source, sampling.confidence, f"样本 {len(contents)} 件")
    bare = LotResult(Outcome.CANNOT_TELL, mean, deviation, least, above_t, above_2t, allowed, plan, ground)
    outcome = Outcome.WITHIN if bare.mean_passes and bare.counts_pass else Outcome.OVER
    outcome = Outcome.CANNOT_TELL if sampling.needs_review else outcome
    return replace(bare, outcome=outcome)


def lots_tested_with(sample: int, *, on: date) -> list[int]:
    """Return one lot size for each plan that takes so many packages, the smallest first."""
    table = in_force(sampling_law().sampling, on)
    if table is None:
        return []
    return [
        sample if plan.sample is None else plan.from_lot
        for plan in table.plans
        if plan.sample == sample or (plan.sample is None and plan.from_lot <= sample <= (plan.to_lot or 0))
    ]


def _plan_for(table: SamplingTable, lot: int, tested: int) -> Plan:
    if lot < 1:
        raise QuantityError("批量至少是 1 件。")
    plan = table.plan(lot)
    needed = plan.sample or lot
    if tested != needed:
        raise QuantityError(f"批量 {lot} 件应抽取 {needed} 件，请按这个数量填写。")
    return plan


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _deviation(values: list[Decimal]) -> Decimal:
    if len(values) < 2:
        return Decimal(0)
    mean = _mean(values)
    squares = sum(((value - mean) ** 2 for value in values), Decimal(0))
    return (squares / (len(values) - 1)).sqrt()
