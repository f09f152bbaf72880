"""Calls to the platform, played by the emulator over real HTTP: one token for all, every answer with its meaning."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from pydantic import SecretStr

from bot.errors import BadMedia, BadTemplateValue, EntranceFailed, PlatformFailed, UncertainOutcome
from bot.settings import WechatSettings
from bot.wechat import jsapi, media, menu, oauth, templates
from bot.wechat.channel import WechatChannel
from bot.wechat.client import WechatClient
from core.database import Database
from core.errors import NotPermitted
from emulator import followers
from emulator.app import create_app
from emulator.settings import EmulatorSettings, Limits, RegisteredApp, TemplateDefinition
from scheduler.messages import TemplateMessage, TextMessage
from scheduler.ports import Refused, Sent, Unknown
from tests.fakes import CountingIds, HandClock

VECTORS = Path(__file__).parents[3] / "shared" / "wechat" / "crypto_vectors.json"
WANG = "oQHdemo_citizen_wangxiuying"
SECRET, APP_ID, ACCOUNT = "s3cret", "wxba5fad812f8e6fb9", "gh_97417a04a28d"
CUSTOM, SEND = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"
NOTICE = TemplateMessage(
    "case_progress",
    {
        "number": "QH20261123-0001",
        "merchant": "老王海鲜",
        "status": "已受理",
        "time": "2026-11-23 10:00",
        "note": "我们已收到，七个工作日内告知是否受理，请保持电话畅通。",
    },
    "/h5/cases/1",
)


@dataclass
class Platform:
    """The played platform and our client of it."""

    http: ClientSession
    base: str
    client: WechatClient
    channel: WechatChannel
    database: Database
    clock: HandClock

    async def order(self, path: str, body: dict[str, Any]) -> Any:
        async with self.http.post(self.base + "/control/" + path, json=body) as response:
            return await response.json()

    async def fault(self, path: str, kind: str, **more: Any) -> None:
        await self.order("faults", {"path": path, "kind": kind, **more})

    async def seen(self) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.base}/control/conversations/{WANG}") as response:
            return list((await response.json())["entries"])

    async def say_hello(self) -> None:
        await self.order("send", {"kind": "text", "openid": WANG, "content": "你好"})

    def another_client(self) -> WechatClient:
        return WechatClient(self.http, self.client.settings, self.database, clock=self.clock)


async def hear(_request: web.Request) -> web.Response:
    return web.Response(text="success")


@pytest.fixture
async def platform(tmp_path: Path, database: Database, clock: HandClock) -> AsyncIterator[Platform]:
    backend = web.Application()
    backend.router.add_route("*", "/wechat", hear)
    behind = TestServer(backend)
    await behind.start_server()
    app = RegisteredApp(
        app_id=APP_ID,
        secret=SecretStr(SECRET),
        account_id=ACCOUNT,
        token=SecretStr("AAAAA"),
        callback_url=str(behind.make_url("/wechat")),
    )
    used = tuple(TemplateDefinition.model_validate(one) for one in templates.definitions())
    limits = Limits(receipt_delay_s=0.01, forced_refresh_spacing_s=0)
    settings = EmulatorSettings(storage=tmp_path / "media", limits=limits)
    played = TestServer(
        create_app(settings, app, followers.load(), used, clock=lambda: clock.now().timestamp(), seed=7)
    )
    await played.start_server()
    base = str(played.make_url("")).rstrip("/")
    async with ClientSession() as http:
        ours = WechatSettings(
            app_id=APP_ID, account_id=ACCOUNT, app_secret=SecretStr(SECRET), api_base=base, oauth_base=base
        )
        client = WechatClient(http, ours, database, clock=clock)
        channel = WechatChannel(client, public_url="https://example.invalid", clock=clock)
        yield Platform(http, base, client, channel, database, clock)
    await played.close()
    await behind.close()


async def fetched(platform: Platform) -> int:
    async with platform.http.get(platform.base + "/control/log") as response:
        entries = (await response.json())["entries"]
    return sum(entry.get("name") == "/cgi-bin/stable_token" for entry in entries)


async def test_twenty_calls_and_two_processes_share_one_token(platform: Platform) -> None:
    other = platform.another_client()
    await asyncio.gather(*(platform.client.get("/cgi-bin/getcallbackip") for _ in range(20)))
    await asyncio.gather(*(other.get("/cgi-bin/getcallbackip") for _ in range(20)))
    assert await fetched(platform) == 1


async def test_a_refused_token_is_replaced_once_for_all(platform: Platform) -> None:
    await platform.client.get("/cgi-bin/getcallbackip")
    await platform.order("tokens/revoke", {})
    await asyncio.gather(*(platform.client.get("/cgi-bin/getcallbackip") for _ in range(10)))
    assert await fetched(platform) == 2


async def test_a_platform_that_refuses_every_token_is_not_asked_again_and_again(platform: Platform) -> None:
    await platform.fault("/cgi-bin/getcallbackip", "errcode", errcode=40001, times=50)
    with pytest.raises(PlatformFailed) as caught:
        await platform.client.get("/cgi-bin/getcallbackip")
    assert caught.value.errcode == 40001
    assert await fetched(platform) <= 3


async def test_a_token_is_renewed_before_it_ends(platform: Platform) -> None:
    await platform.client.get("/cgi-bin/getcallbackip")
    platform.clock.advance(seconds=7200 - 299)
    await platform.client.get("/cgi-bin/getcallbackip")
    assert await fetched(platform) == 2


@pytest.mark.parametrize(
    ("kind", "more"),
    [("status", {"status": 502}), ("html", {}), ("garbage", {}), ("reset", {}), ("reset_after", {})],
)
async def test_an_answer_nobody_understands_is_an_unknown_outcome(
    platform: Platform, kind: str, more: dict[str, Any]
) -> None:
    await platform.fault(SEND, kind, **more)
    assert isinstance(await platform.channel.send(WANG, NOTICE, key="k1"), Unknown)


@pytest.mark.parametrize("kind", ["html", "reset", "garbage"])
async def test_without_a_token_the_message_has_certainly_not_left(platform: Platform, kind: str) -> None:
    await platform.fault("/cgi-bin/stable_token", kind)
    outcome = await platform.channel.send(WANG, TextMessage("您好"), key="k1")
    assert isinstance(outcome, Refused)
    assert not outcome.permanent


async def test_a_platform_that_is_away_has_certainly_not_taken_it(platform: Platform) -> None:
    await platform.client.get("/cgi-bin/getcallbackip")
    away = WechatClient(
        platform.http,
        platform.client.settings.model_copy(update={"api_base": "http://127.0.0.1:9"}),
        platform.database,
        clock=platform.clock,
    )
    outcome = await WechatChannel(away, public_url="", clock=platform.clock).send(WANG, NOTICE, key="k")
    assert isinstance(outcome, Refused)
    assert not outcome.permanent


async def test_a_template_arrives_once_however_often_it_is_sent(platform: Platform) -> None:
    await platform.fault(SEND, "reset_after")
    assert isinstance(await platform.channel.send(WANG, NOTICE, key="k1"), Unknown)
    sent = await platform.channel.send(WANG, NOTICE, key="k1")
    assert isinstance(sent, Sent)
    assert sent.provider_id
    cards = [entry for entry in await platform.seen() if entry["type"] == "template"]
    assert len(cards) == 1
    assert cards[0]["url"] == "https://example.invalid/h5/cases/1"
    assert len(cards[0]["rows"][-1]["value"]) == 20


async def test_a_text_arrives_in_an_open_conversation_only(platform: Platform) -> None:
    closed = await platform.channel.send(WANG, TextMessage("您好"), key="k")
    assert isinstance(closed, Refused)
    assert (closed.code, closed.permanent) == ("45015", True)
    await platform.say_hello()
    assert isinstance(await platform.channel.send(WANG, TextMessage("您好"), key="k"), Sent)


@pytest.mark.parametrize(
    ("errcode", "permanent", "unreachable"),
    [
        (43004, True, True),
        (40003, True, True),
        (43019, True, True),
        (47003, True, False),
        (40037, True, False),
        (-1, False, False),
        (45009, False, False),
        (45011, False, False),
        (48001, False, False),
    ],
)
async def test_each_code_has_its_reaction(
    platform: Platform, errcode: int, *, permanent: bool, unreachable: bool
) -> None:
    await platform.fault(SEND, "errcode", errcode=errcode, times=5)
    outcome = await platform.channel.send(WANG, NOTICE, key="k")
    assert isinstance(outcome, Refused)
    assert (outcome.permanent, outcome.unreachable) == (permanent, unreachable)
    if errcode == 45009:
        assert outcome.retry_at is not None
        assert outcome.retry_at.astimezone(UTC) >= datetime(2026, 11, 23, 16, tzinfo=UTC)


async def test_a_value_of_the_wrong_type_is_refused_before_it_is_sent(platform: Platform) -> None:
    wrong = TemplateMessage("case_progress", {**NOTICE.values, "time": "昨天"}, "")
    with pytest.raises(BadTemplateValue):
        templates.payload(wrong)
    outcome = await platform.channel.send(WANG, wrong, key="k")
    assert isinstance(outcome, Refused)
    assert outcome.permanent


def test_a_template_nobody_knows_is_refused() -> None:
    with pytest.raises(BadTemplateValue):
        templates.payload(TemplateMessage("lottery"))


async def test_photographs_come_whole_or_not_at_all(platform: Platform) -> None:
    picture = b"\xff\xd8\xff" + b"x" * 4000 + b"\xff\xd9"
    headers = {"Content-Type": "image/jpeg"}
    async with platform.http.post(
        platform.base + f"/control/photo?openid={WANG}", data=picture, headers=headers
    ) as response:
        media_id = (await response.json())["fields"]["MediaId"]
    assert await media.download(platform.client, media_id, limit=10_000) == picture
    with pytest.raises(PlatformFailed):
        await media.download(platform.client, media_id, limit=1000)
    with pytest.raises(PlatformFailed) as caught:
        await media.download(platform.client, "nobodys", limit=10_000)
    assert caught.value.errcode == 40007
    await platform.fault("/cgi-bin/media/get", "truncate")
    with pytest.raises((UncertainOutcome, BadMedia)):
        await media.download(platform.client, media_id, limit=10_000)


async def test_a_code_tells_who_looks_once(platform: Platform) -> None:
    url = oauth.authorize_url(
        platform.client.settings, redirect_uri="https://x.invalid/h5/entered?next=%2F", state="a&scope=evil#z"
    )
    assert url.endswith("#wechat_redirect")
    assert "state=a%26scope%3Devil%23z" in url
    with pytest.raises(EntranceFailed):
        await oauth.openid(platform.client, code="nobodys")


async def test_the_menu_is_taken_by_the_platform(platform: Platform) -> None:
    await menu.publish(platform.client, public_url="https://example.invalid")
    async with platform.http.get(platform.base + "/control/state") as response:
        names = [group["name"] for group in (await response.json())["menu"]]
    assert names == ["查计量", "我要投诉", "我的"]


async def test_we_sign_for_our_own_pages_only(platform: Platform, ids: CountingIds) -> None:
    found = await jsapi.page_config(
        platform.client,
        url="https://example.invalid/h5/#top",
        public_url="https://example.invalid",
        now=platform.clock.now(),
        ids=ids,
    )
    assert len(found.signature) == 40
    with pytest.raises(NotPermitted):
        await jsapi.page_config(
            platform.client,
            url="https://example.invalid.evil/h5/",
            public_url="https://example.invalid",
            now=platform.clock.now(),
            ids=ids,
        )


def _vectors(kind: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the shared vectors are not here"))]
    found = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(vector, id=vector["id"]) for vector in found if vector["kind"] == kind]


@pytest.mark.parametrize("vector", _vectors("jsapi"))
def test_shared_page_signatures_are_ours(vector: dict[str, str]) -> None:
    signed = jsapi.signature(
        ticket=vector["jsapi_ticket"],
        nonce=vector["noncestr"],
        timestamp=vector["timestamp"],
        url=vector["url"] + "#anywhere",
    )
    assert signed == vector["signature"]


@pytest.mark.parametrize("vector", _vectors("wxa"))
def test_the_shared_mini_program_sample_is_what_the_cipher_library_reads(vector: dict[str, str]) -> None:
    """We have no mini program; the sample guards the cipher library that our envelope stands on."""
    key, iv, sealed = (base64.b64decode(vector[name]) for name in ("session_key", "iv", "encrypted_data"))
    decryptor = Cipher(AES(key), CBC(iv)).decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    assert plain[: -plain[-1]].decode() == vector["plaintext"]
