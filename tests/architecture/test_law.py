"""Law is data: every row names its law, order and article, its dates and how sure we are."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.places import ROOT, named

TABLES = sorted([*(ROOT / "metrology").glob("*.yaml"), *ROOT.glob("*/rules/*.yaml")])
LAW = {
    "tolerances.yaml": 3,
    "prepackaged.yaml": 2,
    "sampling.yaml": 2,
    "units.yaml": 2,
    "compensation.yaml": 2,
    "clocks.yaml": 8,
    "admissibility.yaml": 10,
}


def rows(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping that says from when it holds."""
    if isinstance(node, dict):
        if "valid_from" in node:
            yield node
        for below in node.values():
            yield from rows(below)
    elif isinstance(node, list):
        for below in node:
            yield from rows(below)


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_every_row_is_sourced_dated_and_graded(path: Path) -> None:
    found = list(rows(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert len(found) >= LAW.get(path.name, 0)
    for row in found:
        assert set(row["source"]) == {"law", "order", "article"}, row
        assert all(str(part).strip() for part in row["source"].values()), row
        assert row["confidence"] in {"A", "B", "C", "A-", "B+", "B-"}, row
        assert isinstance(row["valid_from"], date), row
        assert row.get("valid_to") is None or row["valid_from"] <= row["valid_to"], row


def test_every_calendar_notice_names_its_document() -> None:
    notices = yaml.safe_load((ROOT / "core" / "calendar_days.yaml").read_text(encoding="utf-8"))["notices"]
    assert {notice["year"] for notice in notices} >= {2024, 2025, 2026}
    assert all("国办发明电" in notice["source"] for notice in notices)


def test_the_boundary_of_the_two_orders_is_the_night_to_the_fifteenth_of_april() -> None:
    clocks = yaml.safe_load((ROOT / "complaints/rules/clocks.yaml").read_text(encoding="utf-8"))["clocks"]
    ends = {row["valid_to"] for row in clocks if "20号" in row["source"]["order"] and row.get("valid_to")}
    begins = {row["valid_from"] for row in clocks if "121号" in row["source"]["order"]}
    assert ends == {date(2026, 4, 14)}
    assert begins == {date(2026, 4, 15)}
