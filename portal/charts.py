"""Charts as SVG of our own: drawn on the server, responsive without scripts, styled by classes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from markupsafe import Markup, escape

from portal.filters import thousands

Number = Decimal | int

BAR_ROW = 32
LABEL_BESIDE = 4
PLOT_HEIGHT = 190
HEAT_ROW = 26
DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NAME_HEIGHT = 38


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with the words and the table that must stand beside it; `subtitle` names the denominator."""

    title: str
    subtitle: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name and a value for every label, None where nothing was measured."""

    name: str
    values: Sequence[Number | None]


def bars(title: str, subtitle: str, rows: Sequence[tuple[str, Number]], *, unit: str = "") -> Chart:
    """Draw one horizontal bar per (label, value), from zero, each with its value in words at its end."""
    top = max((value for _, value in rows), default=0)
    stacked = any(len(label) > LABEL_BESIDE for label, _ in rows)
    left, room, pitch = (0, 76, BAR_ROW + 22) if stacked else (28, 48, BAR_ROW)
    parts = []
    for at, (label, value) in enumerate(rows):
        y = at * pitch + pitch - BAR_ROW
        width = _share(value, top, of=room)
        beside = ("28%", y + 20, "end", -10) if not stacked else ("0%", y, "", 0)
        parts.append(_text(beside[0], beside[1], label, beside[2], dx=beside[3]))
        parts.append(f'<rect class="bar" x="{left}%" y="{y + 5}" width="{width}%" height="22" rx="2"/>')
        parts.append(_text(f"{left + width}%", y + 20, _said(value, unit), "value", dx=8))
    height = max(len(rows), 1) * pitch
    parts.append(f'<line class="baseline" x1="{left}%" x2="{left}%" y1="0" y2="{height}"/>')
    table = tuple((label, _said(value, unit)) for label, value in rows)
    return Chart(title, subtitle, _svg(title, height, parts), ("项目", "数值"), table)


def lines(
    title: str, subtitle: str, labels: Sequence[str], series: Sequence[Series], *, unit: str = ""
) -> Chart:
    """Draw one line per series over `labels`, from zero, each named at its last point; gaps stay gaps."""
    top = _ceiling([value for one in series for value in one.values if value is not None])
    parts = _grid(top, unit)
    parts.extend(_label_row(labels))
    ends = _spread([_height_of(_last(one.values), top) for one in series])
    for at, (one, end) in enumerate(zip(series, ends, strict=True)):
        parts.append(_polylines(one.values, top, at))
        parts.extend(_points(one, labels, top, at))
        last = _last(one.values)
        parts.append(_text("75%", end + 2, one.name, "", dx=12))
        parts.append(_text("75%", end + 19, _said(last, unit), "value", dx=12))
    head = ("", *(one.name for one in series))
    table = tuple(
        (label, *(_said(one.values[at], unit) for one in series)) for at, label in enumerate(labels)
    )
    return Chart(title, subtitle, _svg(title, PLOT_HEIGHT + 34, parts), head, table)


def heat(title: str, subtitle: str, counts: Sequence[Sequence[int]]) -> Chart:
    """Draw counts by day (seven rows from Monday) and hour (24 columns), darker where there are more.

    Raises:
        ValueError: the grid is not seven by twenty-four.
    """
    if len(counts) != 7 or any(len(row) != 24 for row in counts):
        raise ValueError("a heat map needs seven days of twenty-four hours")
    top = max(max(row) for row in counts)
    parts = [_text("10%", 16, "0 时", "")]
    parts.extend(_text(f"{_column(hour)}%", 16, str(hour), "") for hour in (6, 12, 18))
    for day, row in enumerate(counts):
        y = 24 + day * HEAT_ROW
        parts.append(_text("10%", y + 18, DAYS[day], "end", dx=-8))
        parts.extend(_cell(day, hour, count, top) for hour, count in enumerate(row))
    parts.extend(_key(top, y=24 + 7 * HEAT_ROW + 10))
    head = ("", *(f"{hour} 时" for hour in range(24)))
    table = tuple((DAYS[day], *(str(count) for count in row)) for day, row in enumerate(counts))
    return Chart(title, subtitle, _svg(title, 24 + 7 * HEAT_ROW + 40, parts), head, table)


def on_band(value: Number, *, edges: tuple[Number, Number]) -> int:
    """Return where `value` falls on a band of three equal thirds, 0–100; a value at an edge belongs to the left.

    `edges` are the two inner boundaries in the unit of `value`, increasing; the third zone is as wide again as
    the second edge and everything beyond stays at its end.

    Raises:
        ValueError: the edges are not positive and increasing.
    """
    first, second = (Decimal(edge) for edge in edges)
    if not 0 < first < second:
        raise ValueError("edges must be positive and increasing")
    if value <= first:
        return _within(Decimal(value) / first, 0, 33)
    if value <= second:
        return _within((value - first) / (second - first), 34, 66)
    return _within((value - second) / second, 67, 98)


def _within(share: Decimal, low: int, high: int) -> int:
    held = min(max(share, Decimal(0)), Decimal(1))
    return low + int((held * (high - low)).to_integral_value(ROUND_HALF_UP))


def _share(value: Number, top: Number, *, of: int) -> Decimal:
    if top <= 0 or value <= 0:
        return Decimal(0)
    return (Decimal(value) * of / Decimal(top)).quantize(Decimal("0.01"))


def _said(value: Number | None, unit: str) -> str:
    if value is None:
        return "没有数据"
    return f"{thousands(value)}{unit}" if unit == "%" else f"{thousands(value)} {unit}".strip()


def _svg(title: str, height: int, parts: Sequence[str]) -> Markup:
    body = "".join(parts)
    return Markup(  # noqa: S704 (every text in it went through escape)
        f'<svg class="plot" role="img" aria-label="{escape(title)}" width="100%" height="{height}">{body}</svg>'
    )


def _text(x: str, y: int, words: str, kind: str, *, dx: int = 0) -> str:
    shift = f' dx="{dx}"' if dx else ""
    return f'<text class="{kind}" x="{x}" y="{y}"{shift}>{escape(words)}</text>'


def _ceiling(values: Sequence[Number]) -> int:
    """Return a round number at or above every value, for two even grid lines."""
    top = max(values, default=0)
    step = 1
    while step * 10 < top:
        step *= 10
    return next((step * by for by in (2, 4, 6, 10, 20) if step * by >= top), step * 20)


def _grid(top: int, unit: str) -> list[str]:
    parts = []
    for value in (top, top // 2, 0):
        y = _height_of(value, top)
        kind = "gridline" if value else "baseline"
        parts.append(f'<line class="{kind}" x1="0" x2="75%" y1="{y}" y2="{y}"/>')
        if value:
            parts.append(_text("0", y - 5, _said(value, unit), ""))
    return parts


def _height_of(value: Number | None, top: int) -> int:
    room = PLOT_HEIGHT - 30
    return PLOT_HEIGHT - int(Decimal(value or 0) * room / max(top, 1))


def _across(at: int, count: int) -> Decimal:
    return (Decimal(at) * 70 / max(count - 1, 1)).quantize(Decimal("0.01"))


def _label_row(labels: Sequence[str]) -> list[str]:
    every = -(-len(labels) // 6)
    shown = [(at, label) for at, label in enumerate(labels) if at % every == 0]
    return [_text(f"{5 + _across(at, len(labels))}%", PLOT_HEIGHT + 24, label, "mid") for at, label in shown]


def _last(values: Sequence[Number | None]) -> Number | None:
    return next((value for value in reversed(values) if value is not None), None)


def _spread(heights: Sequence[int]) -> list[int]:
    """Move names at the line ends apart so that none covers another, keeping their order."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for before, at in pairwise(order):
        placed[at] = max(placed[at], placed[before] + NAME_HEIGHT)
    return placed


def _polylines(values: Sequence[Number | None], top: int, at: int) -> str:
    runs: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_across(place, len(values)) * 100},{_height_of(value, top)}")
    drawn = "".join(
        f'<polyline class="series series-{at}" points="{" ".join(run)}"/>' for run in runs if run[1:]
    )
    return (
        f'<svg x="5%" y="0" width="70%" height="{PLOT_HEIGHT}" viewBox="0 0 7000 {PLOT_HEIGHT}" '
        f'preserveAspectRatio="none" overflow="visible">{drawn}</svg>'
    )


def _points(one: Series, labels: Sequence[str], top: int, at: int) -> list[str]:
    return [
        f'<circle class="point point-{at}" cx="{5 + _across(place, len(labels))}%" cy="{_height_of(value, top)}" r="3">'
        f"<title>{escape(labels[place])} {escape(one.name)} {thousands(value)}</title></circle>"
        for place, value in enumerate(one.values)
        if value is not None
    ]


def _column(hour: int) -> Decimal:
    return 10 + (Decimal(hour) * 90 / 24).quantize(Decimal("0.01"))


def _level(count: int, top: int) -> int:
    return 0 if count == 0 else min(4, 1 + (count - 1) * 4 // max(top, 1))


def _cell(day: int, hour: int, count: int, top: int) -> str:
    y = 24 + day * HEAT_ROW
    return (
        f'<rect class="heat heat-{_level(count, top)}" x="{_column(hour)}%" y="{y}" width="3.75%" height="{HEAT_ROW}">'
        f"<title>{DAYS[day]} {hour} 时：{count} 件</title></rect>"
    )


def _key(top: int, *, y: int) -> list[str]:
    parts = [_text("10%", y + 16, "0 件", "")]
    parts.extend(
        f'<rect class="heat heat-{level}" x="{20 + level * 5}%" y="{y + 2}" width="5%" height="18"/>'
        for level in range(5)
    )
    parts.append(_text("45%", y + 16, f"最多 {top} 件", "", dx=8))
    return parts
