"""Photographs from the platform, before it forgets them after three days."""

from bot.errors import BadMedia
from bot.wechat.client import WechatClient

ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89PNG": b"IEND\xaeB`\x82"}


async def download(client: WechatClient, media_id: str, *, limit: int) -> bytes:
    """Return the bytes behind a media id.

    Raises:
        BadMedia: what came is cut off.
        PlatformFailed: the platform does not know the id (any more).
        UncertainOutcome: it did not answer; try again.
    """
    data, _kind = await client.bytes_of("/cgi-bin/media/get", limit=limit, media_id=media_id)
    for begins, ends in ENDS.items():
        if data.startswith(begins) and ends not in data[-64:]:
            raise BadMedia(media_bytes=len(data))
    return data
