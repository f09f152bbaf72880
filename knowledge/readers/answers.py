"""Reads our own answers from YAML, Markdown or a spreadsheet, with the line of everything that is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import DocumentUnreadable
from knowledge.readers.document import read_text
from knowledge.readers.spreadsheet import read_sheet
from knowledge.rules import markdown
from knowledge.rules.checks import entry_problems
from knowledge.rules.entries import Content, Entry
from knowledge.rules.fields import LABELS, Fault, Row, entry_of_row, field_named, repeated, words_of

SUFFIXES = (".yaml", ".yml", ".xlsx")
MOST_ANSWERS = 5_000


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file holds: the answers that are right, and what is wrong with the others."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_answers(path: Path, content: Content) -> Answers:
    """Read a file of answers; `content` knows the topics and laws they may name.

    A YAML file named after a topic, as those we ship, need not repeat it in every answer.

    Raises:
        DocumentUnreadable: the file cannot be read at all.
    """
    match path.suffix.lower():
        case ".xlsx":
            rows, faults = read_sheet(path)
        case ".md":
            rows, faults = markdown.parsed(read_text(path))
        case _:
            rows, faults = _yaml(path, path.stem if path.stem in {one.id for one in content.topics} else "")
    if not rows:
        raise DocumentUnreadable(f"{path.name}：里面没有词条")
    if len(rows) > MOST_ANSWERS:
        raise DocumentUnreadable(f"{path.name}：一次最多导入 {MOST_ANSWERS:,} 条，请分成几个文件")
    return _checked(rows, faults, content)


def _checked(rows: list[Row], faults: list[Fault], content: Content) -> Answers:
    words, right = words_of(content), []
    for row in rows:
        entry, wrong = entry_of_row(row, words)
        if entry is not None:
            wrong = [
                Fault(row.line(name), LABELS[name], text)
                for name, text in entry_problems(entry, content).items()
            ]
        faults += wrong
        if entry is not None and not wrong:
            right.append((row, entry))
    again = repeated(right)
    faults += again.values()
    kept = tuple(entry for at, (_, entry) in enumerate(right) if at not in again)
    return Answers(kept, tuple(sorted(faults, key=lambda fault: fault.line)))


class _Loader(yaml.SafeLoader):
    """Reads plain YAML: a reference to something elsewhere in the file is refused, so that nothing grows unseen."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs have no types for it
            raise yaml.composer.ComposerError(None, None, "references are not taken", mark)
        return super().compose_node(parent, index)


def _yaml(path: Path, topic: str) -> tuple[list[Row], list[Fault]]:
    loader = _Loader(read_text(path))
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise DocumentUnreadable(f"{path.name}：应当是一个列表，每条以“- ”开头")
        rows: list[Row] = []
        faults: list[Fault] = []
        for node in root.value:
            faults += _row(loader, node, topic, rows)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DocumentUnreadable(f"{path.name} 第 {line} 行：不是合法的 YAML（{error.problem}）") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DocumentUnreadable(f"{path.name}：不是合法的 YAML") from error
    finally:
        loader.dispose()
    return rows, faults


def _row(loader: _Loader, node: yaml.Node, topic: str, rows: list[Row]) -> Iterator[Fault]:
    number = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        yield Fault(number, "", "应当是“字段: 内容”的一条词条")
        return
    fields, lines = {"topic": topic} if topic else {}, {}
    for key, value in node.value:
        label, line = str(key.value), key.start_mark.line + 1
        name = field_named(label)
        if name is None:
            yield Fault(line, label, f"没有这个字段，可用：{'、'.join(LABELS)}")
            continue
        text = _text(loader.construct_object(value, deep=True), name)
        if text is None:
            yield Fault(line, LABELS[name], "写法不对，请照导出的样子写")
            continue
        fields[name], lines[name] = text, line
    rows.append(Row(number, fields, lines))


def _text(value: object, name: str) -> str | None:
    """Return a YAML value as text, lists a value a line, or None where it has another shape."""
    if value is None:
        return ""
    if isinstance(value, list):
        parts = [
            part for one in value if isinstance(part := _cited(one) if name == "citations" else one, str)
        ]
        whole = len(parts) == len(value) and not any("\n" in part for part in parts)
        return "\n".join(parts) if whole else None
    return None if isinstance(value, dict | bytes) else str(value)


def _cited(value: object) -> str | None:
    if isinstance(value, dict):
        if not set(value) <= {"law", "article"} or not isinstance(value.get("law"), str):
            return None
        return " ".join(str(part) for part in (value["law"], value.get("article")) if part)
    return value if isinstance(value, str) else None
