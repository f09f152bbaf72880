"""The reader of flat XML agrees with an independent one, and refuses what is not flat text."""

from xml.sax.saxutils import escape

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.reading import NOT_TEXT, elements

NAMES = st.sampled_from(["ToUserName", "FromUserName", "Content", "MsgId", "Event"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30)  # fmt: skip


@given(st.lists(st.tuples(NAMES, WORDS, st.booleans()), min_size=1, max_size=6))
def test_it_reads_what_an_independent_reader_reads(given: list[tuple[str, str, bool]]) -> None:
    xml = "".join(
        f"<{name}>{f'<![CDATA[{text}]]>' if quoted and ']]>' not in text else escape(text)}</{name}>"
        for name, text, quoted in given
    )
    theirs = xmltodict.parse(f"<xml>{xml}</xml>")["xml"]
    ours = elements(f"<xml>{xml}</xml>".encode())
    assert set(ours) == set(theirs)
    for name, value in theirs.items():
        assert ours[name] == (NOT_TEXT if isinstance(value, list) else value or "")


@pytest.mark.parametrize("odd", ["<Content>a<b>c</b></Content>", "<Content x='1'>a</Content>"])
def test_what_nests_or_has_attributes_is_no_text(odd: str) -> None:
    assert elements(f"<xml>{odd}<MsgId>1</MsgId></xml>".encode()) == {"Content": NOT_TEXT, "MsgId": "1"}


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"<xml>",
        b"<xml><a></xml>",
        b"<xml>\xff</xml>",
        b"<xml>\x00</xml>",
        b'<!DOCTYPE xml [<!ENTITY a "b">]><xml>&a;</xml>',
        b"<!DOCTYPE xml><xml></xml>",
        b"<xml>&unknown;</xml>",
    ],
)
def test_what_is_no_flat_xml_is_refused(hostile: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        elements(hostile)


def test_depth_alone_does_no_harm() -> None:
    assert elements(b"<xml>" * 5000 + b"</xml>" * 5000) == {"xml": NOT_TEXT}
