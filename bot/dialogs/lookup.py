"""Look up a shop by its name, a scale by its certificate, in the chat."""

from bot.intents import lexicon
from bot.messages import Chip, Link, Reply
from bot.scene import Scene
from bot.turns import Kind, Topic, Turn
from core.clock import local_date
from core.work import Reading
from integrity.queries import instruments, merchants
from integrity.services.search import MerchantHit, Outcome

BARE_NAME = 95


def asked_name(text: str) -> str | None:
    """Return the name in a message that asks about a shop (老王海鲜怎么样, 查老王海鲜), or None."""
    for pattern in (lexicon.REPUTATION, lexicon.LOOK_UP):
        found = pattern.search(text.strip())
        if found:
            return found.group(1).strip(" ，,的") or None
    return None


def shop(reading: Reading, *, name: str, scene: Scene, asked: bool) -> Turn | None:
    """Answer about the shop meant by `name`.

    Where the message did not ask about a shop (`asked` is false), only a practically exact name counts.
    """
    found = scene.merchants.find(name, 3)
    if not asked:
        sure = [hit for hit in found.hits if hit.score >= BARE_NAME]
        return _profile(reading, sure[0], scene) if len(sure) == 1 else None
    match found.outcome:
        case Outcome.DIRECT:
            return _profile(reading, found.hits[0], scene)
        case Outcome.CHOOSE:
            return _choose(found.hits)
        case Outcome.NOT_FOUND:
            return None


def not_found(name: str, *, scene: Scene) -> Turn:
    """Say that no such shop is in the register, and what can still be done."""
    text = (
        f"没有查到“{name}”。可能登记的名字和招牌不一样，请发完整招牌名，或加上市场、区县再试。\n"
        "查不到不等于没登记，也不影响您投诉。"
    )
    links = (Link("打开查店页面", f"{scene.public_url}/h5/merchants"),)
    return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我要投诉", "我要投诉"),), links=links), confidence=0.5)


def certificate(reading: Reading, *, number: str, scene: Scene) -> Turn | None:
    """Answer about the certificate with this number, or None when it is not on file."""
    found = instruments.by_certificate(reading, number)
    if found is None:
        return None
    today = local_date(reading.now)
    valid = found.valid_until >= today if found.valid_until else False
    state = "在有效期内" if valid else "已过有效期，过期未检的秤不能再用于交易"
    until = f"有效期至 {found.valid_until:%Y年%-m月%-d日}" if found.valid_until else "没有登记有效期"
    text = (
        f"证书 {found.certificate_no}\n{found.instrument_name}，使用单位：{found.merchant_name}\n"
        f"{until}，{state}。\n请与秤上的标签、出厂编号（{found.serial}）核对，不一致可以反映。"
    )
    links = (Link("看详情", f"{scene.public_url}/h5/instruments?number={found.certificate_no}"),)
    return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我要投诉", "我要投诉"),), links=links), confidence=1.0)


def certificate_not_found(number: str, *, scene: Scene) -> Turn:
    """Say that the certificate is not on file."""
    text = (
        f"没有查到证书 {number}。请核对编号（一般印在检定证书或秤上的合格标签上）；"
        "确认无误仍查不到，可以拍下标签反映给我们核实。"
    )
    links = (Link("打开查秤页面", f"{scene.public_url}/h5/instruments"),)
    return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我要投诉", "我要投诉"),), links=links), confidence=0.5)


def _profile(reading: Reading, hit: MerchantHit, scene: Scene) -> Turn:
    found = merchants.profile(reading, hit.merchant_id)
    text = (
        f"{found.shown}（{found.place}）\n"
        f"在用计量器具 {found.total} 台，检定有效 {found.valid} 台。\n"
        f"诚信计量评级：{found.rating or '未评'}。"
    )
    if found.expired:
        text += f"\n有 {found.expired} 台已过检定有效期或没有检定记录，请以现场标签为准。"
    links = (Link("看这家店的详情", f"{scene.public_url}/h5/merchants/{hit.merchant_id}"),)
    return Turn(
        Kind.LOOKUP,
        Reply(text, chips=(Chip("投诉这家店", f"我要投诉{found.shown}"),), links=links),
        confidence=hit.score / 100,
    )


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
