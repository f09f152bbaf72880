"""Reads xlsx and csv tables into rows of text, each with the number a person sees in the spreadsheet."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from integrity.errors import UnreadableTable

UNPACKED_LIMIT = 400_000_000
ENCODINGS = ("utf-8-sig", "gb18030")
HEADER_ROWS = 5

_BLANK = re.compile(r"[\s\u3000*＊]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by column; `number` as the spreadsheet counts, `texts` stripped."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows under its recognised columns; `headers` are the file's own words for them."""

    headers: dict[str, str]
    rows: list[Row]


def read(data: bytes, *, columns: dict[str, tuple[str, ...]], max_rows: int) -> Table:
    """Read an xlsx or csv file whose first rows hold the headers.

    `columns` names each column with the headers it may stand under. Rows without any text are left out.

    Raises:
        UnreadableTable: neither xlsx nor csv, no row with known headers, or more than `max_rows` rows.
    """
    lines = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    placed: dict[int, str] = {}
    headers: dict[str, str] = {}
    rows: list[Row] = []
    for number, texts in lines:
        if not placed:
            placed, headers = _recognise(texts, columns)
            if not placed and number >= HEADER_ROWS:
                break
            continue
        cells = {name: texts[at] if at < len(texts) else "" for at, name in placed.items()}
        if any(cells.values()):
            rows.append(Row(number, cells))
        if len(rows) > max_rows:
            raise UnreadableTable(f"一次最多导入 {max_rows:,} 行，请分成几个文件。", rows=len(rows))
    if not placed:
        raise UnreadableTable(
            f"没有找到表头。第一行应有这些列：{'、'.join(v[0] for v in columns.values())}。"
        )
    return Table(headers, rows)


def _recognise(
    texts: list[str], columns: dict[str, tuple[str, ...]]
) -> tuple[dict[int, str], dict[str, str]]:
    """Return the columns' places and headers if at least two are known: one could be a title's word."""
    known = {_plain(header): name for name, headers in columns.items() for header in (name, *headers)}
    placed: dict[int, str] = {}
    for at, text in enumerate(texts):
        name = known.get(_plain(text))
        if name is not None and name not in placed.values():
            placed[at] = name
    if len(placed) < min(2, len(columns)):
        return {}, {}
    return placed, {name: texts[at].strip() for at, name in placed.items()}


def _plain(header: str) -> str:
    """Return a header without blanks, required-marks and what stands in brackets."""
    return _BLANK.sub("", re.sub(r"[(（].*?[)）]", "", header)).lower()


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > UNPACKED_LIMIT:
                raise UnreadableTable("文件解开后太大，请分成几个文件。")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableTable from error
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise UnreadableTable("文件里没有工作表。")
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_text(value) for value in values]
    finally:
        book.close()


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    sample = text[:4096]
    delimiter = max(",\t;", key=sample.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for values in reader:
            yield reader.line_num, [value.strip() for value in values]
    except csv.Error as error:
        raise UnreadableTable(f"第 {reader.line_num} 行的引号或分隔符不对，请检查后再试。") from error


def _decoded(data: bytes) -> str:
    if b"\x00" in data[:4096]:
        raise UnreadableTable
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("文字编码认不出来，请存成 UTF-8 的 .csv 或 .xlsx。")


def _text(value: object) -> str:
    """Return a cell as people read it: whole numbers without ".0", dates as 2026-11-23."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
