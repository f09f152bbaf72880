"""Between what people say (understanding), what a draft keeps (integers, dates) and how both are read out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from complaints.rules.categories import CHANNEL_NAMES
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts
from complaints.rules.understanding import Facts, understand
from core.clock import local
from core.privacy import masked_phone
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

NOT_SAID = "没有填"
ANONYMOUS = "不留（匿名）"
_TRACKS = {Track.COMPLAINT: "投诉", Track.TIPOFF: "举报"}
_NAMES = {
    "merchant_name": "商户",
    "merchant_id": "商户",
    "place": "位置",
    "region_code": "区县",
    "product": "买的东西",
    "channel": "怎么买的",
    "claimed_mg": "买的分量",
    "claimed_ml": "买的分量",
    "measured_mg": "重新称的分量",
    "measured_ml": "重新称的分量",
    "method": "用什么秤称的",
    "unit_price_cents_per_kg": "单价",
    "paid_cents": "一共付的钱",
    "bought_on": "哪天买的",
    "track": "投诉还是举报",
    "also_tipoff": "投诉还是举报",
    "contact_name": "姓名",
    "contact_phone": "电话",
    "contact_address": "通讯地址",
    "demand": "希望怎么解决",
    "story": "经过",
}


def drafted(text: str, *, now: datetime) -> DraftFacts:
    """Return what `text` says, as a draft keeps it; nothing is invented."""
    return from_understanding(understand(text, now=local(now)))


def told(text: str, *, now: datetime) -> DraftFacts:
    """Return a whole story as a draft keeps it: what it says, and its own words."""
    return replace(drafted(text, now=now), story=text.strip() or None)


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


def wish(facts: DraftFacts) -> str:
    """Return what is asked for: a complaint, a tip-off, or both."""
    return "投诉，同时举报" if facts.also_tipoff else _TRACKS[facts.track]


def shop(facts: DraftFacts) -> str:
    """Return the shop and where it lies."""
    place = f"（{facts.place}）" if facts.place and facts.merchant_name else facts.place or ""
    return f"{facts.merchant_name or ''}{place}" or NOT_SAID


def day(facts: DraftFacts) -> str:
    """Return the day of purchase, "2026年11月20日"."""
    told = facts.bought_on
    return f"{told.year}年{told.month}月{told.day}日" if told else NOT_SAID


def contact(facts: DraftFacts) -> str:
    """Return who reports, the telephone masked; a tip-off says that nothing is left."""
    if facts.track is Track.TIPOFF:
        return ANONYMOUS
    phone = masked_phone(facts.contact_phone) if facts.contact_phone else "电话没有填"
    return f"{facts.contact_name or '姓名没有填'}，{phone}，{facts.contact_address or '地址没有填'}"


def lines(facts: DraftFacts, names: Iterable[str]) -> list[str]:
    """Return single facts as they stand, one line for each kind: 买的分量：1,250 克（2斤5两）."""
    told = {name: f"{_NAMES[name]}：{_value(facts, name)}" for name in names if name in _NAMES}
    return list(dict.fromkeys(told.values()))


def _value(facts: DraftFacts, name: str) -> str:
    match name:
        case "merchant_name" | "merchant_id":
            return facts.merchant_name or NOT_SAID
        case "claimed_mg" | "claimed_ml":
            return amount(facts.claimed_mg, facts.claimed_ml) or NOT_SAID
        case "measured_mg" | "measured_ml":
            return amount(facts.measured_mg, facts.measured_ml) or NOT_SAID
        case "method":
            return METHOD_NAMES[Method(facts.method)] if facts.method else NOT_SAID
        case "unit_price_cents_per_kg" | "paid_cents":
            return price(facts) or NOT_SAID
        case "bought_on":
            return day(facts)
        case "track" | "also_tipoff":
            return wish(facts)
        case "channel":
            return CHANNEL_NAMES[facts.channel] if facts.channel else NOT_SAID
        case "contact_phone":
            return masked_phone(facts.contact_phone) if facts.contact_phone else NOT_SAID
        case _:
            return getattr(facts, name) or NOT_SAID


def _mg(quantity: Mass | Volume | None) -> int | None:
    return round(quantity.grams * 1000) if isinstance(quantity, Mass) else None


def _ml(quantity: Mass | Volume | None) -> int | None:
    return round(quantity.millilitres) if isinstance(quantity, Volume) else None


def _cents(yuan: Decimal) -> int:
    return round(yuan * 100)
