"""The questions citizens ask, signed and sealed as the platform does it, as whole HTTP requests."""

import base64
import hashlib
import itertools
import re
import secrets
import struct
import time
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PEOPLE = 200
ACCOUNT = {
    "app_id": "wx5f0c7d31e4b82a96",
    "token": "benchtoken",
    "aes_key": base64.b64encode(bytes(range(32))).decode().rstrip("="),
}
QUESTIONS = (
    "电子秤多久检一次",
    "加油机多久检定一次",
    "家里水表几年要换",
    "菜市场必须放公平秤吗",
    "买的东西缺斤少两找谁",
    "举报可以匿名吗",
    "投诉以后几天有回信",
    "出租车计价器误差是多少",
    "充电桩要不要检定",
    "3斤虾回家只有2斤4两，68一斤",
    "秤超期没检会怎么样",
    "金首饰差多少算缺",
    "今天天气怎么样",
    "谢谢",
    "净含量没标能卖吗",
    "血压计多久检一次",
)
_CITIES = [
    "济南",
    "青岛",
    "淄博",
    "枣庄",
    "东营",
    "烟台",
    "潍坊",
    "济宁",
    "泰安",
    "威海",
    "日照",
    "临沂",
    "德州",
    "聊城",
    "滨州",
    "菏泽",
]
_PLACES = [
    "菜市场",
    "超市",
    "海鲜摊",
    "水果店",
    "加油站",
    "药店",
    "夜市",
    "农贸市场",
    "早市",
    "批发市场",
    "金店",
    "小区门口",
    "学校旁边",
]
_THINGS = [
    "电子秤",
    "台秤",
    "加油机",
    "水表",
    "电表",
    "燃气表",
    "充电桩",
    "计价器",
    "血压计",
    "地磅",
    "公平秤",
    "弹簧秤",
    "验光仪",
    "冰箱",
    "皮尺",
]
_ASKS = (
    "多久检一次",
    "不准找谁",
    "准不准",
    "要检定吗",
    "误差允许多少",
    "没有合格标签怎么办",
    "少给了二两",
    "检定要多少钱",
    "超期了还能用吗",
    "归谁管",
    "坏了谁来修",
)


def repeated() -> Iterator[str]:
    """Yield sixteen questions over and over: what is popular is asked again and again."""
    return itertools.cycle(QUESTIONS)


def unheard() -> Iterator[str]:
    """Yield 34,320 questions, no two alike, about all subjects in turn."""
    parts = (_CITIES, _PLACES, _THINGS, _ASKS)
    total = len(_CITIES) * len(_PLACES) * len(_THINGS) * len(_ASKS)
    for number in range(total):
        place = number * 7919 % total  # a prime that shares no factor with the total: each place once
        words = []
        for part in parts:
            place, which = divmod(place, len(part))
            words.append(part[which])
        city, where, thing, asked = words
        yield f"{city}{where}的{thing}{asked}"


def requests(texts: Iterator[str], count: int) -> list[bytes]:
    """Return the next `count` texts as callbacks, ready to send: sealing them must not slow the sender down."""
    return [request(text, number) for number, text in enumerate(itertools.islice(texts, count))]


def request(text: str, number: int, *, people: int = PEOPLE) -> bytes:
    """Return the callback for a text message of one of so many people, in safe mode."""
    stamp, nonce = str(int(time.time())), secrets.token_hex(8)
    person = f"oBench{number % people:022d}"
    xml = (
        f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[{person}]]></FromUserName>"
        f"<CreateTime>{stamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{time.time_ns()}</MsgId></xml>"
    )
    sealed = _seal(xml.encode())
    signature, inner = _sha1(stamp, nonce), _sha1(stamp, nonce, sealed)
    body = f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    path = (
        f"/wechat?signature={signature}&timestamp={stamp}&nonce={nonce}&openid={person}"
        f"&encrypt_type=aes&msg_signature={inner}"
    )
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def opened(body: bytes) -> str:
    """Return the XML inside a sealed reply; "" for `success`, which promises the reply for later."""
    found = re.search(rb"<Encrypt><!\[CDATA\[(.+?)\]\]>", body)
    if found is None:
        return ""
    key = base64.b64decode(ACCOUNT["aes_key"] + "=")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    full = decryptor.update(base64.b64decode(found.group(1))) + decryptor.finalize()
    (length,) = struct.unpack(">I", full[16:20])
    return full[20 : 20 + length].decode()


def _seal(message: bytes) -> str:
    key = base64.b64decode(ACCOUNT["aes_key"] + "=")
    full = secrets.token_bytes(16) + struct.pack(">I", len(message)) + message + ACCOUNT["app_id"].encode()
    pad = 32 - len(full) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(full + bytes([pad]) * pad) + encryptor.finalize()).decode()


def _sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted((ACCOUNT["token"], *parts))).encode()).hexdigest()
