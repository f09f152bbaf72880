"""From an opened message to what dialogs understand; whatever is odd about it ends in one error of ours."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bot.errors import BadCallback
from bot.messages import Inbound, InboundKind
from bot.wechat.envelope import Opened
from bot.wechat.reading import elements

ACCOUNT = "ToUserName"
LONGEST_OPENID = 64
LONGEST_TAIL = 60
QR_PREFIX = "qrscene_"
# The ids of chips that are about something of their own, above the numbers of the others.
ABOVE = 1_000_000
LONGEST_ID = 12

_KINDS = {kind.value: kind for kind in InboundKind if kind is not InboundKind.OTHER}
_TEXT_FIELDS = {InboundKind.TEXT: "Content", InboundKind.VOICE: "Recognition", InboundKind.LOCATION: "Label"}
_OWN = frozenset({"FromUserName", "MsgType", "Content", "MediaId", "Event", "EventKey", "Encrypt"})


def inbound(opened: Opened) -> Inbound:
    """Return the message or event of a callback.

    Raises:
        BadCallback: it is no message, or has no sender or type, or one of the fields we read occurs twice or nests.
    """
    fields = _fields(opened)
    openid, kind_name = _required(fields, "FromUserName"), _required(fields, "MsgType").lower()
    if len(openid) > LONGEST_OPENID:
        raise BadCallback(step="parse", reason="sender is too long")
    kind = _KINDS.get(kind_name, InboundKind.OTHER)
    event = _text(fields, "Event").lower()
    if kind is InboundKind.EVENT and not event:
        raise BadCallback(step="parse", reason="event without a name")
    return Inbound(
        key=f"{openid}:{_tail(fields, event, opened.message)}",
        openid=openid,
        kind=kind,
        text=_text(fields, _TEXT_FIELDS.get(kind, "Content")),
        event=event,
        event_key=_text(fields, "EventKey").removeprefix(QR_PREFIX if event == "subscribe" else ""),
        media_id=_text(fields, "MediaId"),
        latitude=_text(fields, "Location_X"),
        longitude=_text(fields, "Location_Y"),
        about=_about(_text(fields, "bizmsgmenuid")),
        facts={name: str(value) for name, value in fields.items() if _is_fact(name, value)},
    )


def _fields(opened: Opened) -> Mapping[str, Any]:
    try:
        fields = json.loads(opened.message) if opened.is_json else elements(opened.message)
    except (ValueError, RecursionError) as error:
        raise BadCallback(step="parse", reason=type(error).__name__) from error
    if not isinstance(fields, dict):
        raise BadCallback(step="parse", reason="not an object")
    return fields


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadCallback(step="parse", reason="field is not text", field=name)
    return str(value)


def _required(fields: Mapping[str, Any], name: str) -> str:
    value = _text(fields, name)
    if not value:
        raise BadCallback(step="parse", reason="missing", field=name)
    return value


def _tail(fields: Mapping[str, Any], event: str, message: bytes) -> str:
    """Return what tells this message from the sender's others; retries repeat it.

    Messages have a MsgId; events are told apart by their moment and name (and MsgID, for delivery reports).
    Source: service account documentation, receiving messages: de-duplication.
    """
    number = _text(fields, "MsgId")
    if number and number != "0":
        tail = number
    elif moment := _text(fields, "CreateTime"):
        tail = ":".join((moment, event, _text(fields, "EventKey"), _text(fields, "MsgID")))
        if not event:
            tail += hashlib.sha256(message).hexdigest()[:16]
    else:
        tail = hashlib.sha256(message).hexdigest()[:40]
    return tail if len(tail) <= LONGEST_TAIL else hashlib.sha256(tail.encode()).hexdigest()[:40]


def _about(tapped: str) -> int:
    """Return what a tapped chip is about, 0 for an ordinary one and for what is no id of ours."""
    if not (tapped.isascii() and tapped.isdigit()) or len(tapped) > LONGEST_ID:
        return 0
    return max(int(tapped) - ABOVE, 0)


def _is_fact(name: str, value: object) -> bool:
    return name not in _OWN and isinstance(value, str | int)
