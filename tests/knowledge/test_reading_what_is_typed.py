"""What people type becomes what they mean: pinyin, slips of the ear, subjects."""

from datetime import date

import pytest

from core.text_words import Segmenter
from knowledge.rules.dates import undated
from knowledge.rules.romanised import Romanised, train
from knowledge.rules.spelling import Spelling, load_spelling
from knowledge.rules.subjects import differ, load_subjects
from knowledge.rules.terms import load_terms
from tests.knowledge.conftest import ENTRIES


@pytest.fixture(scope="module")
def romanised() -> Romanised:
    return train(
        (phrasing for entry in ENTRIES for phrasing in entry.phrasings), (one.answer for one in ENTRIES)
    )


@pytest.fixture(scope="module")
def spelling(segmenter: Segmenter) -> Spelling:
    return load_spelling(segmenter)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jiayouji duojiu jianding yici", "加油机多久检定一次"),
        ("jiayoujiduojiujiandingyici", "加油机多久检定一次"),
        ("wo yao tou su", "我要投诉"),
        ("3jin xia zhiyou 2jin4liang 68 yijin", "3斤虾只有2斤4两68一斤"),
        ("2kg zhurou cha 30g", "2kg猪肉差30g"),
        ("加油机duojiu检定", "加油机多久检定"),
    ],
)
def test_pinyin_is_read_as_the_characters_it_means(romanised: Romanised, typed: str, meant: str) -> None:
    assert romanised.characters(typed) == meant


@pytest.mark.parametrize(
    "typed", ["hello", "iphone多少钱", "JJG443是什么", "e-CQS怎么申请", "电子秤", "banana", "ok"]
)
def test_what_is_no_pinyin_of_ours_is_left_alone(romanised: Romanised, typed: str) -> None:
    assert romanised.characters(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("加由机多久检一次", "加油机多久检一次"),
        ("公评秤在哪", "公平秤在哪"),
        ("检腚合格标志", "检定合格标志"),
        ("燃汽表用几年", "燃气表用几年"),
        ("出租车记价器", "出租车计价器"),
    ],
)
def test_a_term_written_by_ear_is_righted(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.righted(typed) == meant


@pytest.mark.parametrize(
    "typed", ["鉴定要钱吗", "检查水标准", "这是什么", "学校与旅行社的过程中", "十斤苹果"]
)
def test_words_that_only_sound_like_a_term_stay(spelling: Spelling, typed: str) -> None:
    assert spelling.righted(typed) == typed


def test_an_answer_about_another_instrument_differs_and_a_general_one_does_not() -> None:
    subjects = load_subjects()
    asked = subjects.of(["水表几年换一次"])
    assert differ(asked, subjects.of(["电表几年换一次"]))
    assert not differ(asked, subjects.of(["强制检定要交钱吗"]))
    assert not differ(asked, subjects.of(["水表、电表归谁换"]))


def test_the_longest_name_of_a_subject_counts() -> None:
    assert [one.subject.id for one in load_subjects().mentioned("公平秤和地磅")] == [
        "fair-scale",
        "truck-scale",
    ]


@pytest.mark.parametrize("text", ["加油站少给油", "卖肉的少了二两", "净含量没写"])
def test_our_terms_are_recognised(text: str) -> None:
    assert load_terms().hold(text)


@pytest.mark.parametrize("text", ["周杰伦多大了", "红烧肉怎么做", "美元汇率"])
def test_other_subjects_hold_no_term_of_ours(text: str) -> None:
    assert not load_terms().hold(text)


def test_a_named_day_is_taken_out_of_the_question() -> None:
    assert undated("去年12月投诉的要多久", date(2026, 11, 23)) == "投诉的要多久"
    assert undated("投诉的要多久", date(2026, 11, 23)) == "投诉的要多久"
