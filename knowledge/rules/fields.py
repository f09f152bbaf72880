"""An answer's fields as files hold them: their Chinese names, their values in words, read and written; pure."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from knowledge.rules.entries import Audience, Citation, Confidence, Content, Entry, NextStep

Choice = TypeVar("Choice", bound=StrEnum)

LABELS = {
    "id": "编号",
    "topic": "主题",
    "question": "问题",
    "ask": "其他问法",
    "answer": "结论",
    "detail": "说明",
    "citations": "依据",
    "valid_from": "生效",
    "valid_to": "失效",
    "confidence": "可信程度",
    "next": "接下来",
    "audience": "读者",
}
MANY = ("ask", "citations", "next")
LONG = ("answer", "detail")
NEXT_NAMES = {
    NextStep.REPORT: "我要投诉",
    NextStep.CALCULATE: "算一算",
    NextStep.LOOKUP: "查一家店",
    NextStep.CERTIFICATE: "查一台秤",
    NextStep.PHONE: "打电话",
}
AUDIENCE_NAMES = {Audience.CITIZEN: "市民", Audience.MERCHANT: "商户", Audience.BOTH: "都适用"}
CONFIDENCE_NAMES = {one: one.value for one in Confidence}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ALIASES = {"ask": ("问法", "其它问法"), "next": ("下一步",), "audience": ("适用于",)}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as a file holds it: its fields as text (lists a value a line), and the line of each."""

    number: int
    fields: Mapping[str, str]
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, name: str) -> int:
        """Return the line or row where a field stands."""
        return self.lines.get(name, self.number)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: line or row, the field's name in words, and what would be right."""

    line: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Topics and laws by everything one may call them in a file."""

    topics: Mapping[str, str]
    laws: Mapping[str, str]
    topic_names: Mapping[str, str]
    law_names: Mapping[str, str]


def words_of(content: Content) -> Words:
    """Prepare what `content` calls its topics and laws; a name that two share leads to neither, their ids do."""
    topics = _named((topic.id, (topic.name,)) for topic in content.topics)
    laws = _named((law.id, (law.short, law.title)) for law in content.laws.values())
    return Words(
        topics,
        laws,
        {topic.id: topic.name for topic in content.topics if topics.get(topic.name) == topic.id},
        {law.id: law.short for law in content.laws.values() if laws.get(law.short) == law.id},
    )


def field_named(label: str) -> str | None:
    """Return the field that a heading or key names, in Chinese or by its own name, or None."""
    plain = label.strip().strip("*＊").strip()
    for name, printed in LABELS.items():
        if plain in (name, printed, *_ALIASES.get(name, ())):
            return name
    return None


def fields_of(entry: Entry, words: Words) -> dict[str, str]:
    """Return an answer's fields as text, lists a value a line, empty ones left out."""
    cited = [
        " ".join(filter(None, (words.law_names.get(cite.law, cite.law), cite.article)))
        for cite in entry.citations
    ]
    written = {
        "id": entry.id,
        "topic": words.topic_names.get(entry.topic, entry.topic),
        "question": entry.question,
        "ask": "\n".join(entry.ask),
        "answer": entry.answer,
        "detail": entry.detail,
        "citations": "\n".join(cited),
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else "",
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else "",
        "confidence": entry.confidence.value,
        "next": "\n".join(NEXT_NAMES[step] for step in entry.next),
        "audience": AUDIENCE_NAMES[entry.audience],
    }
    return {name: text for name, text in written.items() if text}


def entry_of_row(row: Row, words: Words) -> tuple[Entry | None, list[Fault]]:
    """Return the answer a row holds, or what keeps it from being one; an answer without id is named by its question."""
    read = _Reader(row, words)
    entry = Entry(
        topic=(topic := read.topic()),
        question=(question := read.needed("question")),
        id=read.texts["id"] or id_for(topic, question),
        ask=tuple(_listed(read.texts["ask"])),
        answer=read.needed("answer"),
        detail=read.texts["detail"],
        citations=read.citations(),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
        confidence=read.choice("confidence", CONFIDENCE_NAMES) or Confidence.C,
        next=read.steps(),
        audience=(read.choice("audience", AUDIENCE_NAMES) if read.texts["audience"] else None)
        or Audience.BOTH,
    )
    return (None if read.faults else entry), read.faults


class _Reader:
    """Reads one row field by field and keeps what is wrong."""

    def __init__(self, row: Row, words: Words) -> None:
        self._row, self._words = row, words
        self.faults: list[Fault] = []
        self.texts = {name: row.fields.get(name, "").strip() for name in LABELS}
        for name, text in self.texts.items():
            if _CONTROL.search(text):
                self.fault(name, "含有看不见的控制字符，请删去")
            elif "\n" in text and name not in (*MANY, *LONG):
                self.fault(name, "只能写一行")

    def fault(self, name: str, text: str) -> None:
        self.faults.append(Fault(self._row.line(name), LABELS[name], text))

    def needed(self, name: str) -> str:
        if not self.texts[name]:
            self.fault(name, "没有填写")
        return self.texts[name]

    def topic(self) -> str:
        said = self.needed("topic")
        topic = self._words.topics.get(said, "")
        if said and not topic:
            self.fault("topic", f"没有“{said}”这个主题，可用：{'、'.join(self._words.topic_names.values())}")
        return topic

    def day(self, name: str) -> date | None:
        said = self.texts[name]
        day = _day(said) if said else None
        if said and day is None:
            self.fault(name, f"“{said}”不是日期，请写成 2026-04-15 的样子")
        return day

    def choice(self, name: str, names: Mapping[Choice, str]) -> Choice | None:
        said = self.needed(name)
        found = _chosen(said, names)
        if said and found is None:
            self.fault(name, f"没有“{said}”，可用：{'、'.join(names.values())}")
        return found

    def steps(self) -> tuple[NextStep, ...]:
        found = [(said, _chosen(said, NEXT_NAMES)) for said in _listed(self.texts["next"])]
        for said in [said for said, step in found if step is None]:
            self.fault("next", f"没有“{said}”，可用：{'、'.join(NEXT_NAMES.values())}")
        return tuple(step for _, step in found if step is not None)

    def citations(self) -> tuple[Citation, ...]:
        found = [(said, _citation(said, self._words)) for said in _listed(self.texts["citations"])]
        for said in [said for said, cite in found if cite is None]:
            self.fault("citations", f"法规表里没有“{said}”，请写成“计量法 第九条”的样子")
        return tuple(cite for _, cite in found if cite is not None)


def id_for(topic: str, question: str) -> str:
    """Return the id of an answer that has none yet: the same question gets the same one."""
    return f"{topic}-{hashlib.sha256(question.encode()).hexdigest()[:8]}"


def repeated(rows: Sequence[tuple[Row, Entry]]) -> dict[int, Fault]:
    """Return what is wrong with the rows (by position) whose id an earlier one has."""
    first: dict[str, Row] = {}
    found: dict[int, Fault] = {}
    for at, (row, entry) in enumerate(rows):
        other = first.setdefault(entry.id, row)
        if other is not row:
            text = f"与第 {other.line('id')} 行的“{entry.id}”重复，只留一条"
            found[at] = Fault(row.line("id"), LABELS["id"], text)
    return found


def _named(called: Iterator[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    known = list(called)
    holders: dict[str, set[str]] = {}
    for code, names in known:
        for name in names:
            holders.setdefault(name, set()).add(code)
    found = {name: min(codes) for name, codes in holders.items() if len(codes) == 1}
    return found | {code: code for code, _ in known}


def _listed(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _chosen(said: str, names: Mapping[Choice, str]) -> Choice | None:
    return next(
        (one for one, name in names.items() if said.casefold() in (one.value.casefold(), name.casefold())),
        None,
    )


def _citation(said: str, words: Words) -> Citation | None:
    whole = words.laws.get(said)
    if whole is not None:
        return Citation(whole, None)
    name, _, article = said.rpartition(" ")
    law = words.laws.get(name.strip())
    return Citation(law, article) if law is not None else None
