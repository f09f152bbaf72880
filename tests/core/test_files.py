"""Photographs: taken for what they are, refused in words, turned upright, without metadata, sealed."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.files import FileMissing, FileStore, FileTooLarge, UnusableFile, prepare
from core.privacy import UnreadableField, Vault
from core.settings import FilesSettings
from tests.fakes import CountingIds

LIMITS = FilesSettings(root=Path("unused"))
ORIENTATION, GPS, TURNED = 0x0112, 0x8825, 6


def written(image: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def phone_photo() -> bytes:
    """A landscape picture, red on the left, that a telephone says to turn by 90 degrees, with a place in it."""
    image = Image.new("RGB", (80, 40), "blue")
    image.paste("red", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(GPS)[1] = "N"
    return written(image, exif=exif)


def test_a_turned_photograph_is_put_upright_and_stripped() -> None:
    prepared = prepare(phone_photo(), LIMITS)
    assert (prepared.width, prepared.height) == (40, 80)
    view = Image.open(BytesIO(prepared.view))
    assert view.size == (40, 80)
    assert dict(view.getexif()) == {}
    assert "exif" not in view.info
    top = view.getpixel((20, 5))
    assert isinstance(top, tuple)
    assert top[0] > top[2]


def test_the_original_is_untouched() -> None:
    data = phone_photo()
    assert prepare(data, LIMITS).original == data


def test_a_large_picture_is_shown_small() -> None:
    prepared = prepare(written(Image.new("RGB", (4000, 1000))), LIMITS)
    assert Image.open(BytesIO(prepared.view)).size == (1600, 400)
    assert (prepared.width, prepared.height) == (4000, 1000)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_formats_of_telephones_and_screenshots_are_taken(kind: str, mode: str) -> None:
    prepared = prepare(written(Image.new(mode, (30, 20)), kind), LIMITS)
    assert prepared.format == kind
    assert Image.open(BytesIO(prepared.view)).mode == "RGB"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (written(Image.new("P", (9, 9)), "GIF"), "GIF"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"MZ\x90\x00", "程序"),
        (b"PK\x03\x04docx", "文档"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42", "视频"),
        (b"hello", "JPEG"),
        (written(Image.new("RGB", (300, 300), "red"))[:400], "损坏"),
        (written(Image.new("RGB", (9, 9)), "BMP"), "JPEG"),
    ],
)
def test_what_cannot_be_taken_is_named(data: bytes, word: str) -> None:
    with pytest.raises(UnusableFile, match=word):
        prepare(data, LIMITS)


def test_two_hundred_megapixels_are_refused_before_decoding() -> None:
    bomb = written(Image.new("1", (20_000, 10_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(FileTooLarge, match="200 百万像素"):
        prepare(bomb, LIMITS)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(FileTooLarge, match="MB"):
        prepare(phone_photo(), LIMITS.model_copy(update={"max_bytes": 100}))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF"]))
def test_no_bytes_raise_anything_but_ours(tail: bytes, head: bytes) -> None:
    with pytest.raises((UnusableFile, FileTooLarge)):
        prepare(head + tail, LIMITS)


PHOTO = phone_photo()


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow mentions spoilt EXIF and goes on
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(PHOTO) - 1), st.integers(0, 255))
def test_a_spoilt_byte_is_taken_or_refused_in_words(at: int, value: int) -> None:
    spoilt = PHOTO[:at] + bytes([value]) + PHOTO[at + 1 :]
    try:
        view = prepare(spoilt, LIMITS).view
    except (UnusableFile, FileTooLarge):
        return
    assert view[:2] == b"\xff\xd8"


def store(root: Path, key: bytes = b"e") -> FileStore:
    vault = Vault(encryption_key=key * 32, index_key=b"i" * 32, ids=CountingIds())
    return FileStore(FilesSettings(root=root), vault)


def test_what_lies_on_disk_is_sealed_and_comes_back(tmp_path: Path) -> None:
    prepared = prepare(PHOTO, LIMITS)
    kept = store(tmp_path)
    kept.keep(prepared)
    kept.keep(prepared)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(b"\xff\xd8\xff" not in path.read_bytes() for path in files)
    assert kept.original(prepared.sha256) == PHOTO
    assert kept.view(prepared.sha256) == prepared.view


def test_a_file_moved_under_another_name_does_not_open(tmp_path: Path) -> None:
    prepared = prepare(PHOTO, LIMITS)
    kept = store(tmp_path)
    kept.keep(prepared)
    other = "0" * 64
    (tmp_path / "00").mkdir()
    (tmp_path / prepared.sha256[:2] / f"{prepared.sha256}.view").rename(tmp_path / "00" / f"{other}.view")
    with pytest.raises(UnreadableField):
        kept.view(other)
    with pytest.raises(FileMissing):
        kept.view(prepared.sha256)
