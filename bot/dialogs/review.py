"""The draft shown back: every slot by number, the sum, the competent office, what still stands in the way."""

from datetime import datetime

from bot.dialogs import calculate
from bot.messages import Chip, Reply
from complaints.rules import telling as said
from complaints.rules.clocks import Track
from complaints.rules.drafts import SLOT_NAMES, DraftFacts, Slot, obstacles
from complaints.services import reviewing
from complaints.services.reviewing import Review
from core.clock import local
from core.privacy import masked_phone
from core.work import Reading
from metrology.tolerances import Method

NOT_SAID = "没有填"
PRIVACY = (
    "先说明：您提供的内容只用于办理这件事，由有管辖权的市场监管部门查看；"
    "姓名电话加密保存，举报人的信息不会告诉被举报的商家。随时可以说“取消”。"
)


WARNINGS = 2
SEEN = {
    Track.COMPLAINT: "谁会看到：办案人员看全部；商家看投诉的事实和诉求，电话和地址要您同意才给；公众看不到。",
    Track.TIPOFF: "谁会看到：只有办案人员；商家不会知道是谁举报的。",
}


def show(reading: Reading, facts: DraftFacts, *, openid: str) -> Reply:
    """Return the draft for checking before it is sent: facts, sum, office, doubts, consents, who sees what."""
    found = reviewing.review(reading, openid=openid)
    lines = [f"请核对您的{said.wish(facts)}："]
    lines += [f"{number}. {SLOT_NAMES[slot]}：{value(facts, slot)}" for number, slot in enumerate(Slot, 1)]
    sum_ = calculate.assessment(facts, now=reading.now)
    if sum_ is not None:
        lines += ["", sum_.headline]
    chips: list[Chip] = []
    if found is not None:
        lines += ["", *_before_sending(found)]
        if found.related is not None and found.related.people and facts.me_too is None:
            chips += [Chip("我也是", "我也是"), Chip("不同的事", "不同的事")]
    wanting = obstacles(facts)
    if wanting:
        lines += ["", "提交前还要补上：", *(f"· {sentence}" for sentence in wanting.values())]
    lines += ["", "没问题说“提交”；要改哪一项，例如“改3”；不弄了说“取消”。"]
    if not wanting:
        chips.insert(0, Chip("提交", "提交"))
    if facts.track is Track.COMPLAINT and not facts.also_tipoff:
        chips += [Chip("同时举报", "同时举报"), Chip("改为举报", "改为举报")]
    return Reply("\n".join(lines), chips=(*chips, Chip("上一步", "上一步"), Chip("取消", "取消")))


def _before_sending(found: Review) -> list[str]:
    facts, desk = found.opened.facts, found.goes_to.desk
    lines = []
    if desk is not None:
        lines.append(f"将送到：{desk.name}（{desk.phone}）。取得 12315 平台编号前会写明“未转 12315”。")
    if found.related is not None and found.related.text and facts.me_too is None:
        lines.append(f"{found.related.text}，是同一件事就说“我也是”。")
    if found.related is not None and found.related.own:
        lines.append(f"您反映过同一家：{found.related.own[0]}。是同一件的话，不用再提交，直接补充材料就行。")
    lines += [f"可能不受理：{one.why}。怎么补：{one.cure}。" for one in found.warnings[:WARNINGS]]
    lines.append(SEEN[facts.track])
    if facts.track is Track.COMPLAINT:
        given = [name for name, on in (("公示", facts.may_publish), ("委托调解", facts.may_delegate)) if on]
        told = f"已同意{'、'.join(given)}" if given else "都没有选"
        lines.append(f"两项自愿的同意（{told}）：要选就说“同意公示”“同意委托”。")
    return lines


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
