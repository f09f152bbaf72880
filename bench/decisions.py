"""What the bot decides: on our own phrasings, each left out in turn, and on questions of other subjects."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from core.text_words import load
from knowledge.readers.content import read_content
from knowledge.rules.answers import Answer, AnswerKind
from knowledge.services.index import build
from knowledge.services.own import decided_left_out

ROOT = Path(__file__).parents[1]
SETS = ROOT.parent / "shared" / "eval"
CACHE = ROOT / "var" / "cache"
ON = date(2026, 11, 25)
OURS = ("right", "wrong", "asked back", "not known")
STRANGE = ("answered", "sent elsewhere", "asked back", "not known")


def main() -> str:
    """Return two tables of shares: one of our own phrasings, one of questions no entry answers."""
    segmenter, entries = load(cache_dir=CACHE), read_content().entries
    own = Counter(_own(wanted, answer) for wanted, answer in decided_left_out(entries, segmenter, on=ON))
    lines = [
        _row("set", OURS),
        _row("---", ("---",) * len(OURS)),
        _shares("our phrasings, left out", own, OURS),
    ]
    lines += ["", _row("set", STRANGE), _row("---", ("---",) * len(STRANGE))]
    index = build(entries, segmenter=segmenter)
    for name, texts in _sets():
        told = Counter(_strange(index.answer(text, on=ON)) for text in texts)
        lines.append(_shares(name, told, STRANGE))
    return "\n".join(lines)


def _own(wanted: str, answer: Answer) -> str:
    if answer.entry is not None:
        return "right" if answer.entry.id == wanted else "wrong"
    return "asked back" if answer.kind is AnswerKind.CLARIFY else "not known"


def _strange(answer: Answer) -> str:
    if answer.entry is not None:
        return "answered" if answer.kind is AnswerKind.ANSWER else "sent elsewhere"
    return "asked back" if answer.kind is AnswerKind.CLARIFY else "not known"


def _sets() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(SETS.glob("*/ood.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for kind in sorted({row["kind"] for row in rows}):
            yield f"{path.parent.name} {kind}", [row["text"] for row in rows if row["kind"] == kind]


def _shares(name: str, told: Counter[str], columns: Iterable[str]) -> str:
    total = max(told.total(), 1)
    return _row(f"{name} ({told.total()})", [f"{told[column] / total:.1%}" for column in columns])


def _row(name: str, cells: Iterable[str]) -> str:
    return "| " + " | ".join([name, *cells]) + " |"
