"""催办, 撤回, 评价, 不满意: what a citizen does with a case of their own, said in chat."""

import re
from collections.abc import Callable

from bot.messages import Chip, Reply
from bot.scene import Scene
from complaints.queries import mine
from complaints.queries.mine import Mine
from complaints.rules.lifecycle import Status
from complaints.services import aftercare, citizens
from core.errors import Conflict
from core.text import normalise
from core.work import Work

_SAID = re.compile(
    r"^(?:我要|我想|请|帮我)?(?P<what>催办|催一下|催一催|催促|确认撤回|撤回|撤诉|不满意|评价|打分)"
    r"(?:一下|投诉|举报|这件)?\s*(?P<number>jl[0-9a-z]{12})?[\s,，:：]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SCORE = re.compile(r"([1-5一二三四五])\s*(?:分|星)?")
_SCORES = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_ASKS = re.compile(r"[?？吗呢么]|怎么|如何|多久|能不能|可以|咋")
LONGEST = 120
NONE = "没有可以办的件。说“我的投诉”看看现在有哪些。"


def concerns(text: str) -> bool:
    """Tell whether a message asks for one of these; a question about them is answered elsewhere."""
    said = normalise(text)
    return len(said) <= LONGEST and _SAID.match(said) is not None and not _ASKS.search(said)


def answer(work: Work, text: str, *, openid: str, scene: Scene) -> Reply:
    """Do what was asked to the case that is meant; ask which one where there are several."""
    found = _SAID.match(normalise(text))
    if found is None:
        return Reply(NONE)
    what, number, rest = found["what"], (found["number"] or "").upper(), found["rest"].strip()
    fits, act = _ACTS[what]
    cases = [one for one in mine.mine(work, openid=openid) if fits(one) and number in ("", one.number)]
    if not cases:
        return Reply(NONE, chips=(Chip("我的投诉", "我的投诉"),))
    if len(cases) > 1:
        chips = tuple(
            Chip(f"{one.merchant} {one.product}", f"{what} {one.number} {rest}".strip()) for one in cases[:3]
        )
        return Reply("是哪一件？", chips=chips)
    try:
        return act(work, openid, cases[0], rest, scene)
    except Conflict as error:
        return Reply(error.text)


def _open(one: Mine) -> bool:
    return one.is_open


def _ended(one: Mine) -> bool:
    return not one.is_open and one.status != Status.WITHDRAWN.value


def _urge(work: Work, openid: str, one: Mine, rest: str, scene: Scene) -> Reply:
    every = scene.reporting.urge_every_days
    aftercare.urge(work, openid=openid, number=one.number, text=rest, every=every)
    return Reply(f"已提醒承办单位尽快办理 {one.number}，对方能看到您催过。")


def _ask_withdrawal(work: Work, openid: str, one: Mine, rest: str, scene: Scene) -> Reply:
    text = f"要撤回 {one.number}（{one.merchant}，{one.product}）吗？撤回后不再办理，需要时可以重新提出。"
    return Reply(text, chips=(Chip("确认撤回", f"确认撤回 {one.number}"), Chip("不撤了", "我的投诉")))


def _withdraw(work: Work, openid: str, one: Mine, rest: str, scene: Scene) -> Reply:
    citizens.withdraw(work, openid=openid, number=one.number, reason=rest)
    return Reply(f"{one.number} 已撤回。材料按规定保存，不再继续办理。")


def _unsatisfied(work: Work, openid: str, one: Mine, rest: str, scene: Scene) -> Reply:
    if not rest:
        return Reply(f"请写明哪里没有解决，例如：不满意 {one.number} 少的钱没有退")
    within = scene.reporting.reopen_within_days
    aftercare.unsatisfied(work, openid=openid, number=one.number, reason=rest, within_days=within)
    return Reply("已转给科室负责人查看，由另外的人决定是否重新处理，结果会在这里告诉您。")


def _rate(work: Work, openid: str, one: Mine, rest: str, scene: Scene) -> Reply:
    found = _SCORE.search(rest)
    if found is None:
        chips = tuple(Chip(f"{score} 分", f"评价 {one.number} {score}分") for score in (5, 4, 3, 2, 1))
        return Reply(f"{one.number} 这次办得怎么样？", chips=chips)
    score = _SCORES.get(found.group(1)) or int(found.group(1))
    reason = rest[found.end() :].strip(" ,，。")
    aftercare.rate(work, openid=openid, number=one.number, score=score, reason=reason)
    return Reply(f"记下了：{score} 分。谢谢您。")


_Act = Callable[[Work, str, Mine, str, Scene], Reply]
_ACTS: dict[str, tuple[Callable[[Mine], bool], _Act]] = {
    "催办": (_open, _urge),
    "催一下": (_open, _urge),
    "催一催": (_open, _urge),
    "催促": (_open, _urge),
    "撤回": (_open, _ask_withdrawal),
    "撤诉": (_open, _ask_withdrawal),
    "确认撤回": (_open, _withdraw),
    "不满意": (_ended, _unsatisfied),
    "评价": (_ended, _rate),
    "打分": (_ended, _rate),
}
