"""The charts: zero baseline, direct labels, escaped words, a table that says the same."""

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.charts import Chart, Series, bars, heat, lines, on_band


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(str(chart.svg))  # noqa: S314 (our own drawing)


def words(chart: Chart) -> list[str]:
    return [text.text or "" for text in drawn(chart).iter("text")]


def widths(chart: Chart) -> list[Decimal]:
    return [Decimal(rect.attrib["width"].rstrip("%")) for rect in drawn(chart).iter("rect")]


def test_bars_start_at_zero_and_keep_their_proportion() -> None:
    chart = bars(
        "按区县", "每百家商户，2026年10月", [("历下区", 40), ("市中区", 10), ("槐荫区", 0)], unit="件"
    )
    assert widths(chart) == [Decimal(48), Decimal(12), 0]
    assert chart.rows == (("历下区", "40 件"), ("市中区", "10 件"), ("槐荫区", "0 件"))
    assert "40 件" in words(chart)


def test_long_labels_stand_above_their_bars() -> None:
    chart = bars("按街道", "", [("济南高新技术产业开发区", 4), ("历下区", 2)])
    starts = {rect.attrib["x"] for rect in drawn(chart).iter("rect")}
    assert starts == {"0%"}
    assert widths(chart) == [Decimal(76), Decimal(38)]


def test_words_from_outside_cannot_break_out_of_a_chart() -> None:
    chart = bars("<b>", "", [('<script>"&', 1)])
    assert "<script>" not in chart.svg
    assert '<script>"&' in words(chart)


def test_no_drawing_carries_an_inline_style() -> None:
    series = [Series("投诉", [1, 2, 3]), Series("举报", [3, 2, 1])]
    drawings = (
        bars("一", "", [("甲", 1)]),
        lines("二", "", ["1月", "2月", "3月"], series),
        heat("三", "", [[0] * 24] * 7),
    )
    assert all("style" not in chart.svg for chart in drawings)


def test_a_line_is_interrupted_where_nothing_was_measured() -> None:
    chart = lines(
        "受检率", "应检器具 1,204 台", ["1", "2", "3", "4", "5"], [Series("率", [90, 91, None, 93, 94])]
    )
    polylines = list(drawn(chart).iter("polyline"))
    assert [len(line.attrib["points"].split()) for line in polylines] == [2, 2]
    assert chart.rows[2] == ("3", "没有数据")


def test_line_names_never_cover_each_other() -> None:
    chart = lines("量", "", ["1", "2"], [Series(name, [1, 5]) for name in "甲乙丙"])
    heights = sorted(int(t.attrib["y"]) for t in drawn(chart).iter("text") if t.attrib["x"] == "75%")
    assert all(after - before >= 17 for before, after in pairwise(heights))


def test_empty_data_still_draws() -> None:
    assert drawn(bars("空", "", [])).tag == "svg"
    assert drawn(lines("空", "", [], [])).tag == "svg"


def test_heat_darkens_with_the_count_and_names_every_cell() -> None:
    counts = [[0] * 24 for _ in range(7)]
    counts[5][18] = 12
    counts[0][9] = 1
    cells = {
        next(iter(rect)).text: rect.attrib["class"]
        for rect in drawn(heat("时段", "", counts)).iter("rect")
        if len(rect)
    }
    assert cells["周六 18 时：12 件"] == "heat heat-4"
    assert cells["周一 9 时：1 件"] == "heat heat-1"
    assert cells["周二 0 时：0 件"] == "heat heat-0"
    assert len(cells) == 7 * 24


def test_heat_refuses_a_grid_of_another_shape() -> None:
    with pytest.raises(ValueError, match="seven days"):
        heat("时段", "", [[0] * 24] * 6)


def test_a_value_at_an_edge_stays_in_the_zone_to_its_left() -> None:
    edges = (Decimal(40), Decimal(80))
    assert on_band(Decimal(40), edges=edges) <= 33
    assert 34 <= on_band(Decimal("40.1"), edges=edges) <= 66
    assert on_band(Decimal(80), edges=edges) <= 66
    assert on_band(Decimal(81), edges=edges) >= 67
    assert on_band(Decimal(10_000), edges=edges) == 98
    assert on_band(Decimal(-5), edges=edges) == 0


@given(
    st.decimals(min_value=0, max_value=5000, places=2),
    st.decimals(min_value=0, max_value=5000, places=2),
)
def test_more_missing_is_never_further_left(one: Decimal, other: Decimal) -> None:
    edges = (Decimal(40), Decimal(80))
    low, high = sorted((one, other))
    assert on_band(low, edges=edges) <= on_band(high, edges=edges)
