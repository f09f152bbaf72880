"""From the bytes of a callback to a message that is certainly the platform's, and a reply back under its seal."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import BadCallback
from bot.settings import Mode, WechatSettings
from bot.wechat.reading import NOT_TEXT, elements, is_message
from bot.wechat.sealing import Seal, is_signed, seals, signature
from core.ids import Ids, SystemIds

__all__ = ["BadCallback", "Opened", "open_callback", "verify"]

ENCRYPTED = "aes"
_IDS = SystemIds()
_NONCE = re.compile(r"[\w-]{1,64}", re.ASCII)
_STAMP = re.compile(r"\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Opened:
    """A callback that passed every check: its message as it was written, XML or JSON, and the way to answer."""

    message: bytes
    is_json: bool
    seal: Callable[[str], str]


def verify(query: Mapping[str, str], settings: WechatSettings, now: datetime) -> str:
    """Return the echo by which the address is proved to be ours.

    Raises:
        BadCallback: the query is not signed with our token, or not fresh.
    """
    _check_signature(query, settings, now)
    echo = query.get("echostr", "")
    if not _NONCE.fullmatch(echo):
        raise BadCallback(step="verify", reason="no echo")
    return echo


def open_callback(
    query: Mapping[str, str], body: bytes, settings: WechatSettings, now: datetime, ids: Ids = _IDS
) -> Opened:
    """Check size, signature and freshness, then open the envelope that the mode demands.

    Raises:
        BadCallback: whatever is wrong; nothing else leaves this function.
    """
    if len(body) > settings.max_body_bytes:
        raise BadCallback(step="size", reason="too large")
    _check_signature(query, settings, now)
    is_json = body.lstrip()[:1] == b"{"
    sealed = query.get("encrypt_type", "") == ENCRYPTED
    if settings.mode is Mode.PLAIN or (settings.mode is Mode.COMPAT and not sealed):
        return Opened(_checked(body, is_json), is_json, _plain)
    if not sealed:
        raise BadCallback(step="envelope", reason="not sealed")
    text = _encrypted(_read_json(body) if is_json else _read_xml(body))
    nonce, stamp = query["nonce"], query["timestamp"]
    token = settings.token.get_secret_value()
    if not is_signed(query.get("msg_signature", ""), token, stamp, nonce, text):
        raise BadCallback(step="msg_signature", reason="wrong")
    message, seal = _unsealed(text, settings)
    inner_json = message.lstrip()[:1] == b"{"
    return Opened(_checked(message, inner_json), inner_json, _sealer(seal, token, nonce, now, ids))


def _check_signature(query: Mapping[str, str], settings: WechatSettings, now: datetime) -> None:
    token = settings.token.get_secret_value()
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not token:
        raise BadCallback(step="signature", reason="no token is configured")
    if not _STAMP.fullmatch(stamp) or not _NONCE.fullmatch(nonce):
        raise BadCallback(step="signature", reason="timestamp or nonce is malformed")
    if not is_signed(query.get("signature", ""), token, stamp, nonce):
        raise BadCallback(step="signature", reason="wrong")
    if abs(int(now.timestamp()) - int(stamp)) > settings.freshness_s:
        raise BadCallback(step="signature", reason="stale")


def _checked(message: bytes, is_json: bool) -> bytes:
    """Refuse anything before the root: a document type could redefine what follows."""
    if not is_json and not is_message(message):
        raise BadCallback(step="envelope", reason="not a message")
    return message


def _unsealed(text: str, settings: WechatSettings) -> tuple[bytes, Seal]:
    try:
        known = seals(
            settings.app_id,
            settings.encoding_aes_key.get_secret_value(),
            settings.previous_aes_key.get_secret_value(),
        )
    except ValueError as error:
        raise BadCallback(step="decrypt", reason="the configured key is unusable") from error
    failure: BadCallback | None = None
    for seal in known:
        try:
            return seal.open(text), seal
        except BadCallback as error:
            failure = error
    raise failure or BadCallback(step="decrypt", reason="no key is configured")


def _encrypted(outer: Mapping[str, Any]) -> str:
    text = outer.get("Encrypt")
    if not isinstance(text, str) or not text.isascii():
        raise BadCallback(step="envelope", reason="no Encrypt")
    return text


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        outer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadCallback(step="envelope", reason="not JSON") from error
    if not isinstance(outer, dict):
        raise BadCallback(step="envelope", reason="not an object")
    return outer


def _read_xml(body: bytes) -> dict[str, Any]:
    """Read the envelope's own elements, one level deep, each once."""
    try:
        found = elements(body)
    except ValueError as error:
        raise BadCallback(step="envelope", reason="not XML") from error
    if NOT_TEXT in found.values():
        raise BadCallback(step="envelope", reason="too deep, or twice")
    return dict(found)


def _plain(xml: str) -> str:
    return xml


def _sealer(seal: Seal, token: str, nonce: str, now: datetime, ids: Ids) -> Callable[[str], str]:
    """Return what seals a reply under the key that opened the message, with the request's nonce."""

    def close(xml: str) -> str:
        text = seal.close(xml.encode(), ids.random_bytes(16))
        stamp = str(int(now.timestamp()))
        signed = signature(token, stamp, nonce, text)
        return (
            f"<xml><Encrypt><![CDATA[{text}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature>"
            f"<TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    return close
