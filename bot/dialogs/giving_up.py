"""取消 and 恢复: much that is filled in is not thrown away at one word, and comes back for ten minutes."""

from datetime import timedelta

from bot import memory
from bot.intents import lexicon
from bot.memory import Standing
from bot.messages import Chip, Reply
from bot.turns import Topic
from complaints.rules import drafts
from complaints.rules.drafts import DraftFacts, Slot
from complaints.services import drafting
from core.text import key
from core.work import Work

MUCH = 3
UNDONE_FOR = timedelta(minutes=10)
SURE = "确定取消"
BACK_AGAIN = "恢复"
GOES_ON = "继续"
TOO_LATE = Reply(
    "取消已过 10 分钟，找不回来了。要重新说，请发“我要投诉”。", chips=(Chip("我要投诉", "我要投诉"),)
)

_PERSONAL = ("contact_name", "contact_phone", "contact_address", "story")


def wants_back(text: str, topic: Topic) -> bool:
    """Tell whether somebody takes a cancelling back."""
    return bool(topic.facts) and key(text) in lexicon.UNDO


def cancel(work: Work, *, openid: str, facts: DraftFacts, standing: Standing) -> tuple[Reply, Topic]:
    """Throw a draft away; ask once where much is filled in. What says who it is about does not come back."""
    told = sum(drafts.filled(facts, slot) for slot in Slot)
    if told >= MUCH and SURE not in standing.topic.choices:
        text = f"您已经填了 {told} 项，要取消吗？不取消就说“继续”，也可以先放着，什么时候都能接着填。"
        return Reply(text, chips=(Chip(SURE, SURE), Chip(GOES_ON, GOES_ON))), Topic(choices=(SURE, GOES_ON))
    drafting.cancel(work, openid=openid)
    memory.set_filling(work, openid=openid, filling=False)
    kept = {name: value for name, value in drafts.to_json(facts).items() if name not in _PERSONAL}
    text = (
        "已取消，填过的内容都删了。10 分钟内说“恢复”可以找回（姓名、电话、照片除外）；需要时再说“我要投诉”。"
    )
    return Reply(text, chips=(Chip(BACK_AGAIN, BACK_AGAIN),)), Topic(facts=kept | {"photos": 0})


def brought_back(work: Work, topic: Topic) -> DraftFacts | None:
    """Return what was thrown away in the last ten minutes, or None."""
    if topic.at is None or work.now - topic.at > UNDONE_FOR:
        return None
    return drafts.from_json(dict(topic.facts))
