"""A verification label is read from lines of print, however it is set, and laid beside the archive."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from integrity.rules.codes import CodeKind, meaning
from integrity.rules.labels import Field, Label, Match, compare, read_label

PLAIN = [
    "检定合格",
    "证书编号：JN20260315-0042",
    "器具名称：电子计价秤",
    "型号规格：ACS-15",
    "出厂编号：A2303117",
    "使用单位：老王海鲜",
    "检定日期：2026年03月15日",
    "有效期至：2027年03月14日",
]
WHOLE = Label(
    certificate="JN20260315-0042",
    serial="A2303117",
    model="ACS-15",
    name="电子计价秤",
    owner="老王海鲜",
    verified_on=date(2026, 3, 15),
    valid_until=date(2027, 3, 14),
)


def test_a_label_is_read_whole() -> None:
    assert read_label(PLAIN) == WHOLE


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("证书编号:ＪＮ２０２６０３１５－００４２", "certificate", "JN20260315-0042"),
        ("检定证书号 JN20260315-0042", "certificate", "JN20260315-0042"),
        ("有效期至2027.3.14", "valid_until", date(2027, 3, 14)),
        ("有 效 期 至 ： 2027-03-14", "valid_until", date(2027, 3, 14)),
        ("出厂编号 a2303117", "serial", "A2303117"),
    ],
)
def test_other_ways_to_print_a_field(line: str, field: str, value: object) -> None:
    label = read_label(["强制检定 合格", line])
    assert label is not None
    assert getattr(label, field) == value


def test_a_value_may_stand_on_the_next_line() -> None:
    label = read_label(["检定合格证", "证书编号：", "JN20260315-0042", "有效期至", "2027年3月14日"])
    assert label is not None
    assert (label.certificate, label.valid_until) == ("JN20260315-0042", date(2027, 3, 14))


@pytest.mark.parametrize(
    "lines", [[], ["老王海鲜", "皮皮虾 68元/斤"], ["检定合格"], ["有效期至：2027年13月40日"]]
)
def test_what_is_no_label_is_none(lines: list[str]) -> None:
    assert read_label(lines) is None


@given(some.lists(some.text(max_size=40), max_size=12))
def test_no_print_raises_anything(lines: list[str]) -> None:
    read_label(lines)


def test_every_field_is_laid_beside_the_archive() -> None:
    found = compare(
        WHOLE, certificate="JN20260315-0042", serial="A2303118", model="", valid_until=date(2027, 3, 14)
    )
    assert {one.field: one.match for one in found} == {
        Field.CERTIFICATE: Match.SAME,
        Field.SERIAL: Match.DIFFERS,
        Field.MODEL: Match.UNKNOWN,
        Field.VALID_UNTIL: Match.SAME,
    }


def test_an_unread_field_is_no_difference() -> None:
    found = compare(Label(serial="A1"), certificate="JN1", serial="A1", model="", valid_until=None)
    assert {one.match for one in found if one.field is Field.CERTIFICATE} == {Match.UNREAD}


@pytest.mark.parametrize(
    ("text", "kind", "number", "host"),
    [
        ("http://127.0.0.1:8080/h5/instruments?number=JN-1", CodeKind.OURS, "JN-1", ""),
        ("JN20260315-0042", CodeKind.NUMBER, "JN20260315-0042", ""),
        ("https://evil.example/pay", CodeKind.FOREIGN, "", "evil.example"),
        ("http://127.0.0.1.evil.example/", CodeKind.FOREIGN, "", "127.0.0.1.evil.example"),
        ("你好", CodeKind.OTHER, "", ""),
    ],
)
def test_a_code_is_told_apart_and_never_opened(text: str, kind: CodeKind, number: str, host: str) -> None:
    found = meaning(text, public_url="http://127.0.0.1:8080")
    assert (found.kind, found.number, found.host) == (kind, number, host)
