"""Judges what the backend answered to a push, as the real platform would before showing it to a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulator import markup, signing
from emulator.markup import MarkupBroken, Node
from emulator.sealing import Seal, SealBroken
from emulator.settings import Mode, RegisteredApp

FAULT_NOTICE = "该公众号暂时无法提供服务，请稍后再试"
TEXT_BYTES = 2048
_ARTICLES_TO_EVENT, _ARTICLES_TO_MESSAGE = 8, 1
_MEDIA_TAGS = {"image": "Image", "voice": "Voice", "video": "Video"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The push a reply belongs to."""

    openid: str
    nonce: str
    is_event: bool


@dataclass(slots=True)
class Verdict:
    """`shown` is what the person sees (None: nothing); `faults` say why the fault notice appears instead."""

    shown: dict[str, Any] | None = None
    faults: list[str] = field(default_factory=list)


class ReplyJudge:
    """Checks passive replies. Source: passive reply and encryption pages; 2048 bytes is observed, not written."""

    def __init__(self, app: RegisteredApp, seals: list[Seal], has_medium: Callable[[str], bool]) -> None:
        self._app, self._seals, self._has_medium = app, seals, has_medium

    def judge(self, body: bytes, asked: Asked) -> Verdict:
        """Return what a person would see of a reply body."""
        if body.strip() in (b"", b"success"):
            return Verdict()
        verdict = Verdict()
        try:
            message = self._opened(markup.read(body), asked)
            verdict.faults += self._address(message, asked)
            verdict.shown = self._content(message, asked)
        except (MarkupBroken, SealBroken) as error:
            verdict.faults.append(str(error))
        if verdict.faults:
            verdict.shown = None
        return verdict

    def _opened(self, outer: Node, asked: Asked) -> Node:
        sealed = outer.value("Encrypt")
        if not sealed:
            if self._app.mode is Mode.SAFE:
                raise SealBroken("a plain reply in safe mode")
            return outer
        if self._app.mode is Mode.PLAIN:
            raise SealBroken("a sealed reply in plain mode")
        nonce, timestamp = outer.value("Nonce"), outer.value("TimeStamp")
        token = self._app.token.get_secret_value()
        if not signing.is_signature(outer.value("MsgSignature"), token, timestamp, nonce, sealed):
            raise SealBroken("MsgSignature is wrong")
        if nonce != asked.nonce:
            raise SealBroken("Nonce is not the request's")
        return markup.read(self._unsealed(sealed))

    def _unsealed(self, sealed: str) -> bytes:
        reasons = []
        for seal in self._seals:
            try:
                return seal.open(sealed)
            except SealBroken as error:
                reasons.append(str(error))
        raise SealBroken("; ".join(reasons))

    def _address(self, message: Node, asked: Asked) -> list[str]:
        faults = []
        if message.value("ToUserName") != asked.openid:
            faults.append("ToUserName is not the sender")
        if message.value("FromUserName") != self._app.account_id:
            faults.append("FromUserName is not this account")
        if not message.value("CreateTime").isdigit():
            faults.append("CreateTime is no number")
        return faults

    def _content(self, message: Node, asked: Asked) -> dict[str, Any]:
        match message.value("MsgType"):
            case "text":
                return self._text(message)
            case "news":
                return self._news(message, asked)
            case ("image" | "voice" | "video") as kind:
                return self._medium(message, kind)
            case "transfer_customer_service":
                return {"type": "transfer"}
            case other:
                raise MarkupBroken(f"MsgType {other!r} is not known")

    def _text(self, message: Node) -> dict[str, Any]:
        content = message.value("Content")
        if not content:
            raise MarkupBroken("Content is empty")
        if len(content.encode("utf-8")) > TEXT_BYTES:
            raise MarkupBroken(f"Content exceeds {TEXT_BYTES} bytes")
        return {"type": "text", "text": content}

    def _news(self, message: Node, asked: Asked) -> dict[str, Any]:
        articles = message.child("Articles")
        items = [n for n in articles.children if n.tag == "item"] if articles else []
        if not items or message.value("ArticleCount") != str(len(items)):
            raise MarkupBroken("ArticleCount does not match the articles")
        most = _ARTICLES_TO_EVENT if asked.is_event else _ARTICLES_TO_MESSAGE
        names = (("title", "Title"), ("note", "Description"), ("picture", "PicUrl"), ("url", "Url"))
        return {
            "type": "news",
            "articles": [{key: item.value(tag) for key, tag in names} for item in items[:most]],
        }

    def _medium(self, message: Node, kind: str) -> dict[str, Any]:
        holder = message.child(_MEDIA_TAGS[kind])
        media_id = holder.value("MediaId") if holder else ""
        if not self._has_medium(media_id):
            raise MarkupBroken("MediaId is not known")
        return {"type": kind, "media_id": media_id}
