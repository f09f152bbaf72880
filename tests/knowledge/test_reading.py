"""Content is read whole or refused by file, entry and field; so is data to measure with."""

import gzip
from pathlib import Path

import pytest

from knowledge.errors import ContentInvalid, DataInvalid
from knowledge.readers.content import read_content
from knowledge.readers.samples import read_questions, read_samples

LAWS = "- {id: law, title: 计量法, short: 计量法, level: law, confidence: A}\n"
TOPICS = "- {id: fuel, name: 加油, description: 加油机, order: 1}\n"
ENTRY = """- id: pump
  question: 加油机多久检定一次？
  ask: [油枪多久检]
  answer: 六个月一次。
  citations: [{law: law, article: 第九条}]
  confidence: A
  next: [report]
  audience: both
"""


def folder(tmp_path: Path, *, laws: str = LAWS, topics: str = TOPICS, entries: str = ENTRY) -> Path:
    (tmp_path / "entries").mkdir()
    (tmp_path / "laws.yaml").write_text(laws, encoding="utf-8")
    (tmp_path / "topics.yaml").write_text(topics, encoding="utf-8")
    (tmp_path / "entries" / "fuel.yaml").write_text(entries, encoding="utf-8")
    return tmp_path


def test_good_content_is_read(tmp_path: Path) -> None:
    content = read_content(folder(tmp_path))
    (entry,) = content.entries
    assert (entry.topic, entry.phrasings) == ("fuel", ("加油机多久检定一次？", "油枪多久检"))
    assert content.laws["law"].short == "计量法"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("六个月一次。", "长" * 121), "answer"),
        (("confidence: A", "confidence: Z"), "confidence"),
        (("next: [report]", "next: [sue]"), "next"),
        (("law: law", "law: nowhere"), "citations"),
        (("question: 加油机多久检定一次？", "question: ''"), "question"),
        (("audience: both", "audiense: both"), "audiense"),
    ],
)
def test_a_bad_entry_is_refused_by_file_entry_and_field(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    with pytest.raises(ContentInvalid) as refusal:
        read_content(folder(tmp_path, entries=ENTRY.replace(*change)))
    assert all(part in refusal.value.text for part in ("fuel.yaml", "pump", named))


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentInvalid, match="pump"):
        read_content(folder(tmp_path, entries=ENTRY + ENTRY))


def test_a_file_without_a_topic_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentInvalid, match=r"fuel\.yaml"):
        read_content(folder(tmp_path, topics=TOPICS.replace("fuel", "taxi")))


def test_our_own_content_is_good() -> None:
    content = read_content()
    assert len(content.entries) >= 80
    assert {entry.topic for entry in content.entries} <= {topic.id for topic in content.topics}


def test_samples_are_read_packed_or_not(tmp_path: Path) -> None:
    line = '{"id": 7, "title": "题", "text": "文", "relevant": [1, "b"]}\n'
    (tmp_path / "c.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    assert read_samples(tmp_path / "c.jsonl") == read_samples(tmp_path / "c.jsonl.gz")
    assert read_samples(tmp_path / "c.jsonl")[0].id == "7"
    assert read_questions(tmp_path / "c.jsonl")[0].relevant == {"1", "b"}


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": "1"}\n{oops\n', encoding="utf-8")
    with pytest.raises(DataInvalid, match="第2行"):
        read_samples(tmp_path / "c.jsonl")
