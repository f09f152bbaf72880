"""The lot test for handlers: mean, standard deviation, the least mean that passes, and how many packages are short."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from metrology.conversion import Dimension, as_decimal
from metrology.grammar import QuantityError, plain
from metrology.lots import LotResult, judge_lot, lots_tested_with, sampling_in_force
from metrology.outcomes import Ground, Outcome
from metrology.prepackaged import Kind

_LOT = re.compile(r"批量|批检|抽样|抽检|抽了?\s?\d+|样本|样品|检验批|一批|整批|批次|实测值|n\s?=\s?\d")
_NOMINAL = re.compile(
    r"(?:净含量|标称|标注|标示|标签|标|Qn|额定)(?:值|量|为|是|的|着|：|:|=)*\s?", re.IGNORECASE
)
_SIZE = re.compile(
    r"(?:批量|一批|整批|总数|共|(?<![A-Za-z])N)(?:是|为|：|:|=|有|共)?\s?(?P<n>\d{1,6})\s?(?:件|袋|瓶|盒|包|个|桶)?|(?P<m>\d{1,6})\s?[件袋瓶盒包桶](?:一批|的批|里)"
)
_TAKEN = re.compile(
    r"(?:抽取?|抽样|抽检|抽了|样本|取样|(?<![A-Za-z])n)(?:了|量|为|是|：|:|=|取)*\s?(?P<n>\d{1,3})\s?(?:件|袋|瓶|盒|包|个|桶)?"
)
_VALUES = re.compile(
    r"(?:\d+(?:\.\d+)?[\s,，、;；/]+(?:[a-z克升毫]{0,2}[\s,，、;；/]*)){1,}\d+(?:\.\d+)?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_KINDS = {Dimension.MASS: Kind.MASS, Dimension.VOLUME: Kind.VOLUME, Dimension.LENGTH: Kind.LENGTH}
_HOW_MANY = re.compile(r"[抽取检](?:样|查|验|取)?(?:多少|几)|样本量?(?:是|要)?(?:多少|几)")
FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Sample:
    """A sample as it was said: the label, the contents in the same unit, the lot's size where it was named."""

    kind: Kind
    nominal: Decimal
    contents: tuple[Decimal, ...]
    lot: int | None
    taken: int | None


def work_out(said: Said) -> Sum | None:
    """Work out a lot's sample; ask for what does not fit together."""
    if not _LOT.search(said.text):
        return None
    if _HOW_MANY.search(said.text) and (size := _SIZE.search(said.text)):
        return _plan(int(size["n"] or size["m"]), on=said.today)
    sample = _sample(said)
    if sample is None:
        return None
    n = len(sample.contents)
    if sample.taken is not None and sample.taken != n:
        return Sum(
            f"说抽了 {sample.taken} 件，但数出来有 {n} 个实测值，请核对后把实测值一次发全。",
            ("例如“批量检验 批量30 标500克 抽10件 498.6 501.2 …”。",),
            sure=0.85,
        )
    sizes = [sample.lot] if sample.lot is not None else lots_tested_with(n, on=said.today)
    if not sizes:
        return Sum(
            f"{n} 件不是抽样表里的样本量，请告诉我批量多少件。",
            ("按表：批量 11～50 件抽 10 件，51～99 件抽 13 件，100～500 件抽 50 件；10 件以内全检。",),
            sure=0.85,
        )
    try:
        results = _judged(sample, sizes, said.today)
    except QuantityError as error:
        return Sum(error.text, (), sure=0.85)
    return _told(sample, results)


def _judged(sample: _Sample, sizes: list[int], on: date) -> list[tuple[int, LotResult]]:
    return [
        (size, judge_lot(sample.kind, sample.nominal, list(sample.contents), lot=size, on=on))
        for size in sizes
    ]


def _plan(lot: int, *, on: date) -> Sum | None:
    """Say how many packages of a lot are tested, and what they may show."""
    table = sampling_in_force(on)
    if table is None or lot < 1:
        return None
    plan = table.plan(lot)
    how = "全部检验，不看平均值" if plan.sample is None else f"抽 {plan.sample} 件，λ={plan.factor}"
    return Sum(
        f"批量 {lot} 件：{how}。",
        (
            f"短缺大于 T、不超过 2T 的最多 {plan.above_t} 件，大于 2T 的 {plan.above_2t} 件。",
            "这是 2005 版抽样表的数值；现行 JJF 1070-2023 的表尚未核到，以检验机构为准。",
        ),
        (Ground(table.source, table.confidence, ""),),
        sure=0.9,
    )


def _told(sample: _Sample, results: list[tuple[int, LotResult]]) -> Sum:
    main = results[-1][1]
    unit = sample.kind.unit
    end = _verdict(main)
    lines = [
        f"n={len(sample.contents)}，平均 {_three(main.mean)} {unit}，s={_four(main.deviation)}（除以 n−1）。",
        _mean_line(main, sample),
        _counts_line(main, unit),
    ]
    if sample.lot is None:
        lines.append(_about_size(sample, results))
    return Sum(end, tuple(lines), (main.ground,), sure=0.93)


def _verdict(result: LotResult) -> str:
    mean = (
        "" if result.least_mean is None else "平均值达到要求，" if result.mean_passes else "平均值低于要求，"
    )
    counts = "短缺件数未超过允许" if result.counts_pass else "短缺件数超过允许"
    both = result.mean_passes and result.counts_pass
    end = "合格" if both else "不合格"
    if result.outcome is Outcome.CANNOT_TELL:
        return f"{mean}{counts}；按 2005 版抽样表算{end}，现行 2023 版的表尚未核到，不作结论。"
    return f"{mean}{counts}；这批{end}，最终以检验机构的结果为准。"


def _mean_line(result: LotResult, sample: _Sample) -> str:
    if result.least_mean is None or result.plan.factor is None:
        return "10 件以内全检，不看平均值。"
    sign = "≥" if result.mean_passes else "<"
    return (
        f"λ={plain(result.plan.factor)}，下限 Qn−λs = {plain(sample.nominal)}−{_three(result.plan.factor * result.deviation)}"
        f" = {_three(result.least_mean)}；平均 {sign} 下限。"
    )


def _counts_line(result: LotResult, unit: str) -> str:
    return (
        f"T={plain(result.allowed)} {unit}：短缺大于 T、不超过 2T 的 {result.above_t} 件（允许 {result.plan.above_t} 件），"
        f"大于 2T 的 {result.above_2t} 件（允许 {result.plan.above_2t} 件）。"
    )


def _about_size(sample: _Sample, results: list[tuple[int, LotResult]]) -> str:
    plan = results[-1][1].plan
    until = f"～{plan.to_lot}" if plan.to_lot else " 以上"
    said = f"没说批量，按 {plan.from_lot}{until} 件算"
    if len(results) > 1:
        whole = results[0][1]
        return f"{said}；如果这批一共就 {len(sample.contents)} 件，不看平均值，{'合格' if whole.counts_pass else '不合格'}。"
    return f"{said}；批量不同，抽样数也不同，请告诉我批量。"


def _sample(said: Said) -> _Sample | None:
    text = said.text
    values = max(_VALUES.finditer(text), key=lambda one: len(one.group()), default=None)
    nominal = next(
        (
            one
            for one in said.measures
            if one.kind in _KINDS and (values is None or one.span.end <= values.start() + 1)
        ),
        None,
    )
    if values is None or nominal is None or not _NOMINAL.search(text[: nominal.span.start] or text):
        return None
    label = as_decimal(nominal.base)
    numbers = [Decimal(one.group()) for one in _NUMBER.finditer(values.group())]
    contents = _scaled(numbers, label, as_decimal(nominal.units[0].size))
    if len(contents) < FEWEST:
        return None
    head = text[: values.start()]
    lot, taken = _SIZE.search(head), _TAKEN.search(head)
    return _Sample(
        _KINDS[nominal.kind],
        label,
        contents,
        int(lot["n"] or lot["m"]) if lot else None,
        int(taken["n"]) if taken else None,
    )


def _scaled(numbers: list[Decimal], label: Decimal, size: Decimal) -> tuple[Decimal, ...]:
    """Read bare numbers in the label's unit, or in the smaller or larger one that fits it: 标2kg, 2001 1998."""
    middle = sorted(numbers)[len(numbers) // 2]
    fitting = next(
        (one for one in (size, Decimal(1), Decimal(1000)) if label / 3 < middle * one < label * 3), None
    )
    return () if fitting is None else tuple(one * fitting for one in numbers)


def _three(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.001")))


def _four(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.0001")))
