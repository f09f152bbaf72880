"""Known answers: the platform's own formulas against published examples, so that both sides are right, not alike."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from emulator import followers, markup, qr, signing
from emulator.markup import MarkupBroken
from emulator.sealing import Seal, SealBroken

OFFICIAL = Seal("A" * 43, "wxba5fad812f8e6fb9")
DEMO = Seal("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2")
REPLY = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="


def test_the_published_url_verification_is_signed_alike() -> None:
    expected = "f464b24fc39322e44b38aa78f5edd27bd1441696"
    assert signing.signature("AAAAA", "1714036504", "1514711492") == expected


def test_the_published_sealed_reply_opens_closes_and_is_signed_alike() -> None:
    plain = OFFICIAL.open(REPLY)
    assert plain == b'{"demo_resp":"good luck"}'
    assert OFFICIAL.close(plain, b"707722b803182950") == REPLY
    expected = "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
    assert signing.signature("AAAAA", "1713424427", "415670741", REPLY) == expected


def test_the_published_page_signature_is_made_alike_and_ignores_the_fragment() -> None:
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    signed = signing.jsapi_signature(
        ticket=ticket,
        nonce="Wm3WZYTPz0wzccnW",
        timestamp="1414587457",
        url="http://mp.weixin.qq.com?params=value#part",
    )
    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


@given(st.binary(max_size=200), st.binary(min_size=16, max_size=16))
def test_what_is_closed_opens_again_and_not_for_another_app(message: bytes, prefix: bytes) -> None:
    sealed = OFFICIAL.close(message, prefix)
    assert OFFICIAL.open(sealed) == message
    with pytest.raises(SealBroken):
        DEMO.open(sealed)


@given(st.text(max_size=60))
def test_no_text_opens_by_accident(sealed: str) -> None:
    with pytest.raises(SealBroken):
        OFFICIAL.open(sealed)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_written_text_is_read_back_whole(text: str) -> None:
    assert markup.read(markup.write([("Content", text)]).encode()).value("Content") == text


@pytest.mark.parametrize(
    "body", [b"", b"success", b"<a/>", b"<xml>", b"<xml>\x0b</xml>", b"<!DOCTYPE xml><xml/>"]
)
def test_what_is_not_the_platforms_xml_is_refused(body: bytes) -> None:
    with pytest.raises(MarkupBroken):
        markup.read(body)


def test_the_followers_are_the_story_s_people() -> None:
    people = followers.load()
    assert [p.name for p in people if "老王海鲜" in p.note] == ["王海生"]
    assert sum(p.role == "citizen" for p in people) >= 4
    assert sum(p.role == "merchant" for p in people) >= 4
    assert all(p.openid.startswith("oQHdemo_") and len(p.openid) <= 32 for p in people)


def remainder(words: list[int], size: int) -> list[int]:
    """Return the values of a code block at the roots: all zero where the check words are right."""
    values, root = [], 1
    for _ in range(size):
        value = 0
        for word in words:
            value = qr._times(value, root) ^ word
        values.append(value)
        root = qr._times(root, 2)
    return values


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60))
def test_check_words_vanish_at_every_root(data: list[int]) -> None:
    assert remainder(data + qr._correction(data, 18), 18) == [0] * 18


def test_check_words_are_the_ones_of_a_published_example() -> None:
    data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
    assert qr._correction(data, 10) == [196, 35, 39, 119, 235, 215, 231, 226, 93, 23]


def read_back(square: qr.Matrix) -> str:
    """Decode a square from its modules alone: format, mask, zigzag, blocks; no error correction."""
    size = len(square)
    version = (size - 17) // 4
    bits = sum(square[y][8] << i for i, y in enumerate((0, 1, 2, 3, 4, 5, 7, 8)))
    bits |= sum(square[8][x] << (8 + i) for i, x in enumerate((7, 5, 4, 3, 2, 1, 0)))
    mask = (bits ^ 0x5412) >> 10 & 0b111
    fixed = qr._Canvas(version).fixed
    stream, upward = "", True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in range(size - 1, -1, -1) if upward else range(size):
            for x in (right, right - 1):
                if not fixed[y][x]:
                    stream += str(int(square[y][x] ^ qr._MASKS[mask](x, y)))
        upward = not upward
    blocks, _ = qr._BLOCKS[version]
    words = [int(stream[i : i + 8], 2) for i in range(0, sum(blocks) * 8, 8)]
    parts = [words[i :: len(blocks)] for i in range(len(blocks))]
    bytes_ = "".join(f"{word:08b}" for part in parts for word in part)
    count = int(bytes_[4:12], 2)
    return bytes(int(bytes_[12 + 8 * i : 20 + 8 * i], 2) for i in range(count)).decode()


@pytest.mark.parametrize("length", [1, 14, 26, 42, 60, 80, 106])
def test_a_code_reads_back_in_every_version(length: int) -> None:
    text = ("http://weixin.qq.com/q/" + "Ab9-" * 30)[:length]
    assert read_back(qr.matrix(text)) == text


def test_a_text_beyond_version_six_is_refused() -> None:
    with pytest.raises(ValueError, match="version 6"):
        qr.matrix("x" * 107)


def test_a_png_of_a_code_opens() -> None:
    from emulator.material import _png

    assert Image.open(BytesIO(_png(qr.matrix("x")))).format == "PNG"
