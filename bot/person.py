"""What this room keeps of a citizen: the topic of the conversation and photographs not yet attached."""

from sqlalchemy import delete, func, select

from accounts.services.mydata import Erased, Part
from bot import memory
from bot.models import PendingMedia
from core.work import Reading, Work

TITLE = "聊天"


class Chat:
    """Keeps what the conversation remembers of a person."""

    def see(self, reading: Reading, *, openid: str) -> Part:
        """Return what a next message would build on, and how many photographs wait."""
        topic = memory.standing(reading, openid=openid).topic
        rows: list[dict[str, object]] = []
        if topic.at is not None:
            rows.append({"类型": "最近的话题", "上一个问题": topic.asked, "算过的数": dict(topic.facts)})
        if waiting := _waiting(reading, openid):
            rows.append({"类型": "还没有归到投诉里的照片", "张数": waiting})
        return Part("chat", TITLE, tuple(rows))

    def erase(self, work: Work, *, openid: str) -> Erased:
        """Forget the conversation and the photographs that wait for a report."""
        removed = _waiting(work, openid) + int(memory.standing(work, openid=openid).topic.at is not None)
        work.session.execute(delete(PendingMedia).where(PendingMedia.openid == openid))
        memory.forget(work, openid=openid)
        return Erased(TITLE, removed)


def _waiting(reading: Reading, openid: str) -> int:
    waiting = select(func.count()).select_from(PendingMedia).where(PendingMedia.openid == openid)
    return reading.session.scalar(waiting) or 0
