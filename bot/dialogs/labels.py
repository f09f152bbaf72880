"""标签对 / 标签不对: the citizen's word on what was read from a photograph of a verification label."""

from bot.intents import lexicon
from bot.messages import Chip, Reply
from complaints.services import readings
from core.text import key
from core.work import Work

NONE_WAITS = "现在没有等您核对的标签。要反映问题，说“我要投诉”。"
RIGHT = "好的，已记下这台秤的编号，会和您的材料放在一起。"
DIFFERS = "标签和档案不一致的地方也记下了，办案人员会核实。"
WRONG = "好的，以您看到的为准，照片照样保留。标签上的编号可以直接打给我。"


def concerns(text: str) -> bool:
    """Tell whether a message is such a word."""
    return key(text) in lexicon.LABEL_RIGHT | lexicon.LABEL_WRONG


def answer(work: Work, text: str, *, openid: str) -> Reply:
    """Take the word for the label read last."""
    right = key(text) in lexicon.LABEL_RIGHT
    row = readings.confirm(work, openid=openid, right=right)
    if row is None:
        return Reply(NONE_WAITS, chips=(Chip("我要投诉", "我要投诉"),))
    if not right:
        return Reply(WRONG)
    odd = any(one["match"] == "differs" for one in row.compared or [])
    chips = (Chip("继续", "继续"),)
    return Reply(f"{RIGHT}\n{DIFFERS}" if odd else RIGHT, chips=chips)
