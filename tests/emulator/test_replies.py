"""The judge of passive replies, over HTTP: what is shown, and what becomes the fault notice."""

import pytest
from aiohttp import web

from emulator.settings import Mode
from tests.emulator.stage import Answering, Backend, Stage, Staging, answer, raw, reply_xml, sealed

TEXT = (("MsgType", "text"), ("Content", "好"))


async def shown(stage: Stage) -> list[str]:
    await stage.say()
    return [entry["type"] for entry in await stage.dialog() if entry["side"] != "mine"]


@pytest.mark.parametrize("body", ["", "success"])
async def test_nothing_to_say_is_nothing_shown(staging: Staging, body: str) -> None:
    assert await shown(await staging(Mode.PLAIN, raw(body))) == []


@pytest.mark.parametrize(
    "answering",
    [
        raw('{"errcode":0}'),
        raw("<xml><MsgType>text"),
        raw("<html></html>"),
        raw('<!DOCTYPE xml [<!ENTITY a "b">]><xml/>'),
        raw("<xml><ToUserName>x</ToUserName></xml>"),
        answer(("MsgType", "text"), ("Content", "")),
        answer(("MsgType", "text"), ("Content", "字" * 683)),
        answer(("MsgType", "dance")),
        answer(("MsgType", "news"), ("ArticleCount", 1)),
        answer(("MsgType", "image"), ("MediaId", "nowhere")),
    ],
)
async def test_a_malformed_reply_is_the_fault_notice(staging: Staging, answering: Answering) -> None:
    assert await shown(await staging(Mode.PLAIN, answering)) == ["fault"]


async def test_2048_bytes_are_still_taken(staging: Staging) -> None:
    stage = await staging(Mode.PLAIN, answer(("MsgType", "text"), ("Content", "字" * 682 + "ab")))
    assert await shown(stage) == ["text"]


async def test_an_http_error_is_the_fault_notice_without_another_try(staging: Staging) -> None:
    async def failing(_b: Backend, _f: dict[str, str], _r: web.Request) -> web.Response:
        return web.Response(status=500)

    stage = await staging(Mode.PLAIN, failing)
    assert await shown(stage) == ["fault"]
    assert len(stage.backend.bodies) == 1


async def test_a_reply_to_somebody_else_is_refused(staging: Staging) -> None:
    async def wrong(_b: Backend, fields: dict[str, str], _r: web.Request) -> web.Response:
        return web.Response(text=reply_xml(fields | {"FromUserName": "oNobody"}, *TEXT))

    assert await shown(await staging(Mode.PLAIN, wrong)) == ["fault"]


async def test_safe_mode_refuses_plain_replies_and_compat_takes_them(staging: Staging) -> None:
    assert await shown(await staging(Mode.SAFE, answer(*TEXT))) == ["fault"]
    assert await shown(await staging(Mode.COMPAT, answer(*TEXT))) == ["text"]


@pytest.mark.parametrize(
    ("old", "new"), [("<Nonce>", "<Nonce>1"), ("<MsgSignature><![CDATA[", "<MsgSignature><![CDATA[0")]
)
async def test_safe_mode_checks_nonce_and_signature(staging: Staging, old: str, new: str) -> None:
    async def spoiled(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
        text = sealed(backend, reply_xml(fields, *TEXT), request).replace("<Nonce><![CDATA[", "<Nonce>")
        return web.Response(text=text.replace("]]></Nonce>", "</Nonce>").replace(old, new))

    assert await shown(await staging(Mode.SAFE, spoiled)) == ["fault"]


async def test_one_article_answers_a_message_and_the_rest_is_cut(staging: Staging) -> None:
    async def two(_b: Backend, fields: dict[str, str], _r: web.Request) -> web.Response:
        item = "<item><Title>{}</Title><Description>d</Description><PicUrl/><Url>http://x/</Url></item>"
        head = reply_xml(fields, ("MsgType", "news"), ("ArticleCount", 2)).removesuffix("</xml>")
        articles = item.format("一") + item.format("二")
        return web.Response(text=f"{head}<Articles>{articles}</Articles></xml>")

    stage = await staging(Mode.PLAIN, two)
    await stage.say()
    await stage.act("click", key="K")
    counts = [len(e["articles"]) for e in await stage.dialog() if e["type"] == "news"]
    assert counts == [1, 2]
