"""Greetings, thanks, abuse, and what we can do: short and kind."""

from bot.intents import lexicon
from bot.messages import Chip, Link, Reply
from bot.turns import Kind, Turn
from knowledge.rules.terms import load_terms

START = (
    Chip("问一问：电子秤多久检一次", "电子秤多久检一次"),
    Chip("我要投诉", "我要投诉"),
    Chip("我的投诉", "我的投诉"),
)

REPORT_OR_PERSON = (Chip("我要投诉", "我要投诉"), Chip("人工", "人工"))
SORRY = "让您着急了，抱歉。您说说遇到了什么事，我尽量帮上忙；想找人处理，回复“人工”。"
WELCOME = (
    "您好，这里是山东计量服务。您可以：\n"
    "· 直接问，例如“加油机多久检一次”\n"
    "· 算一算，例如“3斤虾回家只有2斤4两，68一斤”\n"
    "· 查店查秤，例如“老王海鲜怎么样”，或发证书编号\n"
    "· 反映缺斤少两，说“我要投诉”"
)


ABUSE_AT_MOST = 18


def answer(key: str, *, public_url: str) -> Turn | None:
    """Answer a whole message that is no question; None when it is something else. `key` is `core.text.key(text)`."""
    if key in lexicon.HELP or lexicon.WHAT_FOR.fullmatch(key):
        return _turn(WELCOME, chips=START, links=(Link("打开手机服务", f"{public_url}/h5/"),))
    if lexicon.GREETING.fullmatch(key):
        return _turn(WELCOME, chips=START)
    if lexicon.THANKS.fullmatch(key):
        return _turn("不客气。还有计量方面的事，随时发给我。")
    if lexicon.BYE.fullmatch(key):
        return _turn("好的。有事随时找我。")
    if lexicon.PRAISE.fullmatch(key):
        return _turn("谢谢您。还有想问的，随时发给我。")
    if lexicon.WHO.fullmatch(key):
        return _turn(
            "我是山东计量服务的自动应答，不是真人。需要人办理的事，回复“人工”看怎么联系。",
            chips=(Chip("人工", "人工"),),
        )
    if lexicon.ARITHMETIC.fullmatch(key):
        return _turn("算术我不擅长，我只会算分量和价钱，比如“3斤虾回家只有2斤4两，68一斤”。")
    if _abuses(key):
        return _turn(SORRY, chips=REPORT_OR_PERSON)
    return None


def wordless(text: str) -> Turn:
    """Answer a message without words: a face, signs, nothing."""
    if lexicon.ANGRY.search(text):
        return _turn(SORRY, chips=REPORT_OR_PERSON)
    if lexicon.GLAD.search(text):
        return _turn("谢谢您。还有想问的，随时发给我。")
    if text.strip():
        return _turn("您想问什么？打几个字告诉我，比如“电子秤多久检一次”。", chips=START)
    return _turn(WELCOME, chips=START)


def _abuses(key: str) -> bool:
    """Tell whether a message only scolds; what says anything of our subjects is a question, however it is put."""
    short = len(key) <= ABUSE_AT_MOST and lexicon.ABUSE.search(key) is not None
    return short and not load_terms().hold(key) and not any(character.isdigit() for character in key)


def useful(key: str) -> Turn | None:
    """Take a 有用 or 没用 about the last answer."""
    if key == "有用":
        return _turn("谢谢，记下了。")
    if key in {"没用", "没有用"}:
        return _turn(
            "抱歉没帮上忙，已记下来给编辑改进。您可以换个说法再问一次，或者：",
            chips=(Chip("人工", "人工"), Chip("我要投诉", "我要投诉")),
        )
    return None


def _turn(text: str, *, chips: tuple[Chip, ...] = (), links: tuple[Link, ...] = ()) -> Turn:
    return Turn(Kind.SMALLTALK, Reply(text, chips=chips, links=links), confidence=1.0)
