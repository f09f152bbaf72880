"""The first calculation kept with a case: what the tables said on the day, with the rows used."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from complaints.rules.drafts import DraftFacts
from metrology.assessment import RetailAssessment, assess_retail
from metrology.grammar import QuantityError, plain
from metrology.outcomes import Outcome
from metrology.quantities import Mass, UnitPrice
from metrology.tolerances import Method

MG_PER_GRAM = 1000
THIRD = Decimal(100) / 3


@dataclass(frozen=True, slots=True)
class Band:
    """A scale line of three equal zones (words, tone) with the mark at `position` per cent, or none."""

    zones: tuple[tuple[str, str], ...]
    position: int | None
    words: str
    ticks: tuple[str, str]
    how: str


def method_of(text: str | None) -> Method:
    """Return the way of re-weighing a draft names; what we do not know is unknown."""
    return Method(text) if text in set(Method) else Method.UNKNOWN


def assess(facts: DraftFacts, *, on: date) -> dict[str, Any] | None:
    """Return the assessment of a weighing as JSON with the rule rows used, or None without two masses.

    Masses in milligrams. `on` is the day of purchase, or of receipt while that is not known.
    """
    if not facts.claimed_mg or facts.measured_mg is None:
        return None
    price = facts.unit_price_cents_per_kg
    try:
        result = assess_retail(
            facts.product,
            Mass(Decimal(facts.claimed_mg) / MG_PER_GRAM),
            Mass(Decimal(facts.measured_mg) / MG_PER_GRAM),
            UnitPrice(Decimal(price) / 100) if price else None,
            method_of(facts.method),
            on=on,
        )
    except QuantityError:
        return None
    return _json(result)


def _json(result: RetailAssessment) -> dict[str, Any]:
    return {
        "outcome": result.outcome.value,
        "method": result.method.value,
        "shortage_mg": int(result.shortage_g * MG_PER_GRAM),
        "limits_mg": sorted(
            {
                int(reading.limit_g * MG_PER_GRAM)
                for case in result.cases
                for reading in case.readings
                if reading.limit_g is not None
            }
        ),
        "lines": list(result.lines),
        "rows": list(dict.fromkeys(reading.ground.cited() for reading in result.readings)),
        "rules": sorted({reading.ground.source.order for reading in result.readings}),
        "confidence": max((reading.ground.confidence.value for reading in result.readings), default=""),
        "money_short_cents": result.money_short.cents if result.money_short else None,
    }


def band(kept: dict[str, Any]) -> Band:
    """Return how a kept assessment is drawn; without a limit nothing is marked."""
    limits: list[int] = kept["limits_mg"]
    how = "\n".join([*kept["lines"], *(f"查表：{row}" for row in kept["rows"])])
    words = Outcome(kept["outcome"]).label
    if not limits:
        zones = (("允许范围内", "plain"), ("超过", "plain"), ("超过较多", "plain"))
        return Band(zones, None, words, ("", ""), how)
    first = Decimal(limits[0])
    second = Decimal(limits[-1]) if len(limits) > 1 else first * 2
    between = ("看档位和复称用的秤", "warn") if len(limits) > 1 else ("超过允许值", "danger")
    zones = (("在允许范围内", "ok"), between, ("超过允许值" if len(limits) > 1 else "超过一倍以上", "danger"))
    if kept["outcome"] == Outcome.OVER.value:
        beyond = (kept["shortage_mg"] - limits[-1]) // MG_PER_GRAM
        words = f"超过允许负偏差 {beyond:,} 克" if beyond else "超过允许负偏差"
    ticks = tuple(f"允许少 {plain(limit / MG_PER_GRAM)} 克" for limit in (first, second))
    return Band(
        zones, _position(Decimal(kept["shortage_mg"]), first, second), words, (ticks[0], ticks[1]), how
    )


def _position(shortage: Decimal, first: Decimal, second: Decimal) -> int:
    if shortage <= 0:
        return 0
    if shortage <= first:
        return int(THIRD * shortage / first)
    if shortage <= second:
        return int(THIRD + THIRD * (shortage - first) / (second - first))
    return min(98, int(2 * THIRD + THIRD * (shortage - second) / (second * 2)))
