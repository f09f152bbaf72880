"""Permission for our pages to use the platform's JavaScript: a ticket and a signature for exactly one address."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.wechat.client import WechatClient
from core.errors import NotPermitted
from core.ids import Ids


@dataclass(frozen=True, slots=True)
class PageConfig:
    """What a page hands to wx.config."""

    app_id: str
    timestamp: int
    nonce: str
    signature: str


def signature(*, ticket: str, nonce: str, timestamp: str, url: str) -> str:
    """Return the signature of one page's address without its fragment. Source: JS-SDK documentation, appendix 1."""
    address = url.split("#", 1)[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={address}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


async def page_config(
    client: WechatClient, *, url: str, public_url: str, now: datetime, ids: Ids
) -> PageConfig:
    """Return the permission for one of our own pages.

    Raises:
        NotPermitted: the address is not on our site; we sign for nobody else.
        PlatformFailed: the platform gives no ticket.
    """
    asked, ours = urlsplit(url), urlsplit(public_url)
    if (asked.scheme, asked.netloc) != (ours.scheme, ours.netloc):
        raise NotPermitted(url=url)
    answer = await client.get("/cgi-bin/ticket/getticket", type="jsapi")
    stamp, nonce = int(now.timestamp()), ids.token(12)
    signed = signature(ticket=str(answer["ticket"]), nonce=nonce, timestamp=str(stamp), url=url)
    return PageConfig(client.settings.app_id, stamp, nonce, signed)
