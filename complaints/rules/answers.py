"""How the answers on the pages of a report are read into facts, and how facts are written back into the fields."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from complaints.rules.categories import Channel
from complaints.rules.clocks import Track
from complaints.rules.drafts import PHONE, DraftFacts
from complaints.rules.screens import Screen
from core.errors import InvalidInput
from core.numerals import narrow
from metrology.grammar import plain
from metrology.prices import Money, UnitPrice
from metrology.quantities import Mass, Volume
from metrology.tolerances import Method

Sent = Mapping[str, str]
Changes = dict[str, Any]

UNITS_G = MappingProxyType({"斤": 500, "两": 50, "公斤": 1000, "克": 1})
METHODS = (
    (Method.EQUAL_ACCURACY.value, "公平秤", "或别家的秤"),
    (Method.HOUSEHOLD.value, "家里的秤", ""),
    (Method.ORIGINAL_SCALE.value, "还是店里那台秤", ""),
    (Method.UNKNOWN.value, "说不清", ""),
)
DEMANDS = ("补足分量", "退还差价", "退货退款", "赔偿损失", "道歉")
BOTH = "both"
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_JIN_PER_KG = 2
_MG, _CENTS = 1000, 100
_OLDEST = timedelta(days=3660)


def read(screen: Screen, sent: Sent, facts: DraftFacts, *, today: date) -> Changes:
    """Return what a page's form says as changes of `facts`.

    Raises:
        InvalidInput: with one sentence per wrong field.
    """
    return _READERS[screen](sent, facts, today)


def fields(screen: Screen, facts: DraftFacts, *, today: date) -> dict[str, str]:
    """Return what the fields of a page hold while `facts` stand."""
    return _WRITERS[screen](facts, today) if screen in _WRITERS else {}


def _goods(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    product = sent.get("product", "").strip()
    channel = sent.get("channel", "")
    if not product:
        raise _wrong(product="请填写买的是什么，例如“皮皮虾”")
    return {
        "product": product[:64],
        "channel": Channel(channel) if channel in set(Channel) else None,
    }


def _paid(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    mg, ml = _amount(sent, "claimed")
    return {"claimed_mg": mg, "claimed_ml": ml}


def _again(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    mg, ml = _amount(sent, "measured")
    method = sent.get("method", "")
    if method not in set(Method):
        raise _wrong(method="请选一下是用什么秤称的；记不清就选“说不清”")
    return {"measured_mg": mg, "measured_ml": ml, "method": method}


def _price(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    unit, total = sent.get("unit_price", "").strip(), sent.get("paid", "").strip()
    if not unit and not total:
        raise _wrong(unit_price="请填单价或总价中的一项，或点“跳过”")
    return {
        "unit_price_cents_per_kg": _per_kg(unit, sent.get("unit_price_per", "")) if unit else None,
        "paid_cents": _money(total, "paid").cents if total else None,
    }


def _when(sent: Sent, _facts: DraftFacts, today: date) -> Changes:
    said = sent.get("day", "")
    text = sent.get("date", "").strip() if said in {"", "other"} else said
    if not text:
        raise _wrong(date="请选是哪一天，记不清就点“跳过”")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(date="请写成 2026-11-20 这样的日期") from error
    if day > today:
        raise _wrong(date="这一天还没有到，请核对")
    if today - day > _OLDEST:
        raise _wrong(date="日期太久了，请核对年份")
    return {"bought_on": day}


def _track(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    chosen = sent.get("track", "")
    if chosen not in {*Track, BOTH}:
        raise _wrong(track="请选一项；拿不准就选“都要”")
    return {
        "track": Track.TIPOFF if chosen == Track.TIPOFF.value else Track.COMPLAINT,
        "also_tipoff": True if chosen == BOTH else None,
    }


def _contact(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    name, address = sent.get("contact_name", "").strip(), sent.get("contact_address", "").strip()
    phone = narrow(sent.get("contact_phone", "")).replace(" ", "")
    wrong = {}
    if len(name) < 2:
        wrong["contact_name"] = "请填写身份证上的姓名"
    if not PHONE.fullmatch(phone):
        wrong["contact_phone"] = "电话号码的位数不对，请核对" if phone else "请填写能联系到您的电话"
    if len(address) < 4:
        wrong["contact_address"] = "请填写能收到信的地址，写到门牌或小区"
    if wrong:
        raise _wrong(**wrong)
    return {"contact_name": name[:32], "contact_phone": phone, "contact_address": address[:200]}


def _demand(sent: Sent, _facts: DraftFacts, _today: date) -> Changes:
    demand = sent.get("other", "").strip() or sent.get("demand", "").strip()
    if not demand:
        raise _wrong(demand="请选一项，或用自己的话写")
    return {"demand": demand[:100]}


def where(sent: Sent) -> Changes:
    """Read a shop told in one's own words: its name or stall, and where it lies."""
    name, place = sent.get("merchant_name", "").strip(), sent.get("place", "").strip()
    region = sent.get("region_code", "")
    wrong = {}
    if not name:
        wrong["merchant_name"] = "请写店名、摊位号，或“进门第三个摊”这样的话"
    if not place and not region:
        wrong["place"] = "请写在哪个市场、哪条路，或选区县，这样才知道由哪个单位管"
    if wrong:
        raise _wrong(**wrong)
    code = region if re.fullmatch(r"\d{6}", region) else None
    return {
        "merchant_name": name[:64],
        "merchant_id": None,
        "place": place[:120] or None,
        "region_code": code,
    }


def amount(text: str, unit: str) -> tuple[int | None, int | None]:
    """Read an amount as (milligrams, millilitres): a number in `unit`, or words with units of their own (3斤2两, 20升).

    Raises:
        InvalidInput: neither, or nothing that can be weighed.
    """
    said = narrow(text).replace(",", "").replace("。", ".").strip()
    if _NUMBER.fullmatch(said):
        mass = Mass(Decimal(said) * UNITS_G.get(unit, UNITS_G["斤"]))
        return round(mass.grams * _MG), None
    try:
        return round(Mass.parse(text).grams * _MG), None
    except InvalidInput:
        pass
    try:
        return None, round(Volume.parse(text).millilitres)
    except InvalidInput as error:
        raise InvalidInput("请填数字再选单位，或直接写“2斤4两”“20升”") from error


def _amount(sent: Sent, name: str) -> tuple[int | None, int | None]:
    text = sent.get(name, "").strip()
    if not text:
        raise _wrong(**{name: "请填分量，例如 2.4；没有就点“跳过”"})
    try:
        mg, ml = amount(text, sent.get(f"{name}_unit", ""))
    except InvalidInput as error:
        raise _wrong(**{name: error.text}) from error
    if not mg and not ml:
        raise _wrong(**{name: "分量要大于 0，请核对"})
    return mg, ml


def _per_kg(text: str, per: str) -> int:
    yuan = _money(text, "unit_price").yuan
    price = UnitPrice.per_jin(yuan) if per != "公斤" else UnitPrice(yuan)
    return round(price.yuan_per_kg * _CENTS)


def _money(text: str, name: str) -> Money:
    try:
        money = Money.parse(narrow(text))
    except InvalidInput as error:
        raise _wrong(**{name: "请填钱数，例如 68 或 42.5"}) from error
    if not money.cents:
        raise _wrong(**{name: "钱数要大于 0，请核对"})
    return money


def _wrong(**sentences: str) -> InvalidInput:
    return InvalidInput("；".join(sentences.values()), fields=sentences)


_READERS: dict[Screen, Callable[[Sent, DraftFacts, date], Changes]] = {
    Screen.GOODS: _goods,
    Screen.PAID: _paid,
    Screen.AGAIN: _again,
    Screen.PRICE: _price,
    Screen.WHEN: _when,
    Screen.TRACK: _track,
    Screen.CONTACT: _contact,
    Screen.DEMAND: _demand,
}


def _goods_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    return {"product": facts.product or "", "channel": facts.channel.value if facts.channel else "shop"}


def _paid_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    return _amount_fields("claimed", facts.claimed_mg, facts.claimed_ml)


def _again_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    written = _amount_fields("measured", facts.measured_mg, facts.measured_ml)
    return written | {"method": facts.method or ""}


def _price_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    per_kg, paid = facts.unit_price_cents_per_kg, facts.paid_cents
    return {
        "unit_price": plain(Decimal(per_kg) / _CENTS / _JIN_PER_KG) if per_kg is not None else "",
        "unit_price_per": "斤",
        "paid": plain(Decimal(paid) / _CENTS) if paid is not None else "",
    }


def _when_fields(facts: DraftFacts, today: date) -> dict[str, str]:
    if facts.bought_on is None:
        return {}
    near = today - facts.bought_on <= timedelta(days=2)
    told = facts.bought_on.isoformat()
    return {"day": told} if near else {"day": "other", "date": told}


def _track_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    return {"track": BOTH if facts.also_tipoff else facts.track.value}


def _contact_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    names = ("contact_name", "contact_phone", "contact_address")
    return {name: getattr(facts, name) or "" for name in names}


def _demand_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    told = facts.demand or ""
    return {"demand": told} if told in DEMANDS else {"other": told}


def _amount_fields(name: str, mg: int | None, ml: int | None) -> dict[str, str]:
    """Write an amount in 斤 where two decimals hold it, else in grams; litres as words."""
    if ml is not None:
        return {name: Volume(Decimal(ml)).text()}
    if mg is None:
        return {}
    grams = Decimal(mg) / _MG
    jin = grams / UNITS_G["斤"]
    if jin == jin.quantize(Decimal("0.01")):
        return {name: plain(jin), f"{name}_unit": "斤"}
    return {name: plain(grams), f"{name}_unit": "克"}


def _where_fields(facts: DraftFacts, _today: date) -> dict[str, str]:
    return {
        "merchant_name": facts.merchant_name or "",
        "place": facts.place or "",
        "region_code": facts.region_code or "",
    }


_WRITERS: dict[Screen, Callable[[DraftFacts, date], dict[str, str]]] = {
    Screen.WHERE: _where_fields,
    Screen.GOODS: _goods_fields,
    Screen.PAID: _paid_fields,
    Screen.AGAIN: _again_fields,
    Screen.PRICE: _price_fields,
    Screen.WHEN: _when_fields,
    Screen.TRACK: _track_fields,
    Screen.CONTACT: _contact_fields,
    Screen.DEMAND: _demand_fields,
}

FORMS = frozenset(screen.value for screen in _READERS)
