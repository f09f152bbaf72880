"""Text that people type in many ways becomes one thing to compare."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import text_pinyin, text_words
from core.text import key, normalise, number_of, pairs, units


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> text_words.Segmenter:
    return text_words.load(cache_dir=tmp_path_factory.mktemp("words"))


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("電子秤多久檢定一次？", "电子秤多久检定一次"),
        ("３斤２两，少了0.30％！", "3斤2两 少了0.30%"),
        ("  KG 和 ｋｇ ", "kg 和 kg"),
        ("a_b... 3.", "a b 3"),
        ("", ""),
    ],
)
def test_width_script_case_and_punctuation_do_not_matter(typed: str, compared: str) -> None:
    assert normalise(typed) == compared


@given(st.text())
def test_normalising_twice_changes_nothing_more(typed: str) -> None:
    once = normalise(typed)
    assert key(once) == key(typed)


def test_two_spellings_of_a_question_share_a_key() -> None:
    assert key("加油机 多久检一次？") == key("加油機多久檢一次")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十二", 12),
        ("一百二", 120),
        ("一百零五", 105),
        ("三千六", 3600),
        ("一万二", 12000),
        ("二〇二六", 2026),
        ("两", 2),
    ],
)
def test_chinese_numerals_are_numbers(numeral: str, value: int) -> None:
    assert number_of(numeral) == value


@pytest.mark.parametrize("word", ["万一", "百", "千万", "称", ""])
def test_words_that_look_like_numerals_stay_words(word: str) -> None:
    assert number_of(word) is None


@given(st.integers(min_value=0, max_value=9999))
def test_every_spelled_number_below_ten_thousand_is_read_back(number: int) -> None:
    assert number_of(_spelled(number)) == number


def _spelled(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    said, gap = "", False
    for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            said += ("零" if gap and said else "") + digits[digit] + mark
            gap = False
        elif said:
            gap = True
    return said


def test_units_are_characters_numbers_and_latin_runs() -> None:
    assert units("3.5斤gu piao") == ["3.5", "斤", "gu", "piao"]
    assert pairs(["电", "子", "秤"]) == ["电子", "子秤"]
    assert pairs(["秤"]) == ["秤"]


def test_our_terms_are_words(segmenter: text_words.Segmenter) -> None:
    assert "缺斤少两" in segmenter.words("买菜遇到缺斤少两怎么办")
    assert "充电桩" in segmenter.words("充电桩多久检定一次")


def test_long_words_also_give_the_words_inside_them(segmenter: text_words.Segmenter) -> None:
    found = segmenter.search_words("加油站的加油机")
    assert {"加油站", "加油机", "加油"} <= set(found)


def test_numerals_and_digits_are_the_same_word(segmenter: text_words.Segmenter) -> None:
    assert segmenter.words("罚款 十二") == segmenter.words("罚款 12")


@given(st.text(alphabet="秤的加油机电表3.5斤ab多久检 ", max_size=30))
def test_words_together_hold_every_character(typed: str) -> None:
    plain = normalise(typed)
    cut = "".join(SHARED.words(plain))
    assert cut == "".join(units(plain))


SHARED = text_words.load()


def test_the_kept_table_is_private_and_gives_the_same_words(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first = text_words.load(cache_dir=folder)
    again = text_words.load(cache_dir=folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert first.search_words("公平秤复秤少了三两") == again.search_words("公平秤复秤少了三两")


def test_a_broken_table_is_made_again(tmp_path: Path) -> None:
    text_words.load(cache_dir=tmp_path)
    (kept,) = tmp_path.glob("words-*")
    kept.write_bytes(b"broken")
    assert text_words.load(cache_dir=tmp_path).words("公平秤") == ["公平秤"]


def test_typed_pinyin_and_homophones_sound_like_the_word() -> None:
    assert text_pinyin.reading("股piao") == text_pinyin.reading("股票") == ["gu", "piao"]
    assert text_pinyin.reading("dianzicheng") == text_pinyin.reading("电子秤")
    assert text_pinyin.reading("电子称") == text_pinyin.reading("电子秤")


def test_latin_words_that_are_no_pinyin_stay_whole() -> None:
    assert text_pinyin.split("wifi") == ("wifi",)
    assert text_pinyin.split("fangan") == ("fang", "an")
