"""The draft shown back: every slot by number, the sum, the competent office, what still stands in the way."""

from datetime import datetime

from accounts.queries import offices
from bot.dialogs import calculate
from bot.dialogs import facts as said
from bot.messages import Chip, Reply
from complaints.rules.drafts import SLOT_NAMES, DraftFacts, Slot, obstacles
from complaints.rules.lifecycle import TRACK_NAMES
from core.clock import local
from core.privacy import masked_phone
from core.work import Reading
from metrology.tolerances import Method

NOT_SAID = "没有填"


def show(reading: Reading, facts: DraftFacts) -> Reply:
    """Return the draft for checking before it is sent."""
    name = TRACK_NAMES[facts.track]
    lines = [f"请核对您的{name}："]
    lines += [f"{number}. {SLOT_NAMES[slot]}：{value(facts, slot)}" for number, slot in enumerate(Slot, 1)]
    sum_ = calculate.assessment(facts, now=reading.now)
    if sum_ is not None:
        lines += ["", sum_.headline]
    if facts.region_code:
        desk = offices.competent(reading, region_code=facts.region_code)
        if desk is not None:
            lines += [
                "",
                f"将送到：{desk.name}。投诉举报统一由全国 12315 平台办理，取得平台编号前会写明“未转 12315”。",
            ]
    wanting = obstacles(facts)
    if wanting:
        lines += ["", "提交前还要补上：", *(f"· {sentence}" for sentence in wanting.values())]
    lines += ["", "没问题说“提交”；要改哪一项，例如“改3”；不弄了说“取消”。"]
    chips = (*(() if wanting else (Chip("提交", "提交"),)), Chip("上一步", "上一步"), Chip("取消", "取消"))
    return Reply("\n".join(lines), chips=chips)


def value(facts: DraftFacts, slot: Slot) -> str:
    """Return a slot's content as the citizen reads it."""
    match slot:
        case Slot.MERCHANT:
            name = facts.merchant_name or NOT_SAID
            return f"{name}（{facts.place}）" if facts.place and facts.merchant_name else name
        case Slot.PRODUCT:
            return facts.product or NOT_SAID
        case Slot.CLAIMED:
            return said.amount(facts.claimed_mg, facts.claimed_ml) or NOT_SAID
        case Slot.MEASURED:
            return said.amount(facts.measured_mg, facts.measured_ml) or NOT_SAID
        case Slot.METHOD:
            return said.METHOD_NAMES[Method(facts.method)] if facts.method else NOT_SAID
        case Slot.PRICE:
            return said.price(facts) or NOT_SAID
        case Slot.BOUGHT_ON:
            return (
                f"{facts.bought_on:%Y年}{facts.bought_on.month}月{facts.bought_on.day}日"
                if facts.bought_on
                else NOT_SAID
            )
        case Slot.PHOTOS:
            return f"{facts.photos} 张" if facts.photos else "没有"
        case Slot.CONTACT:
            return _contact(facts)
        case Slot.DEMAND:
            return facts.demand or NOT_SAID


def understood(before: DraftFacts, after: DraftFacts) -> str:
    """Return what a message added, echoed for confirmation; nothing when it added nothing."""
    parts = [
        f"{SLOT_NAMES[slot]} {value(after, slot)}"
        for slot in Slot
        if slot is not Slot.PHOTOS and value(before, slot) != value(after, slot)
    ]
    return "记下了：" + "；".join(parts) + "。" if parts else ""


def _contact(facts: DraftFacts) -> str:
    if not facts.contact_name and not facts.contact_phone:
        return "不留（匿名）" if facts.track.value == "tipoff" else NOT_SAID
    phone = masked_phone(facts.contact_phone) if facts.contact_phone else "电话没有填"
    return f"{facts.contact_name or '姓名没有填'}，{phone}，{facts.contact_address or '地址没有填'}"


def began(at: datetime) -> str:
    """Return when a draft was begun, as people say it."""
    day = local(at)
    return f"{day.month}月{day.day}日"
