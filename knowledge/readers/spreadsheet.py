"""Reads answers from the first sheet of an .xlsx file, each with the number of its row."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.errors import DocumentUnreadable
from knowledge.readers.document import read_bytes, refuse_bombs
from knowledge.rules.fields import LABELS, Fault, Row, field_named

MOST_ROWS = 5_000
HEADER = 1


def read_sheet(path: Path) -> tuple[list[Row], list[Fault]]:
    """Return the rows under the headings of the first row, and headings we do not know.

    Raises:
        DocumentUnreadable: no .xlsx file, too large, or without the columns an answer must have.
    """
    data = read_bytes(path)
    refuse_bombs(data, path.name)
    try:
        return _rows(_cells(data), path.name)
    except DocumentUnreadable:
        raise
    except (
        InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, SyntaxError, KeyError, ValueError, TypeError,
        AttributeError, IndexError,
    ) as error:  # fmt: skip
        raise DocumentUnreadable(f"{path.name}：不是完整的表格，请用 Excel 另存为 .xlsx 后再试") from error


def _rows(cells: Iterator[tuple[int, list[str]]], name: str) -> tuple[list[Row], list[Fault]]:
    _, headings = next(cells, (HEADER, []))
    columns = {at: known for at, text in enumerate(headings) if (known := field_named(text)) is not None}
    faults = [
        Fault(HEADER, text, "没有这一列，请删去或改名")
        for at, text in enumerate(headings)
        if text and at not in columns
    ]
    missing = [LABELS[one] for one in ("topic", "question", "answer") if one not in columns.values()]
    if missing:
        raise DocumentUnreadable(f"{name}：第 1 行缺少这些列：{'、'.join(missing)}")
    twice = [known for known in LABELS if list(columns.values()).count(known) > 1]
    faults += [Fault(HEADER, LABELS[known], "这一列出现了两次，只留一列") for known in twice]
    rows: list[Row] = []
    for number, texts in cells:
        fields = {known: texts[at] for at, known in columns.items() if at < len(texts) and texts[at]}
        if fields:
            rows.append(Row(number, fields))
        if len(rows) > MOST_ROWS:
            raise DocumentUnreadable(f"{name}：一次最多导入 {MOST_ROWS:,} 行，请分成几个文件")
    return rows, faults


def _cells(data: bytes) -> Iterator[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        if not book.worksheets:
            return
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=40), start=1):
            yield number, [_text(value) for value in values]
    finally:
        book.close()


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\r\n", "\n").strip()
