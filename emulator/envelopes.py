"""What goes over the wire for one push: address, signatures and body by mode, and the hostile variants."""

import json
from dataclasses import dataclass
from enum import StrEnum

from yarl import URL

from emulator import markup, signing
from emulator.chance import Chance, Time
from emulator.sealing import Seal
from emulator.settings import Mode, RegisteredApp

Fields = tuple[tuple[str, str | int], ...]


class Variant(StrEnum):
    """How a push may differ from an honest one, on demand."""

    HONEST = "honest"
    DUPLICATE = "duplicate"
    OVERLAP = "overlap"
    WRONG_SIGNATURE = "wrong_signature"
    STALE_TIMESTAMP = "stale_timestamp"
    OLD_KEY = "old_key"
    UNKNOWN_KEY = "unknown_key"
    WRONG_APP_ID = "wrong_app_id"
    OVERSIZE = "oversize"
    UNKNOWN_EVENT = "unknown_event"
    NO_MSG_ID = "no_msg_id"
    JSON = "json"
    DOCTYPE = "doctype"
    PLAIN_BODY = "plain_body"


STALE_S = 3600
OVERSIZE_BYTES = 2 * 1024 * 1024
_NOBODYS_KEY = "0" * 43
_BOMB = '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@dataclass(frozen=True, slots=True)
class Wire:
    """One signed request, sent again unchanged at every retry."""

    url: URL
    body: bytes
    content_type: str
    nonce: str


class Envelope:
    """Wraps messages for the registered app."""

    def __init__(self, app: RegisteredApp, time: Time, chance: Chance) -> None:
        self._app, self._time, self._chance = app, time, chance

    def wrap(self, openid: str, fields: Fields, variant: Variant = Variant.HONEST) -> Wire:
        """Write, seal and sign a message. Raises: ValueError where the variant needs a key that is not there."""
        stamp = self._time.stamp() - (STALE_S if variant is Variant.STALE_TIMESTAMP else 0)
        timestamp, nonce = str(stamp), self._chance.digits(10)
        plain = self._plain(_changed(fields, variant), variant)
        query = {
            "signature": self._sign(timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": openid,
        }
        body = plain
        if self._app.mode is not Mode.PLAIN:
            sealed = self._seal(variant).close(plain.encode("utf-8"), self._chance.prefix())
            query |= {"encrypt_type": "aes", "msg_signature": self._sign(timestamp, nonce, sealed)}
            if variant is not Variant.PLAIN_BODY:
                body = self._sealed_body(fields, sealed, variant)
        if variant is Variant.WRONG_SIGNATURE:
            query |= {name: "0" * 40 for name in ("signature", "msg_signature") if name in query}
        content_type = "application/json" if variant is Variant.JSON else "text/xml"
        return Wire(
            URL(self._app.callback_url).update_query(query), body.encode("utf-8"), content_type, nonce
        )

    def verification(self, *, good: bool) -> tuple[URL, str]:
        """Return the address of a URL verification and the echo it must answer."""
        timestamp, nonce, echo = str(self._time.stamp()), self._chance.digits(10), self._chance.digits(19)
        signed = self._sign(timestamp, nonce) if good else "0" * 40
        query = {"signature": signed, "timestamp": timestamp, "nonce": nonce, "echostr": echo}
        return URL(self._app.callback_url).update_query(query), echo

    def seals(self) -> list[Seal]:
        """Return the seals a reply may be under: the current key's, then the previous one's."""
        keys = (self._app.aes_key, self._app.previous_aes_key)
        return [Seal(key.get_secret_value(), self._app.app_id) for key in keys if key]

    def _sign(self, *parts: str) -> str:
        return signing.signature(self._app.token.get_secret_value(), *parts)

    def _seal(self, variant: Variant) -> Seal:
        app_id = "wx0000000000000000" if variant is Variant.WRONG_APP_ID else self._app.app_id
        key = self._app.previous_aes_key if variant is Variant.OLD_KEY else self._app.aes_key
        if key is None:
            raise ValueError("the app has no such EncodingAESKey")
        text = _NOBODYS_KEY if variant is Variant.UNKNOWN_KEY else key.get_secret_value()
        return Seal(text, app_id)

    def _plain(self, fields: Fields, variant: Variant) -> str:
        if variant is Variant.JSON:
            return json.dumps(dict(fields), ensure_ascii=False)
        return (_BOMB if variant is Variant.DOCTYPE else "") + markup.write(fields)

    def _sealed_body(self, fields: Fields, sealed: str, variant: Variant) -> str:
        shown: Fields = fields if self._app.mode is Mode.COMPAT else (("ToUserName", self._app.account_id),)
        both: Fields = (*shown, ("Encrypt", sealed))
        return json.dumps(dict(both), ensure_ascii=False) if variant is Variant.JSON else markup.write(both)


def _changed(fields: Fields, variant: Variant) -> Fields:
    match variant:
        case Variant.NO_MSG_ID:
            return tuple((k, v) for k, v in fields if k != "MsgId")
        case Variant.UNKNOWN_EVENT:
            kept = tuple((k, v) for k, v in fields if k in ("ToUserName", "FromUserName", "CreateTime"))
            return (*kept, ("MsgType", "event"), ("Event", "debug_demo"), ("debug_str", "hello"))
        case Variant.OVERSIZE:
            return (*fields, ("Padding", "x" * OVERSIZE_BYTES))
        case _:
            return fields
