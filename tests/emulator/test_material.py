"""Media, menu, codes, OAuth2, faults."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest
from PIL import Image
from yarl import URL

from emulator import qr
from tests.emulator.stage import APP_ID, FISH, SECRET, WANG, Stage


def photo(size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 60, 60)).save(out, "JPEG")
    return out.getvalue()


async def send_photo(stage: Stage, body: bytes) -> Any:
    headers = {"Content-Type": "image/jpeg"}
    async with stage.http.post(
        f"{stage.base}/control/photo?openid={WANG}", data=body, headers=headers
    ) as response:
        return await response.json()


async def upload(stage: Stage, body: bytes, kind: str = "image") -> dict[str, Any]:
    form = aiohttp.FormData()
    form.add_field("media", body, filename="a.jpg", content_type="image/jpeg")
    url = f"{stage.base}/cgi-bin/media/upload?access_token={await stage.token()}&type={kind}"
    async with stage.http.post(url, data=form) as response:
        return dict(await response.json(content_type=None))


async def download(stage: Stage, media_id: str) -> aiohttp.ClientResponse:
    url = f"{stage.base}/cgi-bin/media/get?access_token={await stage.token()}&media_id={media_id}"
    return await stage.http.get(url)


async def test_a_photo_of_a_citizen_can_be_fetched_by_its_id_and_address(stage: Stage) -> None:
    body = photo()
    assert (await send_photo(stage, body))["faults"] == []
    heard = stage.backend.heard[0]
    async with await download(stage, heard["MediaId"]) as response:
        assert await response.read() == body
        assert response.content_type == "image/jpeg"
        assert "attachment" in response.headers["Content-Disposition"]
    async with stage.http.get(f"{stage.base}/mmbiz/{heard['MediaId']}") as response:
        assert await response.read() == body


async def test_media_end_after_three_days_with_json_and_status_200(stage: Stage) -> None:
    media_id = (await upload(stage, photo()))["media_id"]
    stage.clock.at += 3 * 86_400 + 1
    async with await download(stage, media_id) as response:
        assert response.status == 200
        assert (await response.json())["errcode"] == 40007


@pytest.mark.parametrize("media_id", ["nowhere", "../secret", "..", "a/b"])
async def test_unknown_media_are_refused(stage: Stage, media_id: str) -> None:
    async with await download(stage, media_id) as response:
        assert (await response.json())["errcode"] == 40007


@pytest.mark.parametrize(
    ("body", "kind", "errcode"),
    [
        (b"<svg/>", "image", 40005),
        (photo(), "dance", 40004),
        (b"", "image", 41005),
        (photo(), "voice", 40005),
    ],
)
async def test_wrong_uploads_are_refused(stage: Stage, body: bytes, kind: str, errcode: int) -> None:
    assert (await upload(stage, body, kind))["errcode"] == errcode


async def test_a_thumb_above_64_kilobytes_is_too_large(stage: Stage) -> None:
    assert (await upload(stage, photo() + b"\0" * 65_536, "thumb"))["errcode"] == 40006


async def test_a_menu_is_kept_given_back_and_deleted(stage: Stage) -> None:
    menu = {"button": [{"name": "查计量", "sub_button": [{"type": "click", "name": "查秤", "key": "K1"}]}]}
    assert (await stage.call("/cgi-bin/menu/create", menu))["errcode"] == 0
    assert (await stage.get("/cgi-bin/menu/get", access_token=await stage.token()))["menu"] == menu
    await stage.get("/cgi-bin/menu/delete", access_token=await stage.token())
    assert (await stage.get("/cgi-bin/menu/get", access_token=await stage.token()))["errcode"] == 46003


@pytest.mark.parametrize(
    ("buttons", "errcode"),
    [
        ([{"type": "click", "name": str(i), "key": "K"} for i in range(4)], 40016),
        ([{"type": "dance", "name": "舞", "key": "K"}], 40017),
        ([{"type": "click", "name": "六个字的名字", "key": "K"}], 40018),
        ([{"type": "click", "name": "无"}], 40019),
        ([{"type": "view", "name": "网页", "url": "javascript:alert(1)"}], 40020),
        ([{"name": "多", "sub_button": [{"type": "click", "name": "子", "key": "K"}] * 6}], 40023),
    ],
)
async def test_a_wrong_menu_is_refused(stage: Stage, buttons: list[Any], errcode: int) -> None:
    assert (await stage.call("/cgi-bin/menu/create", {"button": buttons}))["errcode"] == errcode


async def test_a_code_is_scanned_until_it_expires_and_shown_as_a_picture(stage: Stage) -> None:
    order = {
        "expire_seconds": 600,
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": "stall-7"}},
    }
    code = await stage.call("/cgi-bin/qrcode/create", order)
    async with stage.http.get(
        f"{stage.base}/cgi-bin/showqrcode", params={"ticket": code["ticket"]}
    ) as response:
        side = Image.open(BytesIO(await response.read())).size[0]
    assert side == (len(qr.matrix(code["url"])) + 8) * 10
    await stage.act("scan", ticket=code["ticket"])
    assert stage.backend.heard[-1]["EventKey"] == "stall-7"
    assert stage.backend.heard[-1]["Ticket"] == code["ticket"]
    stage.clock.at += 600
    assert (await stage.act("scan", ticket=code["ticket"]))["errcode"] == 40097


async def test_user_info_has_no_name_and_tells_who_left(stage: Stage) -> None:
    info = await stage.get("/cgi-bin/user/info", access_token=await stage.token(), openid=WANG)
    assert (info["subscribe"], info["openid"], "nickname" in info) == (1, WANG, False)
    await stage.act("unsubscribe")
    info = await stage.get("/cgi-bin/user/info", access_token=await stage.token(), openid=WANG)
    assert info == {"subscribe": 0, "openid": WANG}


async def test_a_jsapi_ticket_stays_for_two_hours(stage: Stage) -> None:
    async def ticket() -> str:
        answer = await stage.get("/cgi-bin/ticket/getticket", access_token=await stage.token(), type="jsapi")
        return str(answer["ticket"])

    first = await ticket()
    assert await ticket() == first
    stage.clock.at += 7200
    assert await ticket() != first


async def authorize(stage: Stage, **change: str) -> aiohttp.ClientResponse:
    query = {
        "appid": APP_ID,
        "redirect_uri": f"{stage.backend_base}/h5/in?next=%2Fh5%2F",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s/1&x",
    }
    return await stage.http.get(
        f"{stage.base}/connect/oauth2/authorize", params=query | change, allow_redirects=False
    )


async def exchange(stage: Stage, code: str) -> dict[str, Any]:
    query = {"appid": APP_ID, "secret": SECRET, "code": code, "grant_type": "authorization_code"}
    return dict(await stage.get("/sns/oauth2/access_token", **query))


async def code_of(response: aiohttp.ClientResponse) -> str:
    assert response.status == 302
    location = URL(response.headers["Location"])
    assert location.query["state"] == "s/1&x"
    assert location.query["next"] == "/h5/"
    return location.query["code"]


async def test_the_follower_who_looks_is_known_without_a_question(stage: Stage) -> None:
    code = await code_of(await authorize(stage, _follower=WANG))
    assert (await exchange(stage, code))["openid"] == WANG
    assert (await exchange(stage, code))["errcode"] == 40163


async def test_the_phone_page_says_who_looks_and_lets_the_other_ones_cookie_go(stage: Stage) -> None:
    stage.http.cookie_jar.clear()
    async with stage.http.post(f"{stage.base}/phone/look", json={"openid": FISH}) as response:
        cookies = {name: dict(value) for name, value in response.cookies.items()}
    assert cookies["h5"]["path"] == "/h5"
    assert cookies["h5"]["max-age"] == "0"
    headers = {"Cookie": f"emulator_follower={FISH}"}
    query = {
        "appid": APP_ID,
        "redirect_uri": stage.backend_base,
        "response_type": "code",
        "scope": "snsapi_base",
    }
    async with stage.http.get(
        f"{stage.base}/connect/oauth2/authorize", params=query, headers=headers, allow_redirects=False
    ) as response:
        code = URL(response.headers["Location"]).query["code"]
    assert (await exchange(stage, code))["openid"] == FISH


async def test_a_code_ends_after_five_minutes_and_unknown_ones_are_invalid(stage: Stage) -> None:
    code = await code_of(await authorize(stage, _follower=WANG))
    stage.clock.at += 300
    assert (await exchange(stage, code))["errcode"] == 40029
    assert (await exchange(stage, "nonsense"))["errcode"] == 40029


@pytest.mark.parametrize(
    "change",
    [
        {"appid": "wx0"},
        {"redirect_uri": "http://evil.example/"},
        {"scope": "snsapi_userinfo"},
        {"_follower": "oNobody"},
    ],
)
async def test_a_wrong_authorisation_is_a_page_and_no_redirect(stage: Stage, change: dict[str, str]) -> None:
    async with await authorize(stage, **{"_follower": WANG, **change}) as response:
        assert response.status == 400


async def order(stage: Stage, path: str, kind: str, **more: Any) -> None:
    await stage.post("/control/faults", {"path": path, "kind": kind, **more})


IPS = "/cgi-bin/getcallbackip"


async def test_an_ordered_errcode_comes_for_the_next_calls_only(stage: Stage) -> None:
    await order(stage, IPS, "errcode", errcode=45009, times=2)
    codes = [(await stage.get(IPS, access_token=await stage.token())).get("errcode") for _ in range(3)]
    assert codes == [45009, 45009, None]


@pytest.mark.parametrize(
    ("kind", "status", "head"),
    [("status", 502, "upstream"), ("html", 200, "<html>"), ("garbage", 200, '{"err')],
)
async def test_answers_can_be_spoiled(stage: Stage, kind: str, status: int, head: str) -> None:
    await order(stage, IPS, kind)
    async with stage.http.get(stage.base + IPS) as response:
        assert response.status == status
        assert (await response.text()).startswith(head)


async def test_a_reset_after_accepting_has_done_its_work(stage: Stage) -> None:
    await order(stage, "/cgi-bin/message/template/send", "reset_after")
    with pytest.raises(aiohttp.ClientError):
        await stage.template(client_msg_id="due-9")
    assert len(await stage.dialog(FISH)) == 1
    again = await stage.template(client_msg_id="due-9")
    assert again["errcode"] == 0
    assert len(await stage.dialog(FISH)) == 1


async def test_a_truncated_medium_breaks_off(stage: Stage) -> None:
    media_id = (await upload(stage, photo((400, 300))))["media_id"]
    await order(stage, "/cgi-bin/media/get", "truncate")
    with pytest.raises(aiohttp.ClientError):
        async with await download(stage, media_id) as response:
            await response.read()


async def test_a_slow_medium_arrives_whole(stage: Stage) -> None:
    body = photo((400, 300))
    media_id = (await upload(stage, body))["media_id"]
    await order(stage, "/cgi-bin/media/get", "slow", delay_s=0.05)
    async with await download(stage, media_id) as response:
        assert await response.read() == body


async def test_a_reset_begins_anew(stage: Stage) -> None:
    await stage.say()
    await order(stage, IPS, "html")
    await stage.post("/control/reset", {})
    assert await stage.dialog() == []
    assert (await stage.get("/control/state"))["faults"] == []
    assert await stage.custom() == 45015
