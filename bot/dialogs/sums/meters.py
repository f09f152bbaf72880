"""Water, gas and electricity meters: the error from two amounts; what is allowed only where the rule was confirmed."""

import re
from decimal import Decimal

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from core.numerals import NUMBER, number
from metrology.grammar import grouped
from metrology.instruments import instrument, judge_error
from metrology.outcomes import Ground

_METERS = (
    (re.compile(r"水表"), "water_meter_small"),
    (re.compile(r"燃气表|煤气表|天然气表|气表"), "gas_meter_natural"),
    (re.compile(r"电表|电能表"), "electricity_meter_single"),
)
_AMOUNT = re.compile(rf"(?P<n>{NUMBER})\s?(?P<of>立方米|立方|方|吨|度|千瓦时|升|公斤)(?!高|左右)")
_REAL = re.compile(r"实际|标准|其实|只用|真实|量|检|测|接了")
_NOT = re.compile(r"充电|桩|车上|一个月|上个月|平时|每月|以前|涨|阶梯|多少钱|元|块")
_WHO = {
    "water_meter_small": "可先向供水企业提出校验",
    "gas_meter_natural": "可先向燃气企业提出校验",
    "electricity_meter_single": "可先向供电企业提出校验",
}


def work_out(said: Said) -> Sum | None:
    """Work out a meter's error from what it counted and what really passed."""
    key = next((key for pattern, key in _METERS if pattern.search(said.text)), None)
    if key is None or _NOT.search(said.text) or not _REAL.search(said.text):
        return None
    found = [one for one in _AMOUNT.finditer(said.text) if (number(one["n"]) or 0) > 0]
    if len(found) != 2 or not _same(found[0]["of"], found[1]["of"]):
        return None
    first, second = (number(one["n"]) or Decimal(0) for one in found)
    beside = re.split(r"[，,。；;\s]", said.text[: found[0].start()])[-1]
    real_first = _REAL.search(beside) is not None and "表" not in beside
    indicated, actual = (second, first) if real_first else (first, second)
    if not actual / 2 < indicated < actual * 2:
        return None
    of = found[0]["of"]
    echo = f"表上走了 {grouped(indicated)} {of}，实际 {grouped(actual)} {of}。"
    if key == "water_meter_small":
        return _water(said, indicated, actual, echo)
    row = instrument(key)
    error = (indicated - actual) * 100 / actual
    name, rule = ("", "") if row is None else (row.name, row.regulation)
    return Sum(
        f"这块表的示值误差约 {error:+.2f}%；{name}允许多少误差没有核实到原文，不下结论。",
        (echo, f"以检定规程（{rule}）和检定机构的检定结果为准。{_WHO[key]}，有异议可申请仲裁检定。"),
        sure=0.85,
    )


def _same(one: str, other: str) -> bool:
    cubic = {"方", "立方", "立方米", "吨"}
    return one == other or {one, other} <= cubic


def _water(said: Said, indicated: Decimal, actual: Decimal, echo: str) -> Sum:
    """Show both flows: nobody says at which one the water ran."""
    results = judge_error("water_meter_small", indicated, actual, on=said.today)
    zones = "；".join(f"{one.ground.row}，{one.outcome.verb}" for one in results)
    outcomes = {one.outcome for one in results}
    end = "要看水流大小" if len(outcomes) > 1 else f"{outcomes.pop().verb}使用中的允许误差"
    grounds = tuple(dict.fromkeys(Ground(one.ground.source, one.ground.confidence, "") for one in results))
    return Sum(
        f"这块水表的示值误差约 {results[0].error:+.2f}%，{end}。",
        (
            f"2 级表使用中：{zones}。",
            echo,
            f"自己接水量的只能作线索。{_WHO['water_meter_small']}，以检定机构的结果为准。",
        ),
        grounds,
        sure=0.88,
    )
