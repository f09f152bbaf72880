"""Half a question is put together with the one before; what stands on its own is not."""

import pytest

from bot.intents import followups, lexicon, questions
from core.text import key

LAST = "电子秤多久检一次"


@pytest.mark.parametrize(
    ("typed", "before", "meant"),
    [
        ("那加油机呢", LAST, "加油机多久检一次"),
        ("水表呢？", LAST, "水表多久检一次"),
        ("要钱吗", LAST, "电子秤检定要钱吗"),
        ("那要罚多少", LAST, "电子秤检定要罚多少"),
        ("那举报呢", "投诉几天有结果", "举报几天有结果"),
        ("加油机", "检定要多少钱", "加油机检定要多少钱"),
    ],
)
def test_half_a_question_is_completed(typed: str, before: str, meant: str) -> None:
    assert next(followups.completed(typed, before)) == meant


@pytest.mark.parametrize(
    "typed",
    ["举报可以匿名吗", "加油机的误差是多少", "谢谢", "电子秤呢", "", "我昨天在历下区买了三斤皮皮虾少了半斤"],
)
def test_a_whole_message_is_left_alone(typed: str) -> None:
    assert list(followups.completed(typed, LAST)) == []


def test_nothing_is_completed_without_a_question_before() -> None:
    assert list(followups.completed("那加油机呢", "")) == []


@pytest.mark.parametrize("typed", ["1", "①", "一", "第一个", "选1", "1.", "第1个"])
def test_a_choice_is_typed_in_many_ways(typed: str) -> None:
    assert lexicon.choice(key(typed)) == 0


@pytest.mark.parametrize("typed", ["一斤", "11", "第一次来", "4"])
def test_what_is_no_choice_is_none(typed: str) -> None:
    assert lexicon.choice(typed) is None


def test_two_questions_are_parted_and_a_story_is_left_out() -> None:
    assert questions.parts("加油机多久检一次？水表几年换？") == ["加油机多久检一次", "水表几年换"]
    assert questions.parts("我昨天去加油，觉得不对，想问一下加油机多久检一次？") == ["加油机多久检一次"]
    assert questions.parts("加油机多久检一次") == []
