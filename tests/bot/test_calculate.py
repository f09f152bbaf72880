"""The sums of the chat: what is worked out, in which numbers, and what only looks like a sum."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs import calculate
from bot.dialogs.sums.said import completed
from bot.turns import Kind
from complaints.rules.drafts import from_json

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SPOKEN = [
    json.loads(line)
    for line in Path(__file__).with_name("sums.jsonl").read_text(encoding="utf-8").splitlines()
]
LONGEST = 380
TITLE = re.compile("《[^》]*》")
NEVER = ("违法", "一定能", "必须赔", "处罚", "！", "None", "Decimal", "E+")


@pytest.mark.parametrize("row", SPOKEN, ids=lambda row: str(row["text"])[:24])
def test_a_spoken_question_is_worked_out_or_left_alone(row: dict[str, Any]) -> None:
    turn = calculate.turn(row["text"], now=NOW)
    if row["kind"] is None:
        assert turn is None, turn.reply.text
        return
    assert turn is not None
    text = turn.reply.text
    assert turn.kind is Kind.CALCULATION
    assert text.startswith("初步计算：")
    assert [words for words in row.get("must", []) if words not in text] == [], text
    said = TITLE.sub("", text)
    assert [words for words in (*row.get("never", []), *NEVER) if words in said] == [], text
    assert len(text) <= LONGEST, text
    assert "\n\n" not in text


def test_the_set_is_large_and_names_every_kind_of_sum() -> None:
    worked = [row for row in SPOKEN if row["kind"]]
    assert len(worked) >= 100
    assert len(SPOKEN) - len(worked) >= 25


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("标10克实称9.97", "标10克实称9.97克"),
        ("500克瓜子只有480", "500克瓜子只有480克"),
        ("打车10公里表显10.3", "打车10公里表显10.3公里"),
        ("3斤虾只有4", "3斤虾只有4"),
        ("2斤虾只有3只", "2斤虾只有3只"),
        ("3斤虾回家只有2斤4两68一斤", "3斤虾回家只有2斤4两68一斤"),
        ("买3斤花了60块", "买3斤花了60块"),
    ],
)
def test_a_number_said_after_weighing_again_takes_the_unit_before_it(text: str, read: str) -> None:
    assert completed(text) == read


def test_a_sum_about_a_purchase_can_become_a_complaint() -> None:
    turn = calculate.turn("老王海鲜的3斤虾回家只有2斤4两，68一斤", now=NOW)
    assert turn is not None
    facts = from_json(dict(turn.topic.facts))
    assert (facts.merchant_name, facts.claimed_mg, facts.measured_mg) == ("老王海鲜", 1_500_000, 1_200_000)
    assert facts.unit_price_cents_per_kg == 13_600
    assert [chip.say for chip in turn.reply.chips] == ["用这些信息投诉"]


@pytest.mark.parametrize(
    ("before", "then", "must"),
    [
        ("2公斤猪肉差30克算缺斤少两吗", "28一斤", "按单价（第3档"),
        ("3斤白菜少了一两", "用公平秤称的", "（2斤9两），公平秤"),
        ("猪肉少称了七八克", "买了3斤", "结算 1,500 克"),
        ("6公斤的秤称2公斤允许误差多少", "e=2g", "检定时 ±2 克"),
        ("少了半斤螃蟹90一斤能赔多少", "一共付了300块", "¥900.00"),
        ("加油少给了半升算不算超", "加了50升", "+1.00%"),
    ],
)
def test_a_missing_thing_said_next_completes_the_sum(before: str, then: str, must: str) -> None:
    first = calculate.turn(before, now=NOW)
    assert first is not None
    assert must not in first.reply.text
    second = calculate.turn(then, now=NOW, before=first.topic.sum)
    assert second is not None
    assert must in second.reply.text, second.reply.text


@pytest.mark.parametrize("then", ["老王海鲜", "电子秤多久检一次", "我知道了", "那怎么投诉", "5两是多少克"])
def test_what_adds_nothing_does_not_repeat_the_sum(then: str) -> None:
    first = calculate.turn("2公斤猪肉差30克算缺斤少两吗", now=NOW)
    assert first is not None
    second = calculate.turn(then, now=NOW, before=first.topic.sum)
    assert second is None or "猪肉" not in second.reply.text


def test_a_conversion_keeps_no_facts_and_offers_no_complaint() -> None:
    turn = calculate.turn("5两是多少克", now=NOW)
    assert turn is not None
    assert (turn.topic.facts, turn.reply.chips) == ({}, ())


@pytest.mark.parametrize("row", [row for row in SPOKEN if row["kind"]], ids=lambda row: str(row["text"])[:24])
def test_every_law_a_sum_names_is_one_we_know(row: dict[str, Any], known_laws: frozenset[str]) -> None:
    turn = calculate.turn(row["text"], now=NOW)
    assert turn is not None
    assert {cite.law for cite in turn.citations} <= known_laws


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    calculate.turn(text, now=NOW)


WORDS = str.split(
    "一 两 3 2.5 半 十 百 0 99999999999 斤 两 克 公斤 升 毫升 米 亩 盎司 元 块 一斤 多少 几 是 少了 差 只有 标 袋 只 抽 秤 e= 最大称量 加油 打车 公里 水表 方 批量 "
    "抽10件 检的 什么时候到期 2025年 3月 32日 赔多少 虾 金项链 猪肉 药片 允许 误差 公平秤 七八 多 不到 的 ， 1/3 和 换算 对吗 -"
)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_no_mixture_of_our_own_words_raises_and_every_answer_is_a_first_calculation(text: str) -> None:
    turn = calculate.turn(text, now=NOW)
    assert turn is None or turn.reply.text.startswith("初步计算：")
