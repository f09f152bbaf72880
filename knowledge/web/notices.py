"""What the console's home says about the answers: laws that end."""

from core.work import Reading
from knowledge.queries import notices
from portal.notices import Notice

LAWS = "/console/knowledge/laws"


def ending_laws(reading: Reading) -> list[Notice]:
    """Return a notice where published answers rest on laws that end or have ended."""
    number = notices.unsettled(reading)
    if not number:
        return []
    return [
        Notice(
            f"有 {number} 处词条引用的法规已失效、即将失效或被取代。",
            LAWS,
            "去看是哪些词条",
            "改好并发布后，提醒自动结束。",
        )
    ]
