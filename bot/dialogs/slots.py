"""How each slot of a draft is asked, and how a short answer to it is read."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.intents import lexicon
from bot.messages import Chip
from complaints.rules import telling as said
from complaints.rules.drafts import PHONE, DraftFacts, Slot
from core.errors import InvalidInput
from core.text import key
from metrology.prices import Money, UnitPrice
from metrology.quantities import Mass, Volume
from metrology.tolerances import Method

SKIP = Chip("跳过", "跳过")

METHODS = (
    ("公平秤", Method.EQUAL_ACCURACY),
    ("家里的秤", Method.HOUSEHOLD),
    ("别的店的秤", Method.EQUAL_ACCURACY),
    ("原来的秤", Method.ORIGINAL_SCALE),
    ("没有复称", Method.UNKNOWN),
)
DEMANDS = ("补足分量", "退还差价", "退货退款", "赔偿损失", "只想让你们查一查")

QUESTIONS = {
    Slot.MERCHANT: "是哪一家？请发店名或摊位，例如“老王海鲜”；不知道店名，就说在哪个市场、什么位置。",
    Slot.PRODUCT: "买的是什么？例如“皮皮虾”“猪肉”“苹果”。",
    Slot.CLAIMED: "当时按多少分量付的钱？例如“3斤”“1.5公斤”。",
    Slot.MEASURED: "重新称是多少？例如“2斤4两”，或者说“少了二两”。没有重称就说“跳过”。",
    Slot.METHOD: "是用什么秤重新称的？",
    Slot.PRICE: "什么价？例如“68一斤”，或者一共付了多少“共204元”。",
    Slot.BOUGHT_ON: "哪天买的？例如“昨天”“上周六”“11月20日”。",
    Slot.PHOTOS: "有照片吗？秤的读数、检定标签、小票、付款截图都行，直接发过来。发完说“好了”，没有就说“没有”。",
    Slot.CONTACT: (
        "投诉要写真实的姓名、电话和通讯地址，办案人员要联系您。请一起发，例如：\n"
        "王秀英 13800001234 历下区文化东路1号\n"
        "不想留姓名，可以说“改为举报”：只查违法线索，不调解退赔，也收不到调解结果。"
    ),
    Slot.DEMAND: "您希望怎么解决？",
}

_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_OLD_NEW = re.compile(r"^不是(?P<old>.+?)[,，、\s]*(?:而是|应该是|是)(?P<new>.+)$")
_SHORT_OF = re.compile(r"(?:少|短|差|缺)了?(?P<mass>.+)")
_FILLER = re.compile(r"^(?:我叫|姓名|名字|叫|电话|手机|地址|住在|住|是)[:：]?")


def question(slot: Slot) -> tuple[str, tuple[Chip, ...]]:
    """Return a slot's question and what can be tapped to answer it."""
    match slot:
        case Slot.METHOD:
            return QUESTIONS[slot], tuple(Chip(name, name) for name, _ in METHODS)
        case Slot.DEMAND:
            return QUESTIONS[slot], tuple(Chip(demand, demand) for demand in DEMANDS)
        case Slot.PHOTOS:
            return QUESTIONS[slot], (Chip("没有照片", "没有"),)
        case Slot.CONTACT:
            return QUESTIONS[slot], (Chip("改为举报", "改为举报"),)
        case Slot.MERCHANT | Slot.PRODUCT:
            return QUESTIONS[slot], ()
        case _:
            return QUESTIONS[slot], (SKIP,)


def read(slot: Slot, text: str, facts: DraftFacts, *, now: datetime) -> DraftFacts | None:
    """Return the facts with a short answer to `slot` read into them, or None when it is no answer.

    Raises:
        InvalidInput: it is meant as an answer but something is wrong with it, said in its sentence.
    """
    return _READERS[slot](text.strip(), facts, now)


def correct(text: str, facts: DraftFacts, *, now: datetime) -> DraftFacts | None:
    """Return the facts after "不是3斤是2斤": the slot that held the old value gets the new one; None for other words."""
    found = _OLD_NEW.match(text.strip())
    if found is None:
        return None
    old, new = _mg(found["old"]), _mg(found["new"])
    if old is not None and new is not None:
        if facts.claimed_mg == old:
            return replace(facts, claimed_mg=new)
        if facts.measured_mg == old:
            return replace(facts, measured_mg=new)
    understood = said.drafted(found["new"], now=now)
    changes = {
        name: value
        for name in ("product", "bought_on", "unit_price_cents_per_kg", "method")
        if (value := getattr(understood, name)) is not None and getattr(facts, name) is not None
    }
    return replace(facts, **changes) if changes else None


def _product(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    found = said.drafted(text, now=now).product
    if found is None and (len(text) > 12 or lexicon.QUESTION.search(text) or re.search(r"\d", text)):
        return None
    return replace(facts, product=found or text)


def _claimed(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    mg, ml = _quantity(text)
    if mg is None and ml is None:
        return None
    return replace(facts, claimed_mg=mg, claimed_ml=ml)


def _measured(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    short = _SHORT_OF.search(text)
    if short is not None and facts.claimed_mg is not None and (missing := _mg(short["mass"])) is not None:
        if missing >= facts.claimed_mg:
            raise InvalidInput("少的分量比买的还多，请核对后再发。")
        return replace(facts, measured_mg=facts.claimed_mg - missing)
    mg, ml = _quantity(text)
    if mg is None and ml is None:
        return None
    return replace(facts, measured_mg=mg, measured_ml=ml)


def _method(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    place = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4}.get(key(text))
    if place is not None:
        return replace(facts, method=METHODS[place][1].value)
    named = next((method for name, method in METHODS if name in text), None)
    found = said.drafted(text, now=now).method
    if named is None and found is None:
        return None
    return replace(facts, method=named.value if named is not None else found)


def _price(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    if re.fullmatch(r"[\d.]+(?:元|块|块钱)?", text):
        raise InvalidInput(f"是{text}一斤、{text}一公斤，还是一共付了{text}？例如“68一斤”或“共204元”。")
    try:
        cents = round(UnitPrice.parse(text).yuan_per_kg * 100)
        return replace(facts, unit_price_cents_per_kg=cents)
    except InvalidInput:
        pass
    total = re.sub(r"^(?:一共|总共|共|合计|付了|花了|给了)+", "", text)
    try:
        return replace(facts, paid_cents=Money.parse(total).cents)
    except InvalidInput:
        return None


def _bought_on(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    found = said.drafted(text, now=now).bought_on
    return None if found is None else replace(facts, bought_on=found)


def _photos(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    if key(text) not in lexicon.DONE:
        return None
    skipped = facts.skipped if facts.photos or Slot.PHOTOS in facts.skipped else (*facts.skipped, Slot.PHOTOS)
    return replace(facts, skipped=skipped)


def _contact(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    phone = PHONE.search(text)
    rest = PHONE.sub(" ", text)
    words = [_FILLER.sub("", word) for word in re.split(r"[\s,，。;；、:：]+", rest) if _FILLER.sub("", word)]
    name = next((word for word in words if _NAME.fullmatch(word) and len(word) <= 4), facts.contact_name)
    others = [word for word in words if word != name]
    changed = replace(
        facts,
        contact_name=name,
        contact_phone=phone.group() if phone else facts.contact_phone,
        contact_address="".join(others) or facts.contact_address,
    )
    if changed == facts:
        return None
    lacking = [
        label
        for label, value in (
            ("姓名", changed.contact_name),
            ("电话", changed.contact_phone),
            ("通讯地址", changed.contact_address),
        )
        if not value
    ]
    if lacking and phone is None and facts.contact_phone is None and len(words) > 3:
        return None
    return changed


def lacking_contact(facts: DraftFacts) -> str:
    """Return what a half-told contact still lacks, or nothing."""
    parts = (("姓名", facts.contact_name), ("电话", facts.contact_phone), ("通讯地址", facts.contact_address))
    told = [label for label, value in parts if value]
    return "、".join(label for label, value in parts if not value) if told else ""


def _demand(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    place = {str(number): number - 1 for number in range(1, 6)}.get(key(text))
    if place is not None:
        return replace(facts, demand=DEMANDS[place])
    if text in DEMANDS or not lexicon.QUESTION.search(text):
        return replace(facts, demand=text[:100])
    return None


def _merchant(text: str, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    found = said.drafted(text, now=now)
    if found.merchant_name is None and (len(text) > 30 or re.search(r"[?？]|吗$|怎么", text)):
        return None
    return replace(
        facts, merchant_name=found.merchant_name or text, place=found.place or facts.place, merchant_id=None
    )


def _quantity(text: str) -> tuple[int | None, int | None]:
    if re.fullmatch(r"[\d.]+", text):
        raise InvalidInput(f"“{text}”是几斤还是几公斤？请带上单位，例如“{text}斤”。")
    mg = _mg(text)
    if mg is not None:
        return mg, None
    try:
        return None, round(Volume.parse(text).millilitres)
    except InvalidInput:
        return None, None


def _mg(text: str) -> int | None:
    stripped = re.sub(r"^(?:是|有|只有|称了|买了|一共|大概|差不多|就|才)+|[。.!！了的]+$", "", text.strip())
    try:
        return round(Mass.parse(stripped).grams * 1000)
    except InvalidInput:
        return None


_READERS: dict[Slot, Callable[[str, DraftFacts, datetime], DraftFacts | None]] = {
    Slot.MERCHANT: _merchant,
    Slot.PRODUCT: _product,
    Slot.CLAIMED: _claimed,
    Slot.MEASURED: _measured,
    Slot.METHOD: _method,
    Slot.PRICE: _price,
    Slot.BOUGHT_ON: _bought_on,
    Slot.PHOTOS: _photos,
    Slot.CONTACT: _contact,
    Slot.DEMAND: _demand,
}
