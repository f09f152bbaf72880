"""What a citizen has told so far: one draft in chat and on the phone page, filled in any order."""

import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum

from complaints.rules.categories import Category, Channel
from complaints.rules.clocks import Track

PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


class Slot(StrEnum):
    """What is asked, in the order in which it is asked."""

    MERCHANT = "merchant"
    PRODUCT = "product"
    CLAIMED = "claimed"
    MEASURED = "measured"
    METHOD = "method"
    PRICE = "price"
    BOUGHT_ON = "bought_on"
    PHOTOS = "photos"
    CONTACT = "contact"
    DEMAND = "demand"


SLOT_NAMES = {
    Slot.MERCHANT: "商户",
    Slot.PRODUCT: "商品",
    Slot.CLAIMED: "买的分量",
    Slot.MEASURED: "复称的分量",
    Slot.METHOD: "怎么复称的",
    Slot.PRICE: "价格",
    Slot.BOUGHT_ON: "购买日期",
    Slot.PHOTOS: "照片",
    Slot.CONTACT: "联系方式",
    Slot.DEMAND: "您的诉求",
}

NEEDED = {
    Track.COMPLAINT: frozenset({Slot.MERCHANT, Slot.PRODUCT, Slot.CONTACT, Slot.DEMAND}),
    Track.TIPOFF: frozenset({Slot.MERCHANT, Slot.PRODUCT}),
}

_WANTED = {
    Slot.MERCHANT: "请填写商户名称或摊位",
    Slot.PRODUCT: "请填写买的是什么",
    Slot.CONTACT: "投诉需要真实的姓名、电话和通讯地址；不愿留下的，可以改为举报",
    Slot.DEMAND: "请说明希望怎样解决，例如补足分量、退还差价",
}


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """The facts of a draft; None is not said yet, `skipped` is asked and left open by the citizen.

    Masses in milligrams, volumes in millilitres, money in cents (unit price per kilogram); `photos` counts
    what is attached; `region_code` has six digits. `also_tipoff` asks for a tip-off beside the complaint;
    `me_too` is the answer to "others reported this too": the same matter, or another. `may_publish` and
    `may_delegate` are the two consents of the official form, given only where they are true.
    """

    track: Track = Track.COMPLAINT
    merchant_name: str | None = None
    merchant_id: int | None = None
    place: str | None = None
    region_code: str | None = None
    product: str | None = None
    claimed_mg: int | None = None
    measured_mg: int | None = None
    claimed_ml: int | None = None
    measured_ml: int | None = None
    method: str | None = None
    unit_price_cents_per_kg: int | None = None
    paid_cents: int | None = None
    bought_on: date | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_address: str | None = None
    demand: str | None = None
    story: str | None = None
    category: Category | None = None
    channel: Channel | None = None
    scale_number: str | None = None
    has_receipt: bool | None = None
    handled_elsewhere: bool | None = None
    for_business: bool | None = None
    also_tipoff: bool | None = None
    me_too: bool | None = None
    may_publish: bool | None = None
    may_delegate: bool | None = None
    photos: int = 0
    skipped: tuple[Slot, ...] = ()


def filled(facts: DraftFacts, slot: Slot) -> bool:
    """Tell whether a slot has been said."""
    match slot:
        case Slot.MERCHANT:
            return bool(facts.merchant_name) or facts.merchant_id is not None
        case Slot.CLAIMED:
            return facts.claimed_mg is not None or facts.claimed_ml is not None
        case Slot.MEASURED:
            return facts.measured_mg is not None or facts.measured_ml is not None
        case Slot.PRICE:
            return facts.unit_price_cents_per_kg is not None or facts.paid_cents is not None
        case Slot.PHOTOS:
            return facts.photos > 0
        case Slot.CONTACT:
            return bool(facts.contact_name and facts.contact_phone and facts.contact_address)
        case Slot.BOUGHT_ON:
            return facts.bought_on is not None
        case Slot.PRODUCT | Slot.METHOD | Slot.DEMAND:
            return bool(getattr(facts, slot.value))


def missing(facts: DraftFacts) -> list[Slot]:
    """Return the slots still to be asked, in order: neither said nor skipped, or skipped though the law needs them."""
    needed = NEEDED[facts.track]
    return [
        slot for slot in Slot if not filled(facts, slot) and (slot in needed or slot not in facts.skipped)
    ]


def obstacles(facts: DraftFacts) -> dict[str, str]:
    """Return what stands against filing, one sentence per slot.

    Source: 总局令第121号第10条 (complaint) and 第28条 (tip-off: no name needed).
    """
    needed = NEEDED[facts.track]
    wanted = {slot.value: _WANTED[slot] for slot in Slot if slot in needed and not filled(facts, slot)}
    if facts.contact_phone and not PHONE.fullmatch(facts.contact_phone):
        wanted[Slot.CONTACT.value] = "电话号码的位数不对，请核对"
    return wanted


def merge(facts: DraftFacts, understood: DraftFacts) -> DraftFacts:
    """Lay what was newly understood over what was known; what is not said now stays, `story` grows.

    A slot that is said is no longer skipped, and a new merchant name forgets the merchant chosen before.
    """
    changes = {
        field.name: value
        for field in fields(DraftFacts)
        if field.name not in {"track", "photos", "skipped", "story"}
        and (value := getattr(understood, field.name)) is not None
    }
    renamed = "merchant_name" in changes and changes["merchant_name"] != facts.merchant_name
    if renamed and "merchant_id" not in changes:
        changes["merchant_id"] = None
    story = "\n".join(part for part in (facts.story, understood.story) if part) or None
    merged = replace(facts, **changes, story=story)
    still = tuple(slot for slot in merged.skipped if not filled(merged, slot))
    return replace(merged, skipped=still)


def skip(facts: DraftFacts, slot: Slot) -> DraftFacts:
    """Leave a slot open; a citizen may always pass on, the law's own demands come back at the end."""
    if slot in facts.skipped or filled(facts, slot):
        return facts
    return replace(facts, skipped=(*facts.skipped, slot))


def without_person(facts: DraftFacts) -> DraftFacts:
    """Return the facts of an anonymous tip-off: nothing that says who tells, no demand of their own.

    Source: 总局令第121号第28、37条.
    """
    return replace(
        facts,
        track=Track.TIPOFF,
        contact_name=None,
        contact_phone=None,
        contact_address=None,
        demand=None,
        also_tipoff=None,
        may_publish=None,
        may_delegate=None,
    )


def changed(before: DraftFacts, after: DraftFacts) -> frozenset[str]:
    """Return the names of the facts that differ; the count of photographs is not one of them."""
    names = (field.name for field in fields(DraftFacts) if field.name != "photos")
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


def to_json(facts: DraftFacts) -> dict[str, object]:
    """Return the facts as plain JSON values; dates as ISO text."""
    plain = {key: value for key, value in asdict(facts).items() if value is not None}
    if facts.bought_on is not None:
        plain["bought_on"] = facts.bought_on.isoformat()
    return plain | {"track": facts.track.value, "skipped": [slot.value for slot in facts.skipped]}


def from_json(plain: dict[str, object]) -> DraftFacts:
    """Return the facts kept by `to_json`; a key of a later version is left out."""
    known = {field.name for field in fields(DraftFacts)}
    values = {key: value for key, value in plain.items() if key in known}
    if isinstance(day := values.get("bought_on"), str):
        values["bought_on"] = date.fromisoformat(day)
    skipped = values.get("skipped", [])
    values["skipped"] = tuple(Slot(str(item)) for item in skipped) if isinstance(skipped, list) else ()
    values["track"] = Track(str(values.get("track", Track.COMPLAINT.value)))
    if "category" in values:
        values["category"] = Category(str(values["category"]))
    if "channel" in values:
        values["channel"] = Channel(str(values["channel"]))
    return DraftFacts(**values)  # type: ignore[arg-type]  # keys are checked above, values are our own JSON
