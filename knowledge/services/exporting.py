"""Writes the published answers to a file that can be edited and imported again: YAML, Markdown or a spreadsheet."""

import io
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from core.work import Reading
from knowledge.queries import publications
from knowledge.rules import markdown
from knowledge.rules.bodies import body_of_entry
from knowledge.rules.entries import Content, Entry
from knowledge.rules.fields import LABELS, fields_of, words_of

WIDTHS = {"question": 32, "ask": 36, "answer": 48, "detail": 60, "citations": 30}
SHEET = "词条"


class Format(StrEnum):
    """The formats answers are written in and read from."""

    YAML = "yaml"
    MARKDOWN = "md"
    SPREADSHEET = "xlsx"


def current(reading: Reading, *, content: Content) -> Sequence[Entry]:
    """Return the published answers; those that came with the program where nothing was published yet."""
    number = publications.latest_number(reading)
    return publications.edition(reading, number=number).entries if number else content.entries


def written(entries: Iterable[Entry], form: Format, content: Content) -> bytes:
    """Return answers in a format; `content` knows how laws and topics are called."""
    match form:
        case Format.YAML:
            rows = [{"id": entry.id, **_plain(entry)} for entry in entries]
            return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=110).encode()
        case Format.MARKDOWN:
            words = words_of(content)
            return markdown.written(fields_of(entry, words) for entry in entries).encode()
        case Format.SPREADSHEET:
            return _sheet(entries, content)


def _plain(entry: Entry) -> dict[str, Any]:
    """Return an answer's body with dates as YAML knows them, without what is empty."""
    body = body_of_entry(entry) | {"valid_from": entry.valid_from, "valid_to": entry.valid_to}
    return {name: value for name, value in body.items() if value not in (None, "", [])}


def _sheet(entries: Iterable[Entry], content: Content) -> bytes:
    words = words_of(content)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "D2"
    for at, name in enumerate(LABELS):
        sheet.column_dimensions["ABCDEFGHIJKL"[at]].width = WIDTHS.get(name, 14)
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    sheet.append([_cell(sheet, label, top, bold) for label in LABELS.values()])
    for entry in entries:
        fields = fields_of(entry, words)
        sheet.append([_cell(sheet, fields.get(name, ""), top) for name in LABELS])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(sheet: Any, text: str, alignment: Alignment, font: Font | None = None) -> Any:
    """Return a cell that is text whatever it begins with, so that no answer is taken for a formula."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text) or None)
    if text:
        cell.data_type = "s"
    cell.alignment = alignment
    if font is not None:
        cell.font = font
    return cell
