"""Renders replies as the platform wants them, whatever a citizen's words contain."""

import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from bot.messages import Chip, Inbound, Link, Reply
from bot.wechat.parsing import ABOVE, ACCOUNT

# 2,048 bytes have been seen to pass and more to fail; the documentation is silent.
LARGEST_TEXT = 2000
_ELLIPSIS = "…"
# XML 1.0 knows no other control characters, and no lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render(reply: Reply, inbound: Inbound, now: datetime) -> str:
    """Return `reply` as the XML of a text message to the sender of `inbound`."""
    return (
        f"<xml><ToUserName>{_cdata(inbound.openid)}</ToUserName>"
        f"<FromUserName>{_cdata(inbound.facts.get(ACCOUNT, ''))}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{_content(reply)}</Content></xml>"
    )


@lru_cache(maxsize=1024)
def _content(reply: Reply) -> str:
    return _cdata(as_text(reply))


def as_text(reply: Reply) -> str:
    """Return the words with chips and links as lines to tap, within what one message may hold.

    What can be tapped is kept whole; the words before it are cut on a character.
    """
    taps = [_chip(number, chip) for number, chip in enumerate(reply.chips, start=1)]
    taps += [_link(link) for link in reply.links]
    tail = ""
    for tap in taps:
        longer = f"{tail}\n{tap}"
        if len(longer.encode()) <= LARGEST_TEXT // 2:
            tail = longer
    room = LARGEST_TEXT - len(tail.encode()) - (1 if tail else 0)
    words = cut(_cleaned(reply.text).strip(), room)
    return f"{words}\n{tail}".strip() if tail else words


def cut(text: str, largest: int) -> str:
    """Return `text` within `largest` bytes of UTF-8, never inside a character, an ellipsis where it was cut."""
    encoded = text.encode()
    if len(encoded) <= largest:
        return text
    room = max(largest - len(_ELLIPSIS.encode()), 0)
    return encoded[:room].decode(errors="ignore").rstrip() + _ELLIPSIS


def _chip(number: int, chip: Chip) -> str:
    """Return a link to tap; the platform sends its id back with the text.

    Source: menu messages of the customer-service interface; the same links work inside plain text.
    """
    number = ABOVE + chip.about if chip.about else number
    said = quote(_cleaned(chip.say), safe="")
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={said}&msgmenuid={number}">{_label(chip.label)}</a>'


def _link(link: Link) -> str:
    return f'<a href="{link.url.replace(chr(34), "%22")}">{_label(link.label)}</a>'


def _label(text: str) -> str:
    return _cleaned(text).replace("<", "〈").replace(">", "〉").strip()


def _cleaned(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _cdata(text: str) -> str:
    """Return a CDATA section that nothing in `text` can end."""
    return "<![CDATA[" + _cleaned(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"
