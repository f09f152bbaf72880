"""How is my case: by number, or all of mine."""

from bot.messages import Chip, Link, Reply
from bot.scene import Scene
from bot.turns import Kind, Turn
from complaints.queries import mine
from core.work import Reading

SHOWN = 5


def by_number(reading: Reading, *, openid: str, number: str, scene: Scene) -> Turn:
    """Tell where one case stands; somebody else's is not found."""
    found = mine.by_number(reading, openid=openid, number=number.upper())
    if found is None:
        text = f"没有查到编号 {number.upper()} 的投诉。请核对编号；只能查本人用这个微信提交的。"
        return Turn(Kind.LOOKUP, Reply(text, chips=(Chip("我的投诉", "我的投诉"),)), confidence=0.5)
    lines = [
        f"{found.number} · {found.track_name} · {found.status_name}",
        f"{found.merchant}，{found.product}",
    ]
    if found.latest:
        lines.append(found.latest)
    link = Link("看完整进展", f"{scene.public_url}/h5/cases/{found.number}")
    return Turn(Kind.LOOKUP, Reply("\n".join(lines), links=(link,)), confidence=1.0)


def all_mine(reading: Reading, *, openid: str, scene: Scene) -> Turn:
    """List a person's latest cases."""
    cases = mine.mine(reading, openid=openid)
    if not cases:
        return Turn(
            Kind.LOOKUP,
            Reply(
                "您还没有提交过投诉或举报。要反映问题，说“我要投诉”。", chips=(Chip("我要投诉", "我要投诉"),)
            ),
            confidence=1.0,
        )
    lines = [f"您提交过 {len(cases)} 件：" if len(cases) <= SHOWN else f"最近的 {SHOWN} 件："]
    lines += [f"· {case.number} {case.merchant} {case.product}：{case.status_name}" for case in cases[:SHOWN]]
    chips = tuple(Chip(case.number, case.number) for case in cases[:3])
    return Turn(
        Kind.LOOKUP,
        Reply("\n".join(lines), chips=chips, links=(Link("打开我的投诉", f"{scene.public_url}/h5/cases"),)),
        confidence=1.0,
    )
