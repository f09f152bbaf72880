"""Messages in and replies out: keys that tell retries from news, words that cannot break the markup."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Chip, Inbound, InboundKind, Link, Reply
from bot.wechat.envelope import Opened
from bot.wechat.parsing import inbound
from bot.wechat.replies import LARGEST_TEXT, as_text, cut, render

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ASKED = Inbound(key="o1:7", openid="o1", kind=InboundKind.TEXT, facts={"ToUserName": "gh_1"})


def read(**fields: str | int) -> Inbound:
    given = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 5, "MsgType": "text", **fields}
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value != "")
    return inbound(Opened(f"<xml>{inner}</xml>".encode(), is_json=False, seal=str))


def test_a_text_is_told_apart_by_its_number_and_sender() -> None:
    found = read(Content="您好", MsgId=7)
    assert (found.key, found.kind, found.text, found.openid) == ("o1:7", InboundKind.TEXT, "您好", "o1")
    assert found.facts["ToUserName"] == "gh_1"


def test_two_people_may_have_the_same_number() -> None:
    assert read(MsgId=7).key != read(MsgId=7, FromUserName="o2").key


def test_events_are_told_apart_by_moment_and_name() -> None:
    click = {"MsgType": "event", "Event": "CLICK", "EventKey": "ask"}
    assert read(**click).key == read(**click).key
    keys = {
        read(**click).key,
        read(**click, CreateTime=6).key,
        read(**{**click, "EventKey": "report"}).key,
        read(**{**click, "Event": "VIEW"}).key,
        read(**click, FromUserName="o2").key,
    }
    assert len(keys) == 5


def test_two_receipts_of_one_second_are_two() -> None:
    event = {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "Status": "success"}
    first, second = read(**event, MsgID=1), read(**event, MsgID=2)
    assert first.key != second.key
    assert (first.event, first.facts["MsgID"], first.facts["Status"]) == (
        "templatesendjobfinish",
        "1",
        "success",
    )


def test_messages_without_a_number_are_told_apart_by_what_they_say() -> None:
    assert read(Content="a").key == read(Content="a").key
    assert read(Content="a").key != read(Content="b").key


@pytest.mark.parametrize("number", ["abc", "9" * 5000, "0"])
def test_an_odd_number_makes_a_key_that_fits(number: str) -> None:
    assert len(read(MsgId=number, Content="a").key) <= 128


def test_an_odd_moment_does_no_harm() -> None:
    assert read(CreateTime=str(10**30), MsgType="event", Event="SCAN", EventKey="3").event_key == "3"


def test_photographs_places_and_voices_have_their_fields() -> None:
    assert read(MsgType="image", MediaId="m", PicUrl="u", MsgId=1).media_id == "m"
    place = read(MsgType="location", Location_X="36.6", Location_Y="117", Label="大明湖", MsgId=1)
    assert (place.latitude, place.longitude, place.text) == ("36.6", "117", "大明湖")
    assert read(MsgType="voice", MediaId="m", Recognition="三斤虾", MsgId=1).text == "三斤虾"


def test_unknown_types_and_events_are_taken() -> None:
    assert read(MsgType="hologram", MsgId=1).kind is InboundKind.OTHER
    assert read(MsgType="event", Event="debug_demo", debug_str="hi").facts["debug_str"] == "hi"


def test_the_scene_of_a_code_is_the_same_for_old_and_new_followers() -> None:
    new = read(MsgType="event", Event="subscribe", EventKey="qrscene_42", Ticket="t")
    old = read(MsgType="event", Event="SCAN", EventKey="42", Ticket="t")
    assert new.event_key == old.event_key == "42"


def parsed(reply: Reply) -> dict[str, Any]:
    root = ET.fromstring(render(reply, ASKED, NOW))  # noqa: S314 (our own output)
    assert len(root) == len({child.tag for child in root}) == 5
    return {child.tag: child.text or "" for child in root}


def test_a_reply_goes_back_to_its_sender() -> None:
    found = parsed(Reply("您好"))
    assert (found["ToUserName"], found["FromUserName"], found["MsgType"]) == ("o1", "gh_1", "text")
    assert (found["CreateTime"], found["Content"]) == (str(int(NOW.timestamp())), "您好")


@given(st.text(max_size=1500), st.lists(st.text(min_size=1, max_size=30), max_size=6))
def test_no_words_break_the_markup_or_exceed_the_size(text: str, says: list[str]) -> None:
    reply = Reply(
        text, chips=tuple(Chip(say, say) for say in says), links=(Link("看", "https://x/?a=1&b=2"),)
    )
    found = parsed(reply)
    assert found["MsgType"] == "text"
    assert len(found["Content"].encode()) <= LARGEST_TEXT


def test_an_injected_element_stays_words() -> None:
    attack = "]]></Content><MsgType>news</MsgType><Content><![CDATA["
    assert parsed(Reply(attack))["Content"] == attack


def test_what_can_be_tapped_survives_long_words() -> None:
    text = as_text(Reply("秤" * 3000, chips=(Chip("我要投诉", "我要投诉"),)))
    assert text.endswith("我要投诉</a>")
    assert "msgmenucontent=%E6%88%91%E8%A6%81" in text
    assert len(text.encode()) <= LARGEST_TEXT


@given(st.text(max_size=200), st.integers(3, 100))
def test_a_cut_never_splits_a_character(text: str, largest: int) -> None:
    found = cut(text, largest)
    assert len(found.encode()) <= largest
    assert text.startswith(found.removesuffix("…").rstrip()) or found == text
