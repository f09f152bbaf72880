"""Shows what changed between two versions: field by field, and in texts word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

_WORDS = re.compile(r"[0-9A-Za-z]+(?:[.%][0-9A-Za-z]*)*|.", re.DOTALL)
# Fewer unchanged characters than this between two changes are read as part of the change.
ISLAND = 2
FIELD_NAMES = {
    "topic": "主题",
    "question": "问题",
    "ask": "别的问法",
    "answer": "结论",
    "detail": "说明",
    "citations": "依据",
    "valid_from": "生效日期",
    "valid_to": "失效日期",
    "confidence": "可信程度",
    "next": "下一步",
    "audience": "写给谁",
    "say": "人们怎么说",
    "mean": "我们怎么说",
}


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: its name for readers, and its lines as pieces in reading order."""

    field: str
    name: str
    pieces: tuple[Piece, ...]


def between(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> tuple[FieldChange, ...]:
    """Return the fields in which two bodies differ; None stands for nothing at all."""
    before, now = old or {}, new or {}
    fields = [field for field in FIELD_NAMES if field in before or field in now]
    changed = [field for field in fields if _plain(before.get(field)) != _plain(now.get(field))]
    return tuple(
        FieldChange(field, FIELD_NAMES[field], _pieces(before.get(field), now.get(field)))
        for field in changed
    )


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Return what leads from one text to the other, word by word."""
    return tuple(_joined(_marked(_WORDS.findall(old), _WORDS.findall(new))))


def _pieces(old: Any, new: Any) -> tuple[Piece, ...]:
    if isinstance(old or new, list):
        return _lines(_listed(old), _listed(new))
    return words(_plain(old), _plain(new))


def _lines(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """Compare lists line by line, for a phrasing is changed by writing another."""
    gone = [Piece(Mark.REMOVED, line) for line in old if line not in new]
    came = [Piece(Mark.ADDED, line) for line in new if line not in old]
    return (*gone, *came) if gone or came else (Piece(Mark.ADDED, "（顺序变了）"),)


def _listed(value: Any) -> list[str]:
    return [_line(one) for one in value or ()]


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "".join(str(part) for part in value.values() if part)
    return str(value)


def _plain(value: Any) -> str:
    return "\n".join(_listed(value)) if isinstance(value, list) else "" if value is None else str(value)


def _marked(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Piece(Mark.SAME, "".join(old[a:b]))
            continue
        if b > a:
            yield Piece(Mark.REMOVED, "".join(old[a:b]))
        if d > c:
            yield Piece(Mark.ADDED, "".join(new[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join changes that only an island of unchanged text parts, so that they can be read."""
    all_pieces = list(pieces)
    gone, came = "", ""
    for place, piece in enumerate(all_pieces):
        inside = 0 < place < len(all_pieces) - 1
        if piece.mark is Mark.REMOVED:
            gone += piece.text
        elif piece.mark is Mark.ADDED:
            came += piece.text
        elif inside and len(piece.text) < ISLAND:
            gone, came = gone + piece.text, came + piece.text
        else:
            yield from _change(gone, came)
            gone, came = "", ""
            yield piece
    yield from _change(gone, came)


def _change(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Mark.REMOVED, gone)
    if came:
        yield Piece(Mark.ADDED, came)
