"""Short answers to a slot's question, read in context; nothing is invented."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs import slots
from bot.intents import lexicon
from complaints.rules.drafts import DraftFacts, Slot
from core.errors import AppError, InvalidInput

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EMPTY = DraftFacts()


@pytest.mark.parametrize(
    ("slot", "text", "field", "value"),
    [
        (Slot.CLAIMED, "3斤", "claimed_mg", 1_500_000),
        (Slot.CLAIMED, "买了三斤二两", "claimed_mg", 1_600_000),
        (Slot.CLAIMED, "500毫升", "claimed_ml", 500),
        (Slot.MEASURED, "只有2斤4两", "measured_mg", 1_200_000),
        (Slot.METHOD, "1", "method", "equal_accuracy"),
        (Slot.METHOD, "家里的秤", "method", "household"),
        (Slot.PRICE, "68一斤", "unit_price_cents_per_kg", 13_600),
        (Slot.PRICE, "一共付了204元", "paid_cents", 20_400),
        (Slot.BOUGHT_ON, "上周六", "bought_on", date(2026, 11, 21)),
        (Slot.DEMAND, "2", "demand", "退还差价"),
        (Slot.PRODUCT, "皮皮虾", "product", "皮皮虾"),
    ],
)
def test_an_answer_is_read(slot: Slot, text: str, field: str, value: object) -> None:
    read = slots.read(slot, text, EMPTY, now=NOW)
    assert read is not None
    assert getattr(read, field) == value


def test_a_shortage_is_taken_from_what_was_claimed() -> None:
    facts = replace(EMPTY, claimed_mg=1_500_000)
    read = slots.read(Slot.MEASURED, "少了二两", facts, now=NOW)
    assert read is not None
    assert read.measured_mg == 1_400_000


def test_a_shortage_larger_than_the_claim_is_told() -> None:
    with pytest.raises(InvalidInput, match="比买的还多"):
        slots.read(Slot.MEASURED, "少了五斤", replace(EMPTY, claimed_mg=1_500_000), now=NOW)


@pytest.mark.parametrize(("slot", "text"), [(Slot.CLAIMED, "3"), (Slot.MEASURED, "2.5"), (Slot.PRICE, "68")])
def test_a_bare_number_is_asked_back(slot: Slot, text: str) -> None:
    with pytest.raises(InvalidInput):
        slots.read(slot, text, EMPTY, now=NOW)


def test_contact_is_taken_apart_and_completed() -> None:
    first = slots.read(Slot.CONTACT, "我叫王秀英，电话13800001234", EMPTY, now=NOW)
    assert first is not None
    assert (first.contact_name, first.contact_phone) == ("王秀英", "13800001234")
    assert slots.lacking_contact(first) == "通讯地址"
    second = slots.read(Slot.CONTACT, "历下区文化东路1号", first, now=NOW)
    assert second is not None
    assert second.contact_address == "历下区文化东路1号"
    assert slots.lacking_contact(second) == ""


def test_a_correction_changes_the_slot_that_held_the_old_value() -> None:
    facts = replace(EMPTY, claimed_mg=1_500_000, measured_mg=1_200_000)
    corrected = slots.correct("不是3斤是2斤", facts, now=NOW)
    assert corrected is not None
    assert (corrected.claimed_mg, corrected.measured_mg) == (1_000_000, 1_200_000)
    assert slots.correct("天气不错", facts, now=NOW) is None


@given(slot=st.sampled_from(Slot), text=st.text(max_size=40))
def test_no_text_raises_anything_but_ours(slot: Slot, text: str) -> None:
    with suppress(AppError):
        slots.read(slot, text, replace(EMPTY, claimed_mg=1_500_000), now=NOW)
    for named in ("", "价格错了是", "日期是", "不是3斤是"):
        with suppress(AppError):
            slots.correct(named + text, replace(EMPTY, claimed_mg=1_500_000), now=NOW)
    with suppress(AppError):
        slots.beside(text, replace(EMPTY, claimed_mg=1_500_000), now=NOW)


@pytest.mark.parametrize("text", ["我要投诉老王海鲜", "投诉历下区的老王海鲜缺斤短两", "我想举报鲁通加油站"])
def test_a_wish_to_report_is_recognised(text: str) -> None:
    assert lexicon.wish(text)


@pytest.mark.parametrize(
    "text",
    [
        "投诉要什么材料",
        "举报有奖金吗",
        "投诉以后几天有信",
        "举报能匿名吗",
        "投诉书咋写",
        "举报错了咋办",
        "电子秤多久检一次",
    ],
)
def test_a_question_about_reporting_is_a_question(text: str) -> None:
    assert lexicon.wish(text) is None
