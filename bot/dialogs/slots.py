"""How each slot of a draft is asked, and how a short answer to it is read."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.intents import lexicon
from bot.messages import Chip
from complaints.rules import telling as said
from complaints.rules.drafts import PHONE, DraftFacts, Slot, filled, merge
from complaints.rules.understanding import Correction, correction
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
_SLOT_IS = re.compile(
    r"^(?P<slot>商户|店名|商品|买的分量|复称的分量|复称|单价|价格|价钱|日期|时间|电话|诉求)"
    r"(?:写|填|说|记)?(?:错了?|不对)?[,，、\s]*(?:应该|改成|改为|其实)?(?:是|成|为)?[:：\s]*(?P<new>.+)$"
)
_CORRECTS = re.compile(r"错|不对|是|改|[:：]")
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
    """Return the facts after 不是3斤是2斤, 价格错了是58一斤 or 改成昨天: the slot meant gets the new value; None for other words.

    Raises:
        InvalidInput: the slot is named but the new value cannot be read, said in its sentence.
    """
    told = text.strip()
    named_slot = _SLOT_IS.match(told)
    if named_slot is not None and _CORRECTS.search(told) and not lexicon.QUESTION.search(told):
        return read(_NAMED[named_slot["slot"]], named_slot["new"], facts, now=now)
    said_new = correction(told)
    if said_new is None:
        return None
    return _corrected(said_new, facts, now)


def _corrected(said_new: Correction, facts: DraftFacts, now: datetime) -> DraftFacts | None:
    new = _mg(said_new.new)
    if new is not None:
        name = _mass_meant(_mg(said_new.old or ""), facts)
        return replace(facts, **{name: new}) if name else None  # type: ignore[arg-type]  # one of two masses
    if said_new.old and said_new.old == facts.merchant_name:
        return replace(facts, merchant_name=said_new.new, merchant_id=None)
    understood = said.drafted(said_new.new, now=now)
    changes = {
        name: value
        for name in ("product", "bought_on", "unit_price_cents_per_kg", "paid_cents", "method")
        if (value := getattr(understood, name)) is not None and getattr(facts, name) is not None
    }
    return replace(facts, **changes) if changes else None


def _mass_meant(old: int | None, facts: DraftFacts) -> str | None:
    """Return which mass a new one replaces: the one that held the old value, else the only one there is."""
    held = {"claimed_mg": facts.claimed_mg, "measured_mg": facts.measured_mg}
    if old is not None:
        return next((name for name, mg in held.items() if mg == old), None)
    told = [name for name, mg in held.items() if mg is not None]
    return told[0] if len(told) == 1 else None


def beside(text: str, facts: DraftFacts, *, now: datetime) -> DraftFacts | None:
    """Return the facts with a short message read that answers another question than the open one; None for none.

    Raises:
        InvalidInput: a bare number that may be a price: a kilogram's, a 斤's or the whole sum's.
    """
    if lexicon.QUESTION.search(text):
        return None
    understood = said.drafted(text, now=now)
    if understood.claimed_mg is not None and understood.measured_mg is None and filled(facts, Slot.CLAIMED):
        understood = replace(understood, claimed_mg=None)
    told = merge(facts, understood)
    if told != facts:
        return told
    if (
        re.fullmatch(r"[\d.]+(?:元|块|块钱)?", text)
        and filled(facts, Slot.CLAIMED)
        and not filled(facts, Slot.PRICE)
    ):
        return read(Slot.PRICE, text, facts, now=now)
    return None


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


_NAMED = {
    "商户": Slot.MERCHANT, "店名": Slot.MERCHANT, "商品": Slot.PRODUCT, "分量": Slot.CLAIMED, "买的分量": Slot.CLAIMED,
    "复称": Slot.MEASURED, "复称的分量": Slot.MEASURED, "方法": Slot.METHOD, "价格": Slot.PRICE, "价钱": Slot.PRICE, "单价": Slot.PRICE,
    "日期": Slot.BOUGHT_ON, "时间": Slot.BOUGHT_ON, "照片": Slot.PHOTOS, "联系方式": Slot.CONTACT, "电话": Slot.CONTACT,
    "诉求": Slot.DEMAND,
}  # fmt: skip
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def named(text: str) -> Slot | None:
    """Return the slot that 改3 or 改商品 names, or None."""
    if found := lexicon.CHANGE_NAMED.match(text.strip()):
        return _NAMED[found.group(1)]
    if found := lexicon.CHANGE.match(text.strip()):
        word = found.group(1)
        number = int(word) if word.isdecimal() else _NUMERALS.get(word, 0)
        order = list(Slot)
        return order[number - 1] if 1 <= number <= len(order) else None
    return None
