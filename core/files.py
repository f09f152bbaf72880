"""Photographs: what they are is read from their content, the original is sealed, what is shown carries no metadata."""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key
from core.errors import InvalidInput, NotFound
from core.privacy import Vault
from core.settings import FilesSettings
from core.work import Work

VIEW_EDGE = 1600
VIEW_QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")
WHITE = (255, 255, 255)

# The size is checked against our own limit before a single pixel is decoded, so Pillow's global one is not needed.
Image.MAX_IMAGE_PIXELS = None

_OTHERS = (
    (b"GIF8", "这是 GIF 动图，暂时不能收。请改用照片或截图（JPEG、PNG）。"),
    (b"%PDF", "这是 PDF 文件，暂时不能收。请把需要的那一页拍照或截图后上传。"),
    (b"MZ", "这是程序文件，不是照片，为安全起见没有接收。"),
    (b"\x7fELF", "这是程序文件，不是照片，为安全起见没有接收。"),
    (b"PK\x03\x04", "这是压缩包或文档，不是照片。请拍照或截图后上传。"),
    (b"\xd0\xcf\x11\xe0", "这是文档，不是照片。请拍照或截图后上传。"),
)
_DAMAGED = (
    OSError, EOFError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, struct.error, zlib.error,
)  # fmt: skip  # what Pillow's readers raise on spoilt bytes
_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"}


class UnusableFile(InvalidInput):
    """What was sent is not a photograph we can take; the sentence says what it is and what to do."""

    code = "unusable_file"
    text = "没有认出这张照片，请换一张 JPEG、PNG 或 WebP 格式的照片。"


class FileTooLarge(InvalidInput):
    """The file has too many bytes or pixels."""

    code = "file_too_large"
    text = "照片太大，请压缩后再上传。"


class FileMissing(NotFound):
    """The store does not hold the file."""

    code = "file_missing"
    text = "这张照片暂时取不到，请稍后再试。"


class StoredFile(Base):
    """A photograph in the store, named by the SHA-256 of its original bytes; `size` is theirs."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    format: Mapped[str] = mapped_column(String(8))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    kept_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photograph ready to be kept: the original bytes and an upright JPEG without metadata for looking at.

    `width` and `height` are the upright original's, in pixels.
    """

    sha256: str
    format: str
    width: int
    height: int
    original: bytes
    view: bytes


def prepare(data: bytes, limits: FilesSettings) -> Prepared:
    """Recognise, check and turn a photograph; pure CPU work, to be run in a pool and outside any transaction.

    The longest edge of the view is at most 1600 px.

    Raises:
        FileTooLarge: more bytes or pixels than `limits` allow; checked before anything is decoded.
        UnusableFile: not a JPEG, PNG or WebP picture, whatever its name says, or damaged.
    """
    if len(data) > limits.max_bytes:
        raise FileTooLarge(
            f"照片不能超过 {limits.max_bytes // 1_000_000} MB，请压缩后再上传。", size=len(data)
        )
    _refuse_others(data)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            kind = image.format or ""
            _check_pixels(image.size, limits)
            width, height = _upright_size(image)
            view = _view(image)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UnusableFile(head=data[:8].hex()) from error
    except _DAMAGED as error:
        raise UnusableFile("这张照片已损坏或没有传完整，请重新拍照或上传。", head=data[:8].hex()) from error
    kind = "JPEG" if kind == "MPO" else kind
    return Prepared(hashlib.sha256(data).hexdigest(), kind, width, height, data, view)


class FileStore:
    """Keeps originals and views sealed on disk under the SHA-256 of the original."""

    def __init__(self, settings: FilesSettings, vault: Vault) -> None:
        """Take the limits and the folder; the folder is made when first written to."""
        self.limits = settings
        self._root = settings.root
        self._vault = vault

    def keep(self, prepared: Prepared) -> None:
        """Write the sealed original and view; a file that is there already stays as it is."""
        for part, data in (("original", prepared.original), ("view", prepared.view)):
            path = self._path(prepared.sha256, part)
            if path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
                draft.write(self._vault.seal_bytes(data, place=_place(prepared.sha256, part)))
            Path(draft.name).replace(path)

    def view(self, sha256: str) -> bytes:
        """Return the JPEG for looking at. Raises: FileMissing."""
        return self._open(sha256, "view")

    def original(self, sha256: str) -> bytes:
        """Return the bytes as they were sent. Raises: FileMissing."""
        return self._open(sha256, "original")

    def _open(self, sha256: str, part: str) -> bytes:
        try:
            sealed = self._path(sha256, part).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(sha256=sha256, part=part) from error
        return self._vault.unseal_bytes(sealed, place=_place(sha256, part))

    def _path(self, sha256: str, part: str) -> Path:
        return self._root / sha256[:2] / f"{sha256}.{part}"


def covered(view: bytes, boxes: Iterable[tuple[int, int, int, int]]) -> bytes:
    """Return the JPEG with black boxes (left, top, right, bottom in thousandths); CPU work, to be run in a pool."""
    with Image.open(io.BytesIO(view), formats=("JPEG",)) as opened:
        image = opened.convert("RGB")
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        corners = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        draw.rectangle([corner / 1000 for corner in corners], fill="black")
    written = io.BytesIO()
    image.save(written, "JPEG", quality=VIEW_QUALITY)
    return written.getvalue()


def register(work: Work, *, prepared: Prepared) -> int:
    """Return the id of the row of a kept photograph, inserted when it is new."""
    row = work.session.scalar(select(StoredFile).where(StoredFile.sha256 == prepared.sha256))
    if row is None:
        row = StoredFile(
            sha256=prepared.sha256,
            format=prepared.format,
            width=prepared.width,
            height=prepared.height,
            size=len(prepared.original),
            kept_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
    return row.id


def _refuse_others(data: bytes) -> None:
    if not data:
        raise UnusableFile("文件是空的，请重新选择照片。")
    for head, sentence in _OTHERS:
        if data.startswith(head):
            raise UnusableFile(sentence, head=data[:8].hex())
    if data[4:8] == b"ftyp":
        still = data[8:12] in _BRANDS
        raise UnusableFile(
            "这是 HEIC 照片，暂时不能收。请在相册里导出为 JPEG，或截图后上传。"
            if still
            else "这是视频，暂时只能收照片。请截取关键画面后上传。"
        )


def _check_pixels(size: tuple[int, int], limits: FilesSettings) -> None:
    pixels = size[0] * size[1]
    if pixels > limits.max_pixels:
        raise FileTooLarge(
            f"照片有 {pixels // 1_000_000} 百万像素，最多 {limits.max_pixels // 1_000_000} 百万，请缩小后再上传。",
            pixels=pixels,
        )


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    turned = image.getexif().get(0x0112) in {5, 6, 7, 8}
    return (height, width) if turned else (width, height)


def _view(image: Image.Image) -> bytes:
    image.draft("RGB", (VIEW_EDGE, VIEW_EDGE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((VIEW_EDGE, VIEW_EDGE), Image.Resampling.LANCZOS)
    flat = _on_white(upright)
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=VIEW_QUALITY, optimize=True)
    return written.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Return a new picture that has nothing of the old but its pixels."""
    flat = Image.new("RGB", image.size, WHITE)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        flat.paste(layer, mask=layer.getchannel("A"))
    else:
        flat.paste(image.convert("RGB"))
    return flat


def _place(sha256: str, part: str) -> str:
    return f"files.{sha256}.{part}"
