"""Look up a shop by its name, a scale by its certificate, in the chat."""

from datetime import date

from bot.intents import lexicon
from bot.messages import Chip, Link, Reply
from bot.scene import Scene
from bot.turns import Kind, Topic, Turn
from core.clock import local_date
from core.work import Reading
from integrity.queries import instruments, merchants
from integrity.queries.merchants import Profile
from integrity.services import lookups
from integrity.services.lookups import Answer, MerchantAnswer
from integrity.services.search import NOBODY, Found, MerchantHit, Outcome

BARE_NAME = 95
SHOWN = 12


def asked_name(text: str) -> str | None:
    """Return the name in a message that asks about a shop (老王海鲜怎么样, 查老王海鲜), or None."""
    for pattern in (lexicon.REPUTATION, lexicon.LOOK_UP):
        found = pattern.search(text.strip())
        if found:
            return found.group(1).strip(" ，,的") or None
    return None


def meant(name: str, *, scene: Scene, asked: bool) -> Found:
    """Return which shops `name` may mean, from memory.

    Where the message did not ask about a shop (`asked` is false), only a practically exact name counts.
    """
    found = scene.merchants.find(name, 3)
    if asked:
        return found
    sure = tuple(hit for hit in found.hits if hit.score >= BARE_NAME)
    return Found(Outcome.DIRECT, sure) if len(sure) == 1 else NOBODY


def _not_found(name: str, *, scene: Scene) -> Turn:
    """Say that no such shop is in the register, and what can still be done."""
    text = (
        f"没有查到“{name}”。可能登记的名字和招牌不一样，请发完整招牌名，或加上市场、区县再试。\n"
        "查不到不等于没登记，也不影响您投诉。"
    )
    links = (Link("打开查店页面", f"{scene.public_url}/h5/merchants"),)
    return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我要投诉", "我要投诉"),), links=links), confidence=0.5)


def certificate(reading: Reading, *, number: str, scene: Scene) -> Turn:
    """Answer about the certificate with this number."""
    answer = lookups.certificate_answer(reading, number)
    found = answer.found
    if found is None:
        return _certificate_not_found(number, scene=scene)
    text = (
        f"证书 {found.certificate_no}\n{found.instrument_name}，使用单位：{found.merchant_name}\n"
        f"{_standing(answer.answer, found.valid_until)}\n"
        f"请与秤上的标签、出厂编号（{found.serial}）核对，不一致可以反映。"
    )
    links = (Link("看详情", f"{scene.public_url}/h5/instruments?number={found.certificate_no}"),)
    return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我要投诉", "我要投诉"),), links=links), confidence=1.0)


def _standing(answer: Answer, end: date | None) -> str:
    until = f"有效期至 {end.year}年{end.month}月{end.day}日" if end else "只做首次检定，没有有效期"
    match answer:
        case Answer.FAILED:
            return "这次检定结论为不合格，不能再用于交易。"
        case Answer.REPLACED:
            return "这台器具之后又检定过，请以最新的证书为准。"
        case Answer.NOT_IN_USE:
            return "这台器具已登记停用，还在用的话可以反映。"
        case Answer.EXPIRED:
            return f"{until}，已经过期，过期未检不能再用于交易。"
        case _:
            return f"{until}，在有效期内。" if end else f"{until}。"


def _certificate_not_found(number: str, *, scene: Scene) -> Turn:
    """Say that the certificate is not on file."""
    text = (
        f"没有查到证书 {number}。请核对编号（一般印在检定证书或秤上的合格标签上）；"
        "确认无误仍查不到，可以拍下标签反映给我们核实。"
    )
    links = (Link("打开查秤页面", f"{scene.public_url}/h5/instruments"),)
    return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我要投诉", "我要投诉"),), links=links), confidence=0.5)


def shop(answer: MerchantAnswer, name: str, *, scene: Scene) -> Turn:
    """Tell what a name came to: the shop, some to choose from, or that there is none."""
    if answer.profile is not None:
        return _profile(answer.profile, answer.found.hits[0].score, scene)
    if answer.found.outcome is Outcome.CHOOSE:
        return _choose(answer.found.hits)
    return _not_found(name, scene=scene)


def _profile(found: Profile, score: int, scene: Scene) -> Turn:
    lines = [
        f"{found.shown}（{found.place}）",
        f"登记的在用计量器具 {found.total} 台，检定有效 {found.valid} 台。",
        "诚信计量评级：还没有评。",
    ]
    if found.expired:
        lines.append(f"有 {found.expired} 台没有查到有效的检定记录，请以现场标签为准。")
    links = (Link("看这家店的详情", f"{scene.public_url}/h5/merchants/{found.id}"),)
    chip = Chip("投诉这家店", f"我要投诉{found.shown}")
    return Turn(Kind.LOOKUP, Reply("\n".join(lines), chips=(chip,), links=links), confidence=score / 100)


def my_devices(reading: Reading, *, openid: str, scene: Scene) -> Turn:
    """List the instruments of the merchants bound to a follower, those that end first before the others."""
    found = [
        device
        for merchant_id in merchants.bound(reading, openid=openid)
        for device in instruments.of_merchant(reading, merchant_id)
    ]
    if not found:
        text = "您的微信还没有和商户绑定，查不到器具。请带营业执照到当地市场监管所办理绑定，或直接查店。"
        return Turn(
            Kind.LOOKUP,
            Reply(text, links=(Link("查一家店", f"{scene.public_url}/h5/merchants"),)),
            confidence=1.0,
        )
    today = local_date(reading.now)
    lines = [f"{found[0].merchant_name} 的计量器具（{len(found)} 台）："]
    lines += [
        f"· {one.name} {one.serial}：{_left(one.valid_until, today)}"
        for one in sorted(found, key=instruments.urgency)[:SHOWN]
    ]
    lines.append("到期前 30 天、7 天和当天会在这里提醒您。约检：e-CQS 强检平台，强制检定不收费。")
    link = Link("看全部器具", f"{scene.public_url}/h5/merchant")
    return Turn(Kind.LOOKUP, Reply("\n".join(lines), links=(link,)), confidence=1.0)


def _left(end: date | None, today: date) -> str:
    if end is None:
        return "没有有效的检定记录，请尽快申请检定"
    days = (end - today).days
    day = f"{end.year}年{end.month}月{end.day}日"
    if days < 0:
        return f"{day}已到期，超期 {-days} 天，请停用并申请检定"
    return f"有效期至 {day}，" + ("今天到期" if days == 0 else f"还有 {days} 天")


def _choose(hits: tuple[MerchantHit, ...]) -> Turn:
    names = tuple(f"{hit.name}怎么样" for hit in hits)
    chips = tuple(
        Chip(f"{n}. {hit.shown}（{hit.place}）", say)
        for n, (hit, say) in enumerate(zip(hits, names, strict=True), 1)
    )
    return Turn(
        Kind.LOOKUP,
        Reply("您问的是哪一家（点一下，或回复数字）：", chips=chips),
        confidence=hits[0].score / 100,
        candidates=tuple(hit.name for hit in hits),
        topic=Topic(choices=names),
    )
