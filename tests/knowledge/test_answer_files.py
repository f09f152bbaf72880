"""What is exported imports to the same answers, in each format; what is wrong is said with its line."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.text import key
from knowledge.errors import DocumentUnreadable
from knowledge.readers.answers import read_answers
from knowledge.readers.content import read_content
from knowledge.rules.entries import Audience, Citation, Confidence, Entry, NextStep
from knowledge.services.exporting import Format, written

CONTENT = read_content()
SUFFIX = {Format.YAML: ".yaml", Format.MARKDOWN: ".md", Format.SPREADSHEET: ".xlsx"}
LETTERS = st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufeff")
LINE = st.text(st.one_of(LETTERS, st.sampled_from(" #\\-：:=+@'\"|`*")), min_size=2, max_size=30).map(
    str.strip
)
ASKED = LINE.filter(lambda text: len(text) >= 2 and key(text) != "")
DETAIL = st.lists(st.one_of(LINE, st.just("")), max_size=5).map(lambda lines: "\n".join(lines).strip())


def _distinct(entry: Entry) -> bool:
    keys = [key(phrasing) for phrasing in entry.phrasings]
    return len(set(keys)) == len(keys)


ENTRIES = st.builds(
    Entry,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{1,20}", fullmatch=True),
    topic=st.sampled_from([topic.id for topic in CONTENT.topics]),
    question=ASKED,
    ask=st.lists(ASKED, max_size=4).map(tuple),
    answer=ASKED,
    detail=DETAIL,
    citations=st.lists(
        st.builds(
            Citation, st.sampled_from(sorted(CONTENT.laws)), st.sampled_from([None, "第九条", "附表1"])
        ),
        max_size=3,
    ).map(tuple),
    valid_from=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    valid_to=st.none() | st.dates(date(2020, 1, 2), date(2040, 1, 1)),
    confidence=st.sampled_from(Confidence),
    next=st.lists(st.sampled_from(NextStep), max_size=3, unique=True).map(tuple),
    audience=st.sampled_from(Audience),
).filter(_distinct)


@pytest.mark.parametrize("form", Format)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.id))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_what_is_exported_imports_to_the_same_answers(
    tmp_path: Path, form: Format, entries: list[Entry]
) -> None:
    path = tmp_path / f"answers{SUFFIX[form]}"
    path.write_bytes(written(entries, form, CONTENT))
    found = read_answers(path, CONTENT)
    assert found.faults == ()
    assert found.entries == tuple(entries)


@pytest.mark.parametrize("form", Format)
def test_everything_we_ship_goes_out_and_in_unchanged(tmp_path: Path, form: Format) -> None:
    path = tmp_path / f"all{SUFFIX[form]}"
    path.write_bytes(written(CONTENT.entries, form, CONTENT))
    found = read_answers(path, CONTENT)
    assert found.faults == ()
    stripped = tuple(replace(entry, detail=entry.detail.strip()) for entry in CONTENT.entries)
    assert found.entries == stripped


@pytest.mark.parametrize("form", Format)
def test_text_that_looks_like_the_format_itself_stays_text(tmp_path: Path, form: Format) -> None:
    detail = "# 不是问题\n## 结论\n\\# 原样\n- 编号：x\n\n=1+1"
    entry = replace(CONTENT.entries[0], answer="- 主题：x", detail=detail)
    path = tmp_path / f"one{SUFFIX[form]}"
    path.write_bytes(written([entry], form, CONTENT))
    assert read_answers(path, CONTENT).entries == (entry,)


def test_a_file_we_ship_is_read_as_it_stands() -> None:
    path = Path(__file__).parents[2] / "knowledge" / "content" / "entries" / "fuel.yaml"
    found = read_answers(path, CONTENT)
    assert found.faults == ()
    assert {entry.topic for entry in found.entries} == {"fuel"}


SHEET = ["编号", "主题", "问题", "其他问法", "结论", "依据", "生效", "可信程度", "接下来", "读者"]
GOOD: list[Any] = [
    "pump",
    "加油加气",
    "加油机多久检？",
    "油枪多久检",
    "六个月。",
    "计量法 第九条",
    date(2023, 1, 1),
    "a",
    "我要投诉",
    "市民",
]


def sheet(path: Path, *rows: list[Any], headings: list[str] | None = None) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in (headings or SHEET, *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_is_read_as_people_fill_it_in(tmp_path: Path) -> None:
    found = read_answers(
        sheet(tmp_path / "a.xlsx", GOOD, [None] * 10, ["", *GOOD[1:3], "", *GOOD[4:]]), CONTENT
    )
    assert [fault.line for fault in found.faults] == []
    first, unnamed = found.entries
    assert (first.id, first.topic, first.valid_from) == ("pump", "fuel", date(2023, 1, 1))
    assert first.citations == (Citation("metrology-law", "第九条"),)
    assert (first.confidence, first.next, first.audience) == (
        Confidence.A,
        (NextStep.REPORT,),
        Audience.CITIZEN,
    )
    assert unnamed.id.startswith("fuel-")
    assert read_answers(tmp_path / "a.xlsx", CONTENT) == found


@pytest.mark.parametrize(
    ("column", "value", "label", "said"),
    [
        (1, "飞机", "主题", "没有“飞机”这个主题"),
        (2, "", "问题", "没有填写"),
        (4, "长" * 121, "结论", "最多 120 个字"),
        (5, "星际法 第一条", "依据", "没有“星际法 第一条”"),
        (6, "去年", "生效", "2026-04-15"),
        (7, "Z", "可信程度", "A、B、C"),
        (8, "报警", "接下来", "没有“报警”"),
        (9, "外星人", "读者", "市民"),
        (0, "Pump 1", "编号", "小写字母"),
    ],
)
def test_a_wrong_cell_is_said_with_row_column_and_what_would_be_right(
    tmp_path: Path, column: int, value: str, label: str, said: str
) -> None:
    bad = [*GOOD[:column], value, *GOOD[column + 1 :]]
    found = read_answers(sheet(tmp_path / "a.xlsx", GOOD, ["other", *bad[1:]] if column else bad), CONTENT)
    assert [entry.id for entry in found.entries] == ["pump"]
    assert (found.faults[0].line, found.faults[0].label) == (3, label)
    assert said in found.faults[0].text


def test_what_stands_twice_and_unknown_columns_are_said(tmp_path: Path) -> None:
    found = read_answers(sheet(tmp_path / "a.xlsx", GOOD, GOOD), CONTENT)
    assert [(fault.line, fault.label) for fault in found.faults] == [(3, "编号")]
    assert "第 2 行" in found.faults[0].text
    odd = read_answers(sheet(tmp_path / "b.xlsx", [*GOOD, "x"], headings=[*SHEET, "颜色"]), CONTENT)
    assert [(fault.line, fault.label) for fault in odd.faults] == [(1, "颜色")]
    with pytest.raises(DocumentUnreadable, match="缺少这些列：结论"):
        read_answers(sheet(tmp_path / "c.xlsx", GOOD[:4], headings=SHEET[:4]), CONTENT)


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    entry = replace(CONTENT.entries[0], id="sum", answer="=1+1 是二", question="+86 怎么拨？")
    data = written([entry], Format.SPREADSHEET, CONTENT)
    active = load_workbook(io.BytesIO(data)).active
    assert active is not None
    assert {cell.data_type for row in active.iter_rows() for cell in row if cell.value} == {"s"}


YAML = """- id: pump
  topic: fuel
  question: 加油机多久检？
  answer: 六个月。
  confidence: A
- id: taxi
  topic: taxi
  question: 计价器多久检？
  answer: 一年。
  confidence: Q
  colour: red
"""
MARKDOWN = """# 加油机多久检？

- 编号：pump
- 主题：加油加气
- 可信程度：A

## 结论

六个月。

# 计价器多久检？

- 编号：taxi
- 主题：出租车计价器
- 可信程度：Q
这是什么

## 结论

一年。

## 注意

没有这一节。
"""


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("a.yaml", YAML, [(10, "可信程度"), (11, "colour")]),
        ("a.md", MARKDOWN, [(15, "可信程度"), (16, ""), (22, "")]),
    ],
)
def test_faults_carry_the_line_of_their_field(
    tmp_path: Path, name: str, text: str, faults: list[tuple[int, str]]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_answers(tmp_path / name, CONTENT)
    assert [(fault.line, fault.label) for fault in found.faults] == faults
    assert [entry.id for entry in found.entries] == ["pump"]


BOMB = "- &a {id: pump, topic: fuel, question: 多久检, answer: 半年, confidence: A}\n- *a\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.yaml", BOMB.encode()),
        ("deep.yaml", b"[" * 100_000),
        ("broken.yaml", b"- id: ["),
        ("scalar.yaml", "只是一句话".encode()),
        ("tag.yaml", b"- !!python/object/apply:os.system [ls]"),
        ("empty.yaml", b""),
        ("none.yaml", b"[]"),
        ("none.md", "没有问题的文字".encode()),
        ("no.xlsx", b"PK\x03\x04 nothing"),
        ("text.xlsx", "编号,主题".encode()),
    ],
)
def test_what_cannot_be_read_ends_in_our_own_words(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentUnreadable) as refusal:
        read_answers(tmp_path / name, CONTENT)
    assert refusal.value.text.startswith(name)
