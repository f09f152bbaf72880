"""Callbacks: signatures, envelopes by mode, deadline, retries, variants."""

import asyncio

import pytest
from aiohttp import web

from emulator.settings import Mode
from tests.emulator.stage import ACCOUNT, WANG, Backend, Stage, Staging, echo, reply_xml, sealed


async def slow(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
    await asyncio.sleep(2)
    return await echo(backend, fields, request)


async def slow_first(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
    if len(backend.heard) == 1:
        await asyncio.sleep(2)
    return await echo(backend, fields, request)


async def slower_first(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
    if len(backend.heard) == 1:
        await asyncio.sleep(0.2)
    return await echo(backend, fields, request)


async def counting(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
    text = reply_xml(fields, ("MsgType", "text"), ("Content", f"第{len(backend.heard)}次"))
    return web.Response(text=sealed(backend, text, request) if backend.seal else text)


@pytest.mark.parametrize("mode", list(Mode))
async def test_a_text_reaches_the_backend_and_its_reply_the_dialog_in_every_mode(
    staging: Staging, mode: Mode
) -> None:
    stage = await staging(mode)
    push = await stage.say("3斤 & <虾> ]]> 完")
    assert push["faults"] == []
    assert stage.backend.heard[0]["Content"] == "3斤 & <虾> ]]> 完"
    assert stage.backend.heard[0]["ToUserName"] == ACCOUNT
    assert [(e["side"], e["text"]) for e in await stage.dialog()] == [
        ("mine", "3斤 & <虾> ]]> 完"),
        ("theirs", "收到3斤 & <虾> ]]> 完"),
    ]


@pytest.mark.parametrize(("mode", "readable"), [(Mode.PLAIN, True), (Mode.COMPAT, True), (Mode.SAFE, False)])
async def test_only_safe_mode_hides_the_text(staging: Staging, mode: Mode, readable: bool) -> None:
    stage = await staging(mode)
    await stage.say("秘密")
    assert ("秘密".encode() in stage.backend.bodies[0]) is readable
    assert (b"<Encrypt>" in stage.backend.bodies[0]) is (mode is not Mode.PLAIN)
    assert ("encrypt_type=aes" in stage.backend.urls[0]) is (mode is not Mode.PLAIN)


async def test_a_silent_backend_is_tried_four_times_with_the_identical_body(staging: Staging) -> None:
    stage = await staging(Mode.SAFE, slow)
    push = await stage.say()
    assert [a["error"] for a in push["attempts"]] == ["timeout"] * 4
    assert len(set(stage.backend.bodies)) == 1
    assert len(set(stage.backend.urls)) == 1
    notice = (await stage.dialog())[-1]
    assert (notice["side"], notice["text"]) == ("notice", "该公众号暂时无法提供服务，请稍后再试")


async def test_a_late_answer_is_ignored_and_the_second_try_counts(staging: Staging) -> None:
    stage = await staging(Mode.PLAIN, slow_first)
    push = await stage.say("在吗")
    assert len(push["attempts"]) == 2
    assert [e["side"] for e in await stage.dialog()] == ["mine", "theirs"]


async def test_a_backend_that_is_away_is_tried_four_times(stage: Stage) -> None:
    stage.backend.answering = slow
    push = await stage.say()
    assert push["delivered"] is False
    assert len(push["attempts"]) == 4


async def test_an_overlapping_retry_comes_while_the_first_still_runs(staging: Staging) -> None:
    stage = await staging(Mode.SAFE, slower_first)
    push = await stage.say(variant="overlap")
    assert len(push["attempts"]) == 2
    assert push["consistent"] is True
    assert len([e for e in await stage.dialog() if e["side"] == "theirs"]) == 1


async def test_a_duplicate_that_is_answered_differently_is_seen(staging: Staging) -> None:
    stage = await staging(Mode.SAFE, counting)
    push = await stage.say(variant="duplicate")
    assert push["consistent"] is False
    report = await stage.get("/control/invariants")
    assert "same_answer_to_retries" in report["broken"]


async def test_wrong_signatures_are_wrong(stage: Stage) -> None:
    push = await stage.say(variant="wrong_signature")
    assert push["attempts"][0]["status"] == 403
    assert stage.backend.heard == []


async def test_a_stale_timestamp_is_an_hour_old_and_honestly_signed(stage: Stage) -> None:
    await stage.say(variant="stale_timestamp")
    assert f"timestamp={int(stage.clock.at) - 3600}" in stage.backend.urls[0]


async def test_the_virtual_clock_does_not_move_the_signed_time(stage: Stage) -> None:
    await stage.post("/control/clock", {"seconds": 7200})
    await stage.say()
    assert f"timestamp={int(stage.clock.at)}" in stage.backend.urls[0]
    assert stage.backend.heard[0]["CreateTime"] == str(int(stage.clock.at) + 7200)


@pytest.mark.parametrize(
    ("variant", "field"), [("no_msg_id", "MsgId"), ("unknown_event", "Content"), ("unknown_event", "MsgId")]
)
async def test_variants_leave_fields_out(stage: Stage, variant: str, field: str) -> None:
    await stage.say(variant=variant)
    assert field not in stage.backend.heard[0]


@pytest.mark.parametrize("variant", ["old_key", "unknown_key", "wrong_app_id"])
async def test_hostile_envelopes_do_not_open_with_the_current_key(staging: Staging, variant: str) -> None:
    stage = await staging(Mode.SAFE)
    push = await stage.say(variant=variant)
    assert push["attempts"][0]["status"] == 500


@pytest.mark.parametrize(
    ("variant", "head"), [("json", b'{"ToUserName"'), ("doctype", b"<!DOCTYPE"), ("oversize", b"<xml>")]
)
async def test_bodies_can_be_of_another_kind(stage: Stage, variant: str, head: bytes) -> None:
    await stage.say(variant=variant)
    assert stage.backend.bodies[0].startswith(head)


async def test_an_oversize_body_exceeds_two_megabytes(stage: Stage) -> None:
    await stage.say(variant="oversize")
    assert len(stage.backend.bodies[0]) > 2 * 1024 * 1024


async def test_message_numbers_rise_and_begin_at_the_clock(stage: Stage) -> None:
    await stage.say("一")
    await stage.say("二")
    first, second = (int(heard["MsgId"]) for heard in stage.backend.heard)
    assert int(stage.clock.at * 1000) * 1_000_000 < first < second < 2**63


async def test_events_carry_what_they_should(stage: Stage) -> None:
    await stage.act("click", key="M_REPORT")
    await stage.act("view", url="http://127.0.0.1/h5/")
    await stage.act("unsubscribe")
    await stage.act("subscribe")
    await stage.act("scan", scene="stall-31")
    seen = [(h["Event"], h["EventKey"], "MsgId" in h) for h in stage.backend.heard]
    assert seen == [
        ("CLICK", "M_REPORT", False),
        ("VIEW", "http://127.0.0.1/h5/", False),
        ("unsubscribe", "", False),
        ("subscribe", "", False),
        ("SCAN", "stall-31", False),
    ]


async def test_scanning_while_not_following_subscribes_with_the_scene(stage: Stage) -> None:
    await stage.act("unsubscribe")
    await stage.act("scan", scene="stall-31")
    assert stage.backend.heard[-1]["Event"] == "subscribe"
    assert stage.backend.heard[-1]["EventKey"] == "qrscene_stall-31"
    assert stage.backend.heard[-1]["Ticket"]


async def test_who_does_not_follow_cannot_speak(stage: Stage) -> None:
    await stage.act("unsubscribe")
    assert (await stage.say())["errcode"] == 43004


async def test_a_tap_on_a_menu_message_is_a_text_with_its_id(stage: Stage) -> None:
    await stage.say("有用", menu_id="fb:1")
    assert stage.backend.heard[0]["Content"] == "有用"
    assert stage.backend.heard[0]["bizmsgmenuid"] == "fb:1"


async def test_voice_location_and_link_have_their_fields(stage: Stage) -> None:
    async with stage.http.post(
        f"{stage.base}/control/media?type=voice", data=b"#!AMR\n", headers={"Content-Type": "audio/amr"}
    ) as response:
        media_id = (await response.json())["media_id"]
    await stage.act("voice", media_id=media_id)
    await stage.act("location", latitude="36.67", longitude="117.02", label="历下区文化西路")
    await stage.act("link", title="网页", url="http://example.com/")
    voice, place, link = stage.backend.heard
    assert (voice["MediaId"], voice["Format"], voice["Recognition"]) == (media_id, "amr", "")
    assert (place["Location_X"], place["Label"]) == ("36.67", "历下区文化西路")
    assert link["Url"] == "http://example.com/"


@pytest.mark.parametrize("good", [True, False])
async def test_url_verification_passes_a_backend_that_checks(stage: Stage, good: bool) -> None:
    report = await stage.post("/control/verify", {"good": good})
    assert report["passed"] is True
    assert report["echoed"] is good


async def test_wrong_orders_are_refused_with_the_reason(stage: Stage) -> None:
    answer = await stage.act("dance")
    assert "dance" in str(answer["error"])
    async with stage.http.post(f"{stage.base}/control/reset", data="{}") as response:
        assert response.status == 415
    assert (await stage.say(openid=WANG + "x"))["errcode"] == 40003
