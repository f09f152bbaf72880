"""Answers as Markdown: a heading a question, a list of its fields, its conclusion and detail as text; pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.rules.fields import LABELS, LONG, MANY, Fault, Row, field_named

_QUESTION = re.compile(r"^#\s+(.*)$")
_PART = re.compile(r"^##\s+(.*)$")
_ITEM = re.compile(r"^[-*]\s+([^：:\s]{1,12})\s*[：:]\s?(.*)$")
_ESCAPED = re.compile(r"^\\(?=[#\\])")
_LIST = [name for name in LABELS if name not in ("question", *LONG)]
_IS_ANSWERS = re.compile(rf"^[-*]\s+(?:{LABELS['id']}|{LABELS['topic']}|id|topic)\s*[：:]", re.MULTILINE)


def holds_answers(text: str) -> bool:
    """Tell whether a Markdown text holds answers rather than a statute."""
    return _IS_ANSWERS.search(text) is not None


def written(answers: Iterable[dict[str, str]]) -> str:
    """Return answers, each as its fields in text, as one Markdown text."""
    return "\n\n".join("\n".join(_written(fields)) for fields in answers) + "\n"


@dataclass(slots=True)
class _Draft:
    number: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    part: str = ""

    def add(self, name: str, text: str, number: int) -> None:
        self.lines.setdefault(name, number)
        self.fields.setdefault(name, []).append(text)

    def row(self) -> Row:
        return Row(self.number, {name: "\n".join(held) for name, held in self.fields.items()}, self.lines)


def parsed(text: str) -> tuple[list[Row], list[Fault]]:
    """Return the answers a text holds, and lines that are none of theirs."""
    rows: list[_Draft] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        question = _QUESTION.match(line)
        if question is not None:
            rows.append(_Draft(number))
            rows[-1].add("question", question[1], number)
        elif rows:
            faults += _taken(rows[-1], line, number)
        elif line.strip():
            faults.append(Fault(number, "", "在第一个“# 问题”之前，请移到某一条里或删去"))
    return [row.row() for row in rows], faults


def _taken(row: _Draft, line: str, number: int) -> Iterator[Fault]:
    part = _PART.match(line)
    if part is not None:
        name = field_named(part[1])
        if name not in LONG:
            yield Fault(number, "", f"没有“{part[1]}”这一节，只有“## 结论”和“## 说明”")
            return
        row.part = name
        row.add(name, "", number)
        return
    if row.part:
        row.add(row.part, _ESCAPED.sub("", line), number)
        return
    item = _ITEM.match(line)
    name = field_named(item[1]) if item else None
    if item is not None and name in _LIST:
        if name in row.fields and name not in MANY:
            yield Fault(number, LABELS[name], "写了两遍，只留一行")
            return
        row.add(name, item[2], number)
    elif line.strip():
        yield Fault(number, "", f"认不出这一行，应是“- {LABELS['id']}：…”这样的一项，或“## 结论”")


def _written(fields: dict[str, str]) -> Iterator[str]:
    yield f"# {fields.get('question', '')}"
    yield ""
    for name in _LIST:
        for value in fields.get(name, "").split("\n") if name in fields else ():
            yield f"- {LABELS[name]}：{value}"
    for name in LONG:
        if name in fields:
            yield ""
            yield f"## {LABELS[name]}"
            yield ""
            yield from (
                f"\\{line}" if re.match(r"[#\\]", line) else line for line in fields[name].split("\n")
            )
