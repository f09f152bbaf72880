"""How far a scale may be off: by class, verification interval and load, at verification and in service."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from metrology.conversion import Dimension, Measure, as_decimal
from metrology.grammar import grouped
from metrology.instruments import ScaleClass, ScaleTable, scale_mpe, scale_table
from metrology.outcomes import Ground

_SCALE = re.compile(r"[秤称]|地磅|汽车衡|衡器|砝码|天平")
_ABOUT = re.compile(
    r"误差|允差|最大允许|允许|准[吗不么]|准确|合格|正常|超差|偏差|MPE|差多少|分度|算不准|不准", re.IGNORECASE
)
_MAX = re.compile(
    r"(?:(?:计价|电子|台|案|桌)秤|最大(?:称量|秤量|量程|称重)?|量程|max|满量程|称量)\s?(?:是|为|:|：|=)?\s?$",
    re.IGNORECASE,
)
_MAX_AFTER = re.compile(
    r"(?:的|量程|最大)?\s?(?:电子|计价|台|案|桌|磅|数显|机械|小)?(?:计价)?[秤称](?!量|重|到|了|出)"
)
_INTERVAL = re.compile(
    r"(?:检定分度值?|分度值?|分度数?值|最小(?:刻度|分度|感量|读数)|刻度|感量|精度|(?<![a-z])[ed])\s?(?:值|e|d)?\s?(?:是|为|:|：|=)?\s?$",
    re.IGNORECASE,
)
_ERROR = re.compile(r"(?:差|多|少|误差|偏|偏差|大|小|轻|重)(?:了|出|是|有|称|显示)*\s?$")
_SHOWN = re.compile(r"(?:显示|示值|称出来?|称得|读数)(?:是|为|成|了|才|只有)*\s?$")
_PAIR = re.compile(r"\s?/\s?\d")
_SLASH = re.compile(r"g\s?/\s?$", re.IGNORECASE)
_IV = re.compile(r"(?<![A-Z])IIII(?![A-Z])|Ⅳ|四级|普通准确度|4级", re.IGNORECASE)
_III = re.compile(r"(?<![A-Z])III(?![A-Z])|Ⅲ|三级|中准确度|3级", re.IGNORECASE)
_NOT = re.compile(
    r"怎么处理|犯法|违法|作弊|鬼秤|赔|买了|少给|斤少|多久|周期|到期|一斤|块|元|食品|投诉|公平秤|家里"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a message says of one scale, in grams; None where it says nothing."""

    capacity: Decimal | None = None
    interval: Decimal | None = None
    load: Decimal | None = None
    error: Decimal | None = None


def _parts(text: str, measures: list[Measure]) -> _Parts:
    """Give every mass its part by the words beside it; what the scale showed gives the error."""
    found: dict[str, Decimal] = {}
    for one in measures:
        before, after = text[: one.span.start], text[one.span.end :]
        if _PAIR.match(after) and "interval" not in found:
            part = "capacity"
        else:
            part = (
                "interval" if _SLASH.search(before) and "capacity" in found else _part(before, after, found)
            )
        found.setdefault(part, as_decimal(one.base))
    if "shown" in found and "load" in found:
        found.setdefault("error", abs(found["shown"] - found["load"]))
    return _Parts(*(found.get(name) for name in ("capacity", "interval", "load", "error")))


def _part(before: str, after: str, found: dict[str, Decimal]) -> str:
    if _INTERVAL.search(before):
        return "interval"
    if _MAX.search(before) or ("capacity" not in found and _MAX_AFTER.match(after)):
        return "capacity"
    if _ERROR.search(before):
        return "error"
    return "shown" if _SHOWN.search(before) else "load"


def work_out(said: Said) -> Sum | None:
    """Work out the permissible error of a scale; ask for the interval where it is missing."""
    text = said.text
    if not _SCALE.search(text) or not _ABOUT.search(text) or _NOT.search(text):
        return None
    measures = [one for one in said.measures if one.kind is Dimension.MASS]
    parts = _parts(text, measures)
    table = scale_table(said.today)
    if table is None or (parts.interval is None and parts.capacity is None and "砝码" not in text):
        return None
    if parts.interval is None:
        return _ask(parts, table) if parts.capacity or parts.load else None
    if parts.interval <= 0 or (parts.load is None and parts.capacity is None):
        return None
    return _told(said, parts, parts.interval, table)


def _ask(parts: _Parts, table: ScaleTable) -> Sum:
    load = "" if parts.load is None else f"称 {_mass(parts.load)}时"
    return Sum(
        f"{load}允许差多少要看秤的检定分度值 e，请看铭牌上的 e（或 d）告诉我。",
        (
            "中准确度（Ⅲ级）秤检定时：500e 以内 ±0.5e，500e～2000e ±1.0e，2000e～10000e ±1.5e；使用中按 2 倍。",
            "例如回复“最大称量15公斤 分度值5克 称10公斤”。",
        ),
        (_ground(table, ""),),
        sure=0.85,
    )


def _told(said: Said, parts: _Parts, interval: Decimal, table: ScaleTable) -> Sum | None:
    classes = _classes(said.text, parts, interval)
    if parts.load is None:
        return _whole(parts.capacity or Decimal(0), interval, classes[0], table)
    if parts.capacity is not None and parts.load > parts.capacity:
        return Sum(
            f"{_mass(parts.load)}超过这台秤的最大称量 {_mass(parts.capacity)}，不能这样称。",
            (),
            (_ground(table, ""),),
        )
    lines, first = [], ""
    for one in classes:
        limits = [
            scale_mpe(one, load_g=parts.load, interval_g=interval, in_service=used, on=said.today)
            for used in (False, True)
        ]
        new, used = limits
        if new is None or used is None:
            lines.append(f"{_class(one)}：{_e(parts.load, interval)} 超出这一级的范围，本表不适用。")
            continue
        said_limits = f"检定时 ±{_mass(new)}，使用中 ±{_mass(used)}"
        first = (
            first
            or f"称 {_mass(parts.load)}允许误差：{said_limits}（{_class(one)}）{_judged(parts.error, new, used)}。"
        )
        lines.append(f"{_class(one)}：{_e(parts.load, interval)}，{said_limits}。")
    if not first:
        return Sum(lines[0].rstrip("。") + "。", (_class_note(said.text),), (_ground(table, ""),))
    kept = (
        tuple(lines)
        if len(lines) > 1
        else (f"这个载荷是 {_e(parts.load, interval)}（载荷除以分度值 {_mass(interval)}）。",)
    )
    return Sum(first, (*kept, _class_note(said.text)), (_ground(table, "使用中为检定的 2 倍"),), sure=0.95)


def _judged(error: Decimal | None, new: Decimal, used: Decimal) -> str:
    if error is None:
        return ""
    if error <= new:
        return f"；差 {grouped(error)} 克，都未超过"
    if error <= used:
        return f"；差 {grouped(error)} 克，超过检定时的、未超过使用中的允许误差"
    return f"；差 {grouped(error)} 克，超过允许误差，最终以检定结果为准"


def _classes(text: str, parts: _Parts, interval: Decimal) -> tuple[ScaleClass, ...]:
    """Return the class said; else the market's class III, and IIII too where the scale may be one."""
    if _IV.search(text):
        return (ScaleClass.IIII,)
    small = parts.capacity is not None and parts.capacity / interval <= 1000
    return (ScaleClass.III, ScaleClass.IIII) if small and not _III.search(text) else (ScaleClass.III,)


def _whole(capacity: Decimal, interval: Decimal, one: ScaleClass, table: ScaleTable) -> Sum | None:
    """Show every range up to the capacity while no load was said."""
    rows = []
    for band in table.classes[one]:
        low, high = band.from_e * interval, min(band.up_to_e * interval, capacity)
        if low < high:
            used = band.mpe_e * interval * table.in_service_factor
            rows.append(
                f"{_mass(high)}以内 ±{grouped(band.mpe_e * interval)} 克（使用中 ±{grouped(used)} 克）"
            )
    if not rows:
        return None
    return Sum(
        f"最大称量 {_mass(capacity)}、分度值 {grouped(interval)} 克的秤，允许误差：" + "；".join(rows) + "。",
        ("括号外是检定时的，使用中按 2 倍。告诉我称多重，可以算那一点的。",),
        (_ground(table, _class(one)),),
        sure=0.93,
    )


def _class(one: ScaleClass) -> str:
    return "Ⅲ级" if one is ScaleClass.III else "Ⅳ级"


def _class_note(text: str) -> str:
    return (
        ""
        if _III.search(text) or _IV.search(text)
        else "没说等级，按Ⅲ级（中准确度，菜市场计价秤多是这级）算，以铭牌为准；最终以检定结果为准。"
    )


def _e(load: Decimal, interval: Decimal) -> str:
    return f"{grouped((load / interval).quantize(Decimal('0.1')).normalize())}e"


def _mass(grams: Decimal) -> str:
    return f"{grouped(grams / 1000)} 公斤" if grams >= 1000 else f"{grouped(grams)} 克"


def _ground(table: ScaleTable, row: str) -> Ground:
    return Ground(table.source, table.confidence, row)
