"""The callback's envelope: honest ones open, everything else ends in one error of ours."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.errors import BadCallback
from bot.settings import Mode, WechatSettings
from bot.wechat.envelope import Opened, open_callback, verify
from bot.wechat.parsing import inbound
from bot.wechat.sealing import Seal, signature

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STAMP, NONCE = str(int(NOW.timestamp())), "486452656"
KEY, OLD_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE"
APP, TOKEN = "wx2c2769f8efd9abc2", "spamtest"
TEXT = (
    "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content><![CDATA[电子秤多久检一次]]></Content><MsgId>7</MsgId></xml>"
)
VECTORS = Path(__file__).parents[3] / "shared" / "wechat" / "crypto_vectors.json"


def settings(mode: Mode = Mode.SAFE, **over: Any) -> WechatSettings:
    given = {
        "token": TOKEN,
        "encoding_aes_key": KEY,
        "previous_aes_key": OLD_KEY,
        "app_id": APP,
        "mode": mode,
    }
    return WechatSettings.model_validate(given | over)


def sealed(message: str, *, key: str = KEY, app_id: str = APP) -> tuple[dict[str, str], bytes]:
    text = Seal(key, app_id).close(message.encode(), b"r" * 16)
    return signed(
        text
    ), f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>".encode()


def signed(text: str = "", stamp: str = STAMP, nonce: str = NONCE) -> dict[str, str]:
    query = {"signature": signature(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": "o1"}
    if text:
        query |= {"encrypt_type": "aes", "msg_signature": signature(TOKEN, stamp, nonce, text)}
    return query


def opened(query: dict[str, str], body: bytes, mode: Mode = Mode.SAFE, **over: Any) -> Opened:
    return open_callback(query, body, settings(mode, **over), NOW)


def test_the_address_is_proved_by_the_echo() -> None:
    assert verify({**signed(), "echostr": "4375120948345356249"}, settings(), NOW) == "4375120948345356249"


@pytest.mark.parametrize("key", [KEY, OLD_KEY])
def test_a_reply_is_sealed_under_the_key_that_opened_the_message(key: str) -> None:
    found = opened(*sealed(TEXT, key=key))
    assert inbound(found).text == "电子秤多久检一次"
    outer = found.seal("<xml>答</xml>")
    stamp, nonce = _between(outer, "TimeStamp"), _between(outer, "Nonce")
    crypto = WeChatCrypto(TOKEN, key, APP)
    assert nonce == NONCE
    assert crypto.decrypt_message(outer, _between(outer, "MsgSignature"), stamp, nonce) == "<xml>答</xml>"


def test_wechatpys_own_envelopes_open() -> None:
    body = WeChatCrypto(TOKEN, KEY, APP).encrypt_message(TEXT, NONCE, STAMP)
    assert inbound(opened(signed(_between(body, "Encrypt")), body.encode())).openid == "o1"


def test_plain_mode_reads_the_plain_body() -> None:
    found = opened(signed(), TEXT.encode(), Mode.PLAIN)
    assert inbound(found).key == "o1:7"
    assert found.seal("<xml/>") == "<xml/>"


def test_compat_mode_believes_the_sealed_part_only() -> None:
    query, body = sealed(TEXT)
    lie = TEXT.replace("o1", "o2").replace("</xml>", "").encode() + body.removeprefix(
        b"<xml><ToUserName>gh_1</ToUserName>"
    )
    assert inbound(opened(query, lie, Mode.COMPAT)).openid == "o1"


@pytest.mark.parametrize("mode", list(Mode))
def test_json_bodies_are_taken(mode: Mode) -> None:
    message = json.dumps(
        {"ToUserName": "g", "FromUserName": "o1", "MsgType": "text", "Content": "你好", "MsgId": 9}
    )
    if mode is Mode.PLAIN:
        query, body = signed(), message.encode()
    else:
        text = Seal(KEY, APP).close(message.encode(), b"r" * 16)
        query, body = signed(text), json.dumps({"Encrypt": text}).encode()
    found = inbound(opened(query, body, mode))
    assert (found.key, found.text) == ("o1:9", "你好")


def refuse(query: dict[str, str], body: bytes, mode: Mode = Mode.SAFE, **over: Any) -> None:
    with pytest.raises(BadCallback) as caught:
        inbound(opened(query, body, mode, **over))
    assert 400 <= caught.value.status < 500


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce", "msg_signature", "encrypt_type"])
def test_a_missing_or_altered_parameter_is_refused(name: str) -> None:
    query, body = sealed(TEXT)
    refuse({key: value for key, value in query.items() if key != name}, body)
    refuse({**query, name: query[name][:-1] + ("0" if query[name][-1] != "0" else "1")}, body)
    refuse({**query, name: ""}, body)
    refuse({**query, name: "永" * 40}, body)


@pytest.mark.parametrize("seconds", [-601, 601, -315_360_000])
def test_a_stale_or_premature_callback_is_refused(seconds: int) -> None:
    stamp = str(int((NOW + timedelta(seconds=seconds)).timestamp()))
    refuse(signed(stamp=stamp), TEXT.encode(), Mode.PLAIN)


def test_an_empty_token_signs_nothing() -> None:
    query = {"signature": signature("", STAMP, NONCE), "timestamp": STAMP, "nonce": NONCE}
    refuse(query, TEXT.encode(), Mode.PLAIN, token="")


def test_a_shifted_field_is_refused() -> None:
    shifted = {"signature": signature(TOKEN, STAMP + NONCE, ""), "timestamp": STAMP + NONCE, "nonce": ""}
    refuse(shifted, TEXT.encode(), Mode.PLAIN)


def test_safe_mode_refuses_a_plain_body() -> None:
    refuse(signed(), TEXT.encode())
    refuse({**signed("x"), "encrypt_type": "aes"}, TEXT.encode())


def test_another_apps_message_and_another_key_are_refused() -> None:
    refuse(*sealed(TEXT, app_id="wx0000000000000000"))
    refuse(*sealed(TEXT, key="0" * 43))


def test_an_unusable_key_of_ours_is_no_traceback() -> None:
    query, body = sealed(TEXT)
    refuse(query, body, encoding_aes_key="short", previous_aes_key="")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"\x00\x0b",
        b"<xml/>",
        b"<xml></xml>",
        b"<html><MsgType>text</MsgType></html>",
        b"<xml><MsgType>text</MsgType>",
        b"<xml><FromUserName>o1</FromUserName></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType></MsgType></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><MsgType>news</MsgType></xml>",
        b"<xml><FromUserName>o1</FromUserName><FromUserName>o2</FromUserName><MsgType>text</MsgType></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType a='b'>text</MsgType></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType>event</MsgType><Event/></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content><b>x</b></Content></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>&a;</Content></xml>",
        b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>\xff</Content></xml>",
        b'<?xml version="1.0" encoding="GBK"?><xml><FromUserName>\xc4\xe3</FromUserName></xml>',
        b'<!DOCTYPE xml [<!ENTITY a "b">]><xml><FromUserName>o1</FromUserName><MsgType>text</MsgType></xml>',
        b'<!DOCTYPE xml SYSTEM "http://x/"><xml><FromUserName>o1</FromUserName><MsgType>text</MsgType></xml>',
        b"<xml>" + b"<a>" * 9000 + b"</xml>",
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b"{}",
        b'{"FromUserName":["o1"],"MsgType":"text"}',
        b'{"FromUserName":"o1","MsgType":{"a":1}}',
        b'{"FromUserName":"' + b"o" * 65 + b'","MsgType":"text"}',
        b"<xml>" + b"x" * 70_000 + b"</xml>",
    ],
)
@pytest.mark.parametrize("mode", [Mode.PLAIN, Mode.SAFE])
def test_what_is_no_message_ends_in_one_error(body: bytes, mode: Mode) -> None:
    if mode is Mode.PLAIN:
        refuse(signed(), body, mode)
        return
    text = Seal(KEY, APP).close(body, b"r" * 16)
    refuse(signed(text), f"<xml><Encrypt>{text}</Encrypt></xml>".encode())
    refuse(signed("x"), body)


@given(st.binary(max_size=400))
def test_no_bytes_whatever_cause_a_traceback(body: bytes) -> None:
    for query, mode in ((signed(), Mode.PLAIN), (signed("x"), Mode.SAFE)):
        with pytest.raises(BadCallback):
            inbound(opened(query, body, mode))


@given(st.binary(min_size=1, max_size=200))
def test_signed_ciphertext_that_nobody_sealed_is_refused(noise: bytes) -> None:
    text = base64.b64encode(noise).decode()
    refuse(signed(text), f"<xml><Encrypt>{text}</Encrypt></xml>".encode())
    block = base64.b64encode((noise * 32)[: 32 * len(noise)]).decode()
    refuse(signed(block), f"<xml><Encrypt>{block}</Encrypt></xml>".encode())


@given(st.text(max_size=300))
def test_whatever_is_sealed_opens_as_it_was(message: str) -> None:
    seal = Seal(KEY, APP)
    assert seal.open(seal.close(message.encode(), b"p" * 16)).decode() == message


def test_our_own_vector_is_sealed_byte_for_byte() -> None:
    assert Seal(KEY, APP).close("称重".encode(), b"0123456789abcdef") == (
        WeChatCryptoWithPrefix(KEY, APP).sealed("称重", b"0123456789abcdef")
    )


class WeChatCryptoWithPrefix:
    """wechatpy's cipher with the random prefix given, as an independent check."""

    def __init__(self, key: str, app_id: str) -> None:
        self._crypto, self._app_id = WeChatCrypto(TOKEN, key, app_id), app_id

    def sealed(self, text: str, prefix: bytes) -> str:
        from wechatpy.crypto import PrpCrypto

        class Fixed(PrpCrypto):  # type: ignore[misc]  # wechatpy has no types
            def get_random_string(self) -> bytes:
                return prefix

        sealed = Fixed(base64.b64decode(KEY + "=")).encrypt(text, self._app_id)
        return sealed.decode() if isinstance(sealed, bytes) else str(sealed)


def _vectors(kind: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the shared vectors are not here"))]
    found = json.loads(VECTORS.read_text(encoding="utf-8"))
    chosen = found["negatives"] if kind == "negative" else [v for v in found["vectors"] if v["kind"] == kind]
    return [pytest.param(vector, id=vector.get("id", vector.get("what"))) for vector in chosen]


@pytest.mark.parametrize("vector", _vectors("signature"))
def test_shared_signatures_verify(vector: dict[str, str]) -> None:
    now = datetime.fromtimestamp(int(vector["timestamp"]), UTC)
    query = {name: vector[name] for name in ("signature", "timestamp", "nonce")}
    ours = settings(Mode.PLAIN, token=vector["token"])
    if "echostr" in vector:
        assert verify({**query, "echostr": vector["echostr"]}, ours, now) == vector["echostr"]
    else:
        found = inbound(open_callback(query, vector["body"].encode(), ours, now))
        assert found.event == "debug_demo"


@pytest.mark.parametrize("vector", _vectors("aes"))
def test_shared_messages_open_and_seal_byte_for_byte(vector: dict[str, str]) -> None:
    query, body, ours, now = _asked(vector)
    found = open_callback(query, body, ours, now) if vector["plaintext"][0] in "<{" else None
    if found is not None:
        assert found.message.decode() == vector["plaintext"]
    seal = Seal(vector["encoding_aes_key"], vector["appid"])
    assert seal.open(vector["encrypt"]).decode() == vector["plaintext"]
    assert seal.close(vector["plaintext"].encode(), vector["random16"].encode()) == vector["encrypt"]
    assert query["msg_signature"] == signature(
        vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"]
    )


@pytest.mark.parametrize("vector", _vectors("negative"))
def test_shared_negatives_are_refused(vector: dict[str, str]) -> None:
    query, body, ours, now = _asked(vector)
    with pytest.raises(BadCallback):
        open_callback(query, body, ours, now)


def _asked(vector: dict[str, str]) -> tuple[dict[str, str], bytes, WechatSettings, datetime]:
    stamp, nonce, token = vector["timestamp"], vector["nonce"], vector["token"]
    query = {
        "signature": signature(token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": vector["msg_signature"],
    }
    body = vector.get("body") or f"<xml><Encrypt><![CDATA[{vector['encrypt']}]]></Encrypt></xml>"
    ours = settings(
        token=token, app_id=vector["appid"], encoding_aes_key=vector["encoding_aes_key"], previous_aes_key=""
    )
    return query, body.encode(), ours, datetime.fromtimestamp(int(stamp), UTC)


def _between(xml: str, tag: str) -> str:
    inside = xml.split(f"<{tag}>", 1)[1].split(f"</{tag}>", 1)[0]
    return inside.removeprefix("<![CDATA[").removesuffix("]]>").strip()
