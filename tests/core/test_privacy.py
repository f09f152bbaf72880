"""Sealed fields open only where they were sealed; masks hide what points at a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import SystemIds
from core.privacy import (
    _IDENTITY,
    _OPENID,
    _PHONE,
    UnreadableField,
    Vault,
    masked_name,
    masked_phone,
    masked_text,
    may_be_personal,
)

OPENID = "oA1b2C_d3E4f5G6h7I8j9K0lMn-P"


def a_vault(key: bytes = b"e" * 32) -> Vault:
    return Vault(encryption_key=key, index_key=b"i" * 32, ids=SystemIds())


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    vault = a_vault()
    assert vault.unseal(vault.seal(text, place="citizens.phone"), place="citizens.phone") == text


def test_a_value_moved_to_another_column_does_not_open() -> None:
    vault = a_vault()
    sealed = vault.seal("13812345678", place="citizens.phone")
    with pytest.raises(UnreadableField):
        vault.unseal(sealed, place="citizens.name")


def test_another_key_does_not_open() -> None:
    sealed = a_vault().seal("王小明", place="citizens.name")
    with pytest.raises(UnreadableField):
        a_vault(b"x" * 32).unseal(sealed, place="citizens.name")


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_anywhere_is_noticed(position: int, change: int) -> None:
    vault = a_vault()
    sealed = bytearray(vault.seal("济南市历下区经十路1号", place="citizens.address"))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(UnreadableField):
        vault.unseal(bytes(sealed), place="citizens.address")


@given(st.binary(max_size=40))
def test_rubbish_is_unreadable_and_nothing_worse(rubbish: bytes) -> None:
    with pytest.raises(UnreadableField):
        a_vault().unseal_bytes(rubbish, place="citizens.name")


def test_the_same_text_is_sealed_differently_each_time() -> None:
    vault = a_vault()
    assert vault.seal("13812345678", place="a.b") != vault.seal("13812345678", place="a.b")


def test_equal_values_find_each_other_within_a_purpose_only() -> None:
    vault = a_vault()
    assert vault.index("13812345678", purpose="phone") == vault.index("13812345678", purpose="phone")
    assert vault.index("13812345678", purpose="phone") != vault.index("13812345678", purpose="contact")
    assert "13812345678" not in vault.index("13812345678", purpose="phone")


@given(st.text(st.sampled_from("1389o-_Xx５ aZ\n"), max_size=60))
def test_the_quick_look_never_overlooks_what_would_be_hidden(text: str) -> None:
    hidden = _OPENID.sub("", _IDENTITY.sub("", _PHONE.sub("", text)))
    assert may_be_personal(text) or hidden == text


def test_masks_keep_just_enough_to_recognise() -> None:
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("12345") == "****"
    assert masked_name("王小明") == "王**"
    assert masked_name("王") == "王*"
    assert masked_name("") == ""


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("电话13812345678，谢谢", "电话138****5678，谢谢"),
        ("身份证37010219900101123X", "身份证3701**********123X"),
        (f"来自{OPENID}的消息", "来自oA1b2C…的消息"),
    ],
)
def test_free_text_loses_what_points_at_a_person(text: str, hidden: str) -> None:
    assert masked_text(text) == hidden


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.sampled_from(["", "电话", " ", "\n", "，"]))
def test_no_mobile_number_survives_the_mask(phone: str, around: str) -> None:
    assert phone not in masked_text(around + phone + around)


@pytest.mark.parametrize("text", ["工单370102202611230001234567", "净含量 500 克", "第1234567890123号"])
def test_numbers_that_are_nobodys_stay(text: str) -> None:
    assert masked_text(text) == text
