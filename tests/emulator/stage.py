"""A stage: the platform on a real port, and a small backend of our own that answers its callbacks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from emulator import markup, signing
from emulator.sealing import Seal
from emulator.settings import Limits, TemplateDefinition, TemplateField

TOKEN, SECRET, APP_ID, ACCOUNT = "AAAAA", "s3cret", "wxba5fad812f8e6fb9", "gh_97417a04a28d"
KEY, OLD_KEY = "A" * 43, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
WANG = "oQHdemo_citizen_wangxiuying"
FISH = "oQHdemo_merchant_wanghaixian"
REMINDER = TemplateDefinition(
    template_id="T-due",
    title="计量器具检定到期提醒",
    fields={
        "thing1": TemplateField(label="器具名称"),
        "character_string2": TemplateField(label="出厂编号"),
        "date3": TemplateField(label="有效期至"),
        "const4": TemplateField(label="状态", values=("即将到期", "已经到期")),
        "phrase5": TemplateField(label="办理方式", max_length=4),
    },
)
FAST = Limits(push_deadline_s=0.4, overlap_after_s=0.05, receipt_delay_s=0.05)
Answering = Callable[["Backend", dict[str, str], web.Request], Awaitable[web.Response]]


class HandClock:
    """A clock that moves when a test says so."""

    def __init__(self) -> None:
        self.at = 1_795_399_200.0

    def __call__(self) -> float:
        return self.at


def node_fields(body: bytes) -> dict[str, str]:
    """Return the flat fields of an XML body."""
    return {child.tag: child.text for child in markup.read(body).children}


@dataclass
class Backend:
    """Verifies and opens callbacks with the formulas of the platform's pages, and answers as told."""

    answering: Answering
    seal: Seal | None = None
    bodies: list[bytes] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)

    async def callback(self, request: web.Request) -> web.Response:
        query = request.query
        if not signing.is_signature(query["signature"], TOKEN, query["timestamp"], query["nonce"]):
            return web.Response(status=403)
        if request.method == "GET":
            return web.Response(text=query["echostr"])
        body = await request.read()
        self.bodies.append(body)
        self.urls.append(str(request.rel_url))
        fields = node_fields(body)
        if self.seal and "Encrypt" in fields:
            parts = (TOKEN, query["timestamp"], query["nonce"], fields["Encrypt"])
            assert signing.is_signature(query["msg_signature"], *parts)
            fields = node_fields(self.seal.open(fields["Encrypt"]))
        self.heard.append(fields)
        return await self.answering(self, fields, request)


def reply_xml(fields: dict[str, str], *more: tuple[str, str | int]) -> str:
    """Return a passive reply to a message, addressed back."""
    head = (("ToUserName", fields["FromUserName"]), ("FromUserName", ACCOUNT), ("CreateTime", 1))
    return markup.write((*head, *more))


async def echo(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
    """Answer every message with its own text, sealed where the callback was."""
    said = fields.get("Content") or fields.get("EventKey") or fields["MsgType"]
    text = reply_xml(fields, ("MsgType", "text"), ("Content", f"收到{said}"))
    return web.Response(text=sealed(backend, text, request) if backend.seal else text)


def sealed(backend: Backend, text: str, request: web.Request) -> str:
    """Wrap a reply as safe mode wants it."""
    assert backend.seal
    nonce = request.query["nonce"]
    cipher = backend.seal.close(text.encode(), b"0123456789abcdef")
    signature = signing.signature(TOKEN, "1795399200", nonce, cipher)
    rows = (("Encrypt", cipher), ("MsgSignature", signature), ("TimeStamp", 1795399200), ("Nonce", nonce))
    return markup.write(rows)


def answer(*rows: tuple[str, str | int]) -> Answering:
    """Return an answering that replies with these rows."""

    async def answering(_backend: Backend, fields: dict[str, str], _request: web.Request) -> web.Response:
        return web.Response(text=reply_xml(fields, *rows))

    return answering


def raw(text: str) -> Answering:
    """Return an answering that replies with exactly this."""

    async def answering(_backend: Backend, _fields: dict[str, str], _request: web.Request) -> web.Response:
        return web.Response(text=text)

    return answering


@dataclass
class Stage:
    """The two servers, a client, and short ways to talk to them."""

    http: aiohttp.ClientSession
    base: str
    backend: Backend
    clock: HandClock
    backend_base: str

    async def get(self, path: str, **query: str) -> Any:
        async with self.http.get(self.base + path, params=query) as response:
            return await response.json(content_type=None)

    async def post(self, path: str, body: Any, **query: str) -> Any:
        async with self.http.post(self.base + path, json=body, params=query) as response:
            return await response.json()

    async def token(self) -> str:
        answer = await self.get("/cgi-bin/token", grant_type="client_credential", appid=APP_ID, secret=SECRET)
        return str(answer["access_token"])

    async def call(self, path: str, body: Any) -> Any:
        return await self.post(path, body, access_token=await self.token())

    async def say(self, text: str = "你好", openid: str = WANG, **more: Any) -> Any:
        return await self.post("/control/send", {"kind": "text", "openid": openid, "content": text, **more})

    async def act(self, kind: str, openid: str = WANG, **more: Any) -> Any:
        return await self.post("/control/send", {"kind": kind, "openid": openid, **more})

    async def dialog(self, openid: str = WANG, wait: float = 0) -> list[dict[str, Any]]:
        answer = await self.get(f"/control/conversations/{openid}", wait=str(wait))
        return list(answer["entries"])

    async def custom(self, text: str = "您好", openid: str = WANG) -> int:
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        return int((await self.call("/cgi-bin/message/custom/send", body))["errcode"])

    async def template(self, openid: str = FISH, **more: Any) -> Any:
        data = {
            "thing1": {"value": "电子计价秤"},
            "character_string2": {"value": "SN-2024-0031"},
            "date3": {"value": "2026年12月3日"},
            "const4": {"value": "即将到期"},
            "phrase5": {"value": "网上预约"},
        }
        data |= more.pop("data", {})
        body = {"touser": openid, "template_id": "T-due", "data": data, **more}
        return await self.call("/cgi-bin/message/template/send", body)


Staging = Callable[..., Awaitable[Stage]]
