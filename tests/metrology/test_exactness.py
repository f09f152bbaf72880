"""No float touches a quantity, and more missing is never better."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import metrology
from metrology.instruments import ScaleClass, scale_mpe
from metrology.outcomes import Outcome
from metrology.prepackaged import Kind, judge_item

NOW = date(2026, 11, 25)
MODULES = sorted(Path(metrology.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_of_the_room_writes_or_calls_a_float(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


@given(st.sampled_from(Kind), st.integers(1, 50_000), st.integers(0, 50_000), st.integers(0, 5_000))
def test_a_package_with_less_in_it_is_never_better(kind: Kind, nominal: int, actual: int, less: int) -> None:
    full = judge_item(kind, Decimal(nominal), Decimal(actual), on=NOW)
    lacking = judge_item(kind, Decimal(nominal), Decimal(max(actual - less, 0)), on=NOW)
    assert not (full.outcome is Outcome.OVER and lacking.outcome is Outcome.WITHIN)
    assert lacking.shortage >= full.shortage


@given(st.sampled_from(ScaleClass), st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 100))
def test_a_heavier_load_may_never_err_less(scale: ScaleClass, first: int, second: int, interval: int) -> None:
    light, heavy = (
        scale_mpe(
            scale, load_g=Decimal(load * interval), interval_g=Decimal(interval), in_service=True, on=NOW
        )
        for load in sorted((first, second))
    )
    assert light is not None
    assert heavy is not None
    assert light <= heavy
