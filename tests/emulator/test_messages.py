"""Customer-service windows, typing, template messages and their receipts."""

import asyncio
from typing import Any

import pytest

from tests.emulator.stage import FISH, WANG, Stage


async def heard_receipts(stage: Stage, count: int = 1) -> list[dict[str, str]]:
    for _ in range(100):
        found = [h for h in stage.backend.heard if h.get("Event") == "TEMPLATESENDJOBFINISH"]
        if len(found) >= count:
            return found
        await asyncio.sleep(0.02)
    return found


async def test_nobody_is_written_to_before_they_spoke(stage: Stage) -> None:
    assert await stage.custom() == 45015


async def test_five_messages_answer_one_and_the_sixth_is_too_many(stage: Stage) -> None:
    await stage.say()
    assert [await stage.custom(str(i)) for i in range(6)] == [0, 0, 0, 0, 0, 45047]
    await stage.say()
    assert await stage.custom() == 0


async def test_the_window_closes_after_48_hours(stage: Stage) -> None:
    await stage.say()
    await stage.post("/control/clock", {"seconds": 48 * 3600 - 1})
    assert await stage.custom() == 0
    await stage.post("/control/clock", {"seconds": 1})
    assert await stage.custom() == 45015


async def test_a_menu_tap_opens_one_minute_and_three_messages(stage: Stage) -> None:
    await stage.act("click", key="K")
    assert [await stage.custom() for _ in range(4)] == [0, 0, 0, 45047]
    await stage.act("click", key="K")
    stage.clock.at += 60
    assert await stage.custom() == 45015


async def test_a_menu_message_shows_its_choices(stage: Stage) -> None:
    await stage.say()
    choices = [{"id": "1", "content": "有用"}, {"id": "2", "content": "没用"}]
    part = {"head_content": "这个回答", "list": choices, "tail_content": ""}
    body = {"touser": WANG, "msgtype": "msgmenu", "msgmenu": part}
    assert (await stage.call("/cgi-bin/message/custom/send", body))["errcode"] == 0
    last = (await stage.dialog())[-1]
    assert (last["type"], last["head"], last["items"]) == ("choices", "这个回答", choices)


@pytest.mark.parametrize(
    ("part", "errcode"),
    [
        ({"msgtype": "text", "text": {"content": "字" * 683}}, 45002),
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text"}, 47001),
        ({"msgtype": "dance", "dance": {}}, 40008),
        ({"msgtype": "image", "image": {"media_id": "nowhere"}}, 40007),
        ({"msgtype": "news", "news": {"articles": [{}, {}]}}, 45008),
        ({"msgtype": "msgmenu", "msgmenu": {"list": [1]}}, 47001),
    ],
)
async def test_refused_messages_name_their_fault_and_cost_nothing(
    stage: Stage, part: dict[str, Any], errcode: int
) -> None:
    await stage.say()
    answer = await stage.call("/cgi-bin/message/custom/send", {"touser": WANG, **part})
    assert answer["errcode"] == errcode
    assert [await stage.custom() for _ in range(5)] == [0] * 5


async def test_unknown_people_followers_who_left_and_blacklisted_ones_are_refused(stage: Stage) -> None:
    assert await stage.custom(openid="oNobody") == 40003
    await stage.act("unsubscribe")
    assert await stage.custom() == 43004
    report = await stage.get("/control/invariants")
    assert report["after_unsubscribe"][0]["openid"] == WANG
    await stage.post(f"/control/followers/{FISH}", {"blacklisted": True})
    assert (await stage.template())["errcode"] == 43019


async def test_typing_needs_a_recent_word_and_is_not_repeated(stage: Stage) -> None:
    async def typing(command: str) -> int:
        body = {"touser": WANG, "command": command}
        return int((await stage.call("/cgi-bin/message/custom/typing", body))["errcode"])

    assert await typing("Typing") == 45080
    await stage.say()
    assert await typing("Dance") == 45072
    assert await typing("Typing") == 0
    assert await typing("Typing") == 45081
    stage.clock.at += 15
    assert await typing("Typing") == 0
    assert await stage.custom() == 0
    assert await typing("Typing") == 0


async def test_a_template_arrives_as_a_card_and_its_receipt_follows(stage: Stage) -> None:
    answer = await stage.template(url="http://127.0.0.1/h5/devices/1")
    assert answer["errcode"] == 0
    card = (await stage.dialog(FISH))[-1]
    assert (card["title"], card["url"]) == ("计量器具检定到期提醒", "http://127.0.0.1/h5/devices/1")
    assert card["rows"][2] == {"label": "有效期至", "value": "2026年12月3日"}
    receipt = (await heard_receipts(stage))[0]
    assert (receipt["MsgID"], receipt["Status"]) == (str(answer["msgid"]), "success")
    assert "MsgId" not in receipt


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", "字" * 21),
        ("thing1", ""),
        ("thing1", "两\n行"),
        ("character_string2", "鲁A-1"),
        ("character_string2", "x" * 33),
        ("date3", "明天"),
        ("date3", "12月3日"),
        ("const4", "快了"),
        ("phrase5", "abc"),
        ("phrase5", "五个汉字呀"),
    ],
)
async def test_a_field_of_the_wrong_type_is_named(stage: Stage, key: str, value: str) -> None:
    answer = await stage.template(data={key: {"value": value}})
    assert answer["errcode"] == 47003
    assert answer["errmsg"].startswith(f"argument invalid! data.{key}.value invalid")
    assert await stage.dialog(FISH) == []


@pytest.mark.parametrize("value", ["2026年12月3日", "2026-12-03", "2026年12月3日 09:30"])
async def test_dates_are_taken_in_the_documented_forms(stage: Stage, value: str) -> None:
    assert (await stage.template(data={"date3": {"value": value}}))["errcode"] == 0


async def test_first_and_remark_are_dropped_and_unknown_fields_refused(stage: Stage) -> None:
    assert (await stage.template(data={"first": {"value": "您好"}}))["errcode"] == 0
    assert len((await stage.dialog(FISH))[-1]["rows"]) == 5
    assert "data.thing9" in (await stage.template(data={"thing9": {"value": "多"}}))["errmsg"]


async def test_unknown_templates_are_refused(stage: Stage) -> None:
    body = {"touser": FISH, "template_id": "T-none", "data": {}}
    assert (await stage.call("/cgi-bin/message/template/send", body))["errcode"] == 40037


async def test_the_same_client_msg_id_is_delivered_once_within_ten_minutes(stage: Stage) -> None:
    first = await stage.template(client_msg_id="due-1")
    second = await stage.template(client_msg_id="due-1")
    assert (second["errcode"], second["msgid"]) == (0, first["msgid"])
    other = await stage.template(openid=WANG, client_msg_id="due-1")
    assert other["msgid"] != first["msgid"]
    assert len(await stage.dialog(FISH)) == 1
    assert "delivered_once" not in (await stage.get("/control/invariants"))["broken"]


async def test_after_ten_minutes_a_repeat_goes_out_and_the_invariant_sees_it(stage: Stage) -> None:
    await stage.template(client_msg_id="due-1")
    stage.clock.at += 600
    await stage.template(client_msg_id="due-1")
    report = await stage.get("/control/invariants")
    assert report["doubled"] == [{"openid": FISH, "client_msg_id": "due-1", "deliveries": 2}]


async def test_a_follower_who_blocks_templates_gets_none_and_the_receipt_says_so(stage: Stage) -> None:
    await stage.post(f"/control/followers/{FISH}", {"blocks_templates": True})
    assert (await stage.template())["errcode"] == 0
    assert (await heard_receipts(stage))[0]["Status"] == "failed:user block"
    assert await stage.dialog(FISH) == []


async def test_a_receipt_can_come_before_the_answer_fail_or_be_lost(stage: Stage) -> None:
    await stage.post("/control/receipts", {"timing": "before", "outcome": "failed: system failed"})
    await stage.post("/control/receipts", {"timing": "lost"})
    answer = await stage.template()
    receipts = [h for h in stage.backend.heard if h.get("Event") == "TEMPLATESENDJOBFINISH"]
    assert [(r["MsgID"], r["Status"]) for r in receipts] == [(str(answer["msgid"]), "failed: system failed")]
    await stage.template()
    await asyncio.sleep(0.2)
    assert len(await heard_receipts(stage)) == 1


async def test_a_reader_waits_for_the_first_entry(stage: Stage) -> None:
    waiting = asyncio.create_task(stage.dialog(FISH, wait=5))
    await asyncio.sleep(0.05)
    await stage.template()
    assert (await waiting)[0]["type"] == "template"
