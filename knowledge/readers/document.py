"""Reads the text of a .txt, .md or .docx file, however it was saved, and refuses what is none."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import DocumentUnreadable

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_PARTS = 5_000
LONGEST_TEXT = 5_000_000
SUFFIXES = (".txt", ".md", ".docx")
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HEADING_STYLE = re.compile(r"(?:Heading|标题) ?(\d)", re.IGNORECASE)


def read_text(path: Path) -> str:
    """Return what a document says; headings of a .docx come with Markdown marks, as in .md.

    Raises:
        DocumentUnreadable: absent, too large, packed beyond reason, or no text in an encoding we know.
    """
    data = read_bytes(path)
    text = _docx(data, path.name) if path.suffix.lower() == ".docx" else _decoded(data, path.name)
    if len(text) > LONGEST_TEXT:
        raise DocumentUnreadable(f"{path.name}：文字太多，一部法规最多 {LONGEST_TEXT:,} 字，请分成几个文件")
    return text


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, at most 20 MB.

    Raises:
        DocumentUnreadable: absent, a folder, or too large.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise DocumentUnreadable(f"{path.name}：文件太大，最多 {LARGEST // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise DocumentUnreadable(f"{path.name}：读不到这个文件") from error


def refuse_bombs(data: bytes, name: str) -> None:
    """Look into a packed file before anybody unpacks it.

    Raises:
        DocumentUnreadable: no zip archive, too many parts, or far too much once unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentUnreadable(f"{name}：不是完整的 Office 文件，请重新保存后再试") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise DocumentUnreadable(f"{name}：解开后太大，请只保留正文再试")


def _decoded(data: bytes, name: str) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DocumentUnreadable(f"{name}：文字编码认不出来，请另存为 UTF-8 后再试")


def _encodings(data: bytes) -> tuple[str, ...]:
    """Return the encodings to try: by the byte order mark, by the zeros of plain UTF-16, else UTF-8 before GB 18030."""
    if data[:2] in _WIDE:
        return (_WIDE[data[:2]],)
    if b"\x00" in data:
        return ("utf-16-le",) if data[1:400:2].count(0) > data[:400:2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")


def _docx(data: bytes, name: str) -> str:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    refuse_bombs(data, name)
    try:
        return "\n".join(_lines(docx.Document(io.BytesIO(data))))
    except (
        OpcError,
        LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        AttributeError,
    ) as error:
        raise DocumentUnreadable(f"{name}：不是完整的 Word 文件，请用 Word 另存为 .docx 后再试") from error


def _lines(document: object) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text.replace("\n", " ").strip() for cell in row.cells))
            continue
        style = block.style.name if block.style is not None else ""
        heading = _HEADING_STYLE.fullmatch(style or "")
        marks = "#" * (int(heading[1]) + 1) + " " if heading else "# " if style == "Title" else ""
        yield from (marks + line for line in block.text.splitlines() if line.strip())
