"""Fuel and gas at the pump: what the pump showed against what was measured, and how much it may differ."""

import re
from decimal import ROUND_CEILING, Decimal

from bot.dialogs.sums.retail import SHORT
from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import FIRST, Sum
from complaints.rules.drafts import DraftFacts
from metrology.conversion import Dimension, Measure, as_decimal
from metrology.grammar import grouped, plain
from metrology.instruments import ErrorRow, judge_error, permitted
from metrology.outcomes import Ground

_FUEL = re.compile(
    r"加油|油枪|汽油|柴油|油站|加了?满?\s?[\d.一二三四五六七八九十]+\s?升|升油|号油|量桶|标准量器"
)
_GAS = {
    "cng_dispenser": re.compile(r"CNG|压缩天然气|加气", re.IGNORECASE),
    "lng_dispenser": re.compile(r"LNG|液化天然气", re.IGNORECASE),
    "lpg_dispenser": re.compile(r"LPG", re.IGNORECASE),
}
_TANK = re.compile(
    r"油箱|容积|能装|装得下|表盘|油表|油耗|公里油|两周|续航|瓶|桶装|食用油|花生油|车用尿素|机油|豆油|香油|菜油|水箱|一箱"
)
_ASKED = re.compile(
    r"(?:差|少|误差|偏差)[^，。]{0,4}(?:多少|几)|(?:多少|几)[^，。]{0,6}(?:算|不准|不合格|超)|误差|允许|最多"
)
_MEASURED = re.compile(r"只有|只量|量|实际|倒|才|实测|其实|测")
_OWN = "自己的桶、油箱容积和油表只能作线索；要用检定合格的标准金属量器当场核验才作数。"


def work_out(said: Said) -> Sum | None:
    """Work out a filling that was measured again, or the difference a filling may have."""
    key = _kind(said.text)
    if key is None or _TANK.search(said.text):
        return None
    wanted = (Dimension.VOLUME,) if key == "fuel_dispenser" else (Dimension.MASS, Dimension.VOLUME)
    found = [one for one in said.measures if one.kind in wanted]
    rows = permitted(key, on=said.bought_on)
    if not found or not rows:
        return None
    row = rows[0]
    if all(SHORT.search(said.text[: one.span.start]) for one in found):
        return _how_much(found[0], row)
    pair = _pair(said.text, found)
    if pair is None:
        return _allowance(found[0], row) if _ASKED.search(said.text) else None
    indicated, actual = pair
    if not 0 < actual <= indicated * 2:
        return None
    result = judge_error(key, indicated, actual, on=said.bought_on)[0]
    limit = actual * row.high_percent / 100
    named = any(SHORT.search(said.text[: one.span.start]) for one in found)
    said_pair = f"显示 {_amount(indicated, found[0])}，量得 {_amount(actual, found[0])}，"
    said_pair = f"{_amount(actual, found[0])}" if named else said_pair
    words = (
        f"{said_pair}差 {_amount(indicated - actual, found[0])}；"
        f"这么多最多允许差 {_amount(limit, found[0])}。"
    )
    kept = said.facts if said.facts != DraftFacts() else None
    return Sum(result.text.removeprefix(FIRST), (words, _OWN), (result.ground,), kept)


def _kind(text: str) -> str | None:
    for key, pattern in _GAS.items():
        if pattern.search(text):
            return key
    return "fuel_dispenser" if _FUEL.search(text) else None


def _pair(text: str, found: list[Measure]) -> tuple[Decimal, Decimal] | None:
    """Return what was shown and what was measured, in the base unit.

    A difference that was only named is taken of the amount named, as the allowance is: 50 升差 150 毫升.
    """
    short = [one for one in found if SHORT.search(text[: one.span.start])]
    whole = [one for one in found if one not in short]
    if not whole:
        return None
    first = as_decimal(whole[0].base)
    if short and whole[0].kind is short[0].kind:
        return first + as_decimal(short[0].base), first
    if len(whole) == 2 and whole[0].kind is whole[1].kind:
        between = text[whole[0].span.end : whole[1].span.start]
        if _MEASURED.search(between):
            return first, as_decimal(whole[1].base)
        if re.search(r"显示|表上|加油机|跳", between):
            return as_decimal(whole[1].base), first
    return None


def _allowance(measure: Measure, row: ErrorRow) -> Sum:
    amount = as_decimal(measure.base)
    limit = amount * row.high_percent / 100
    return Sum(
        f"{_amount(amount, measure)}最多允许差 {_amount(limit, measure)}（{row.said()}），多少都按这个算。",
        (
            f"也就是实际在 {_amount(amount - limit, measure)}到 {_amount(amount + limit, measure)}之间都在允许误差内。",
            _OWN,
        ),
        (Ground(row.source, row.confidence, row.said()),),
        sure=0.93,
    )


def _how_much(short: Measure, row: ErrorRow) -> Sum:
    """Say from which filling on a difference is allowed, while the filling is not known."""
    amount = as_decimal(short.base)
    least = (amount * 100 / row.high_percent / 1000).quantize(Decimal("0.01"), ROUND_CEILING)
    return Sum(
        f"差 {_amount(amount, short)}超没超过，要看一共加了多少：允许误差 {row.said()}，一次加到 {grouped(least.normalize())} {_unit(short)}以上才未超过。",
        ("请告诉我一共加了多少。", _OWN),
        (Ground(row.source, row.confidence, row.said()),),
        sure=0.88,
    )


def _unit(measure: Measure) -> str:
    return "升" if measure.kind is Dimension.VOLUME else "公斤"


def _amount(base: Decimal, measure: Measure) -> str:
    """Print litres or kilograms; small volumes in millilitres too."""
    large = base / 1000
    if measure.kind is Dimension.VOLUME and 0 < abs(large) < 1:
        return f"{plain(large.normalize())} 升（{grouped(base)} 毫升）"
    return f"{grouped(large)} {_unit(measure)}"
