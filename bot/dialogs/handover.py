"""人工: who can be reached, when; honest while no person sits behind the chat."""

from bot.messages import Chip, Reply
from bot.turns import Kind, Turn


def answer(*, hotline: str) -> Turn:
    """Say how to reach a person."""
    text = (
        f"需要人工，请拨打 {hotline}（市场监管投诉举报热线），或 12345 政务服务便民热线，"
        "也可以到当地市场监管局办理，工作日上班时间有人接待。\n"
        "公众号里现在没有人值守，发来的文字由系统自动应答；提交的投诉会有办案人员处理，并在这里回复您。"
    )
    return Turn(Kind.SMALLTALK, Reply(text, chips=(Chip("我要投诉", "我要投诉"),)), confidence=1.0)
