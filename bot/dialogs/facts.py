"""Between what a message says (understanding) and what a draft keeps (integers, dates, words)."""

from datetime import datetime
from decimal import Decimal

from complaints.rules.drafts import DraftFacts
from complaints.rules.understanding import Facts, understand
from core.clock import local
from metrology.grammar import grouped
from metrology.quantities import Mass, Volume
from metrology.tolerances import Method

METHOD_NAMES = {
    Method.EQUAL_ACCURACY: "公平秤",
    Method.HIGH_ACCURACY: "更准的秤",
    Method.ORIGINAL_SCALE: "原来的秤",
    Method.HOUSEHOLD: "家里的秤",
    Method.UNKNOWN: "没说用什么秤",
}


def drafted(text: str, *, now: datetime) -> DraftFacts:
    """Return what `text` says, as a draft keeps it; nothing is invented."""
    return from_understanding(understand(text, now=local(now)))


def from_understanding(said: Facts) -> DraftFacts:
    """Turn understood facts into a draft's: milligrams, cents per kilogram, cents."""
    return DraftFacts(
        merchant_name=said.merchant,
        place=said.place,
        product=said.product,
        claimed_mg=_mg(said.claimed),
        measured_mg=_mg(said.measured),
        claimed_ml=_ml(said.claimed),
        measured_ml=_ml(said.measured),
        method=None if said.method in (None, Method.UNKNOWN) else said.method.value,
        unit_price_cents_per_kg=None if said.unit_price is None else _cents(said.unit_price.yuan_per_kg),
        paid_cents=None if said.paid is None else said.paid.cents,
        bought_on=said.date,
    )


def mass(milligrams: int) -> Mass:
    """Return milligrams as a mass."""
    return Mass(Decimal(milligrams) / 1000)


def amount(milligrams: int | None, millilitres: int | None) -> str:
    """Return an amount as people read it: "1,500 克（3斤）" or "500 毫升"."""
    if milligrams is not None:
        return mass(milligrams).echo()
    if millilitres is not None:
        return Volume(Decimal(millilitres)).text()
    return ""


def price(facts: DraftFacts) -> str:
    """Return the price of a draft: "136 元/公斤（68 元/斤）", what was paid, or both."""
    parts = []
    if facts.unit_price_cents_per_kg is not None:
        per_kg = Decimal(facts.unit_price_cents_per_kg) / 100
        parts.append(f"{grouped(per_kg)} 元/公斤（{grouped(per_kg / 2)} 元/斤）")
    if facts.paid_cents is not None:
        parts.append(f"共付 {grouped(Decimal(facts.paid_cents) / 100)} 元")
    return "，".join(parts)


def _mg(quantity: Mass | Volume | None) -> int | None:
    return round(quantity.grams * 1000) if isinstance(quantity, Mass) else None


def _ml(quantity: Mass | Volume | None) -> int | None:
    return round(quantity.millilitres) if isinstance(quantity, Volume) else None


def _cents(yuan: Decimal) -> int:
    return round(yuan * 100)
