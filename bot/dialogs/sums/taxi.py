"""A taximeter's distance against the true one: −4 % to +1 %, not the same on both sides."""

import re
from decimal import Decimal

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import FIRST, Sum
from metrology.conversion import Dimension, Measure, as_decimal
from metrology.grammar import grouped
from metrology.instruments import judge_taximeter, permitted
from metrology.outcomes import Ground

_TAXI = re.compile(r"打车|出租|计价器|打表|的士|打的|坐车|司机")
_NOT = re.compile(r"网约车|滴滴|高德打车|曹操|里程表|油耗|块钱|多少钱|元")
_SHOWN = re.compile(r"(?:表上?|计价器|显示|跳[了到成]*|打表|打了|记了?|算[成了]?|收)[^，。,]{0,4}$")
_ASKED = re.compile(r"误差|允许|差多少|最多|多跳|算不准|超差")
_DISPUTE = "导航里程只能作线索；可要求到检定机构复核，请留发票、记车牌，向交通运输部门或 12315 反映。"
_FARE = "这里只看里程，等候时间和调价不在内。"


def work_out(said: Said) -> Sum | None:
    """Work out a ride whose two distances are said, or how far a ride may be off."""
    if not _TAXI.search(said.text) or _NOT.search(said.text):
        return None
    found = [one for one in said.measures if one.kind is Dimension.LENGTH and one.base >= 100]
    rows = permitted("taximeter", on=said.today)
    if len(found) == 1 and rows and _ASKED.search(said.text):
        true = as_decimal(found[0].base)
        row = rows[0]
        more, less = true * row.high_percent / 100, -true * row.low_percent / 100
        return Sum(
            f"{_km(true)}的路，表最多允许多跳 {_km(more)}、少跳 {_km(less)}（{row.said()}）。",
            (_FARE, _DISPUTE),
            (Ground(row.source, row.confidence, ""),),
            sure=0.92,
        )
    if len(found) != 2:
        return None
    indicated, actual = _roles(said.text, found)
    result = judge_taximeter(indicated, actual, on=said.today)
    words = f"表显 {_km(indicated)}，实际 {_km(actual)}，差 {_km(indicated - actual)}。{_FARE}"
    return Sum(result.text.removeprefix(FIRST), (words, _DISPUTE), (result.ground,))


def _roles(text: str, found: list[Measure]) -> tuple[Decimal, Decimal]:
    """Return what the meter showed and the true distance; the later one is shown unless the words say otherwise."""
    first, second = found
    shown_first = _SHOWN.search(text[: first.span.start]) and not _SHOWN.search(
        text[first.span.end : second.span.start]
    )
    indicated, actual = (first, second) if shown_first else (second, first)
    return as_decimal(indicated.base), as_decimal(actual.base)


def _km(metres: Decimal) -> str:
    return f"{grouped((metres / 1000).normalize())} 公里"
