"""Our own answers keep their promises: cited, dated, short, kind, and never copied from a test set."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz.distance import Indel

from core.text_words import Segmenter
from knowledge.readers.content import read_content
from knowledge.services.own import measure

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "knowledge" / "content"
SHARED = ROOT.parent / "shared"

ENTRY_KEYS = {
    "id",
    "question",
    "ask",
    "answer",
    "detail",
    "citations",
    "valid_from",
    "valid_to",
    "confidence",
    "next",
    "audience",
}
LAW_KEYS = {
    "id",
    "title",
    "short",
    "number",
    "valid_from",
    "valid_to",
    "superseded_by",
    "level",
    "confidence",
    "text_file",
}
LEVELS = {"law", "regulation", "rule", "local", "standard", "verification_regulation", "notice"}
STEPS = {"report", "calculate", "lookup", "certificate", "phone"}
AUDIENCES = {"citizen", "merchant", "both"}
ASKED_BACK = ("检定要多少钱",)
FORBIDDEN = (
    "！",
    "!",
    "一定会",
    "保证赔",
    "必罚",
    "包赔",
    "肯定能赔",
    "一定能",
    "违法了",
    "就是违法",
    "属于违法",
)
LONGEST_ANSWER = 120
NEAR_DUPLICATE = 0.8
FOUND_FIRST = 0.9
MOST_PHRASINGS = 10

Row = dict[str, Any]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


LAWS: list[Row] = load(CONTENT / "laws.yaml")
TOPICS: list[Row] = load(CONTENT / "topics.yaml")
ENTRIES: dict[str, list[Row]] = {
    path.stem: load(path) for path in sorted((CONTENT / "entries").glob("*.yaml"))
}
LAW_BY_ID = {law["id"]: law for law in LAWS}
ALL = [entry for entries in ENTRIES.values() for entry in entries]


def ids(entries: list[Row]) -> list[str]:
    return [entry["id"] for entry in entries]


def bare(text: str) -> str:
    """Reduce a question to its letters and digits, so that punctuation and width never hide an equality."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if char.isalnum())


def phrasings(entry: Row) -> list[str]:
    return [entry["question"], *entry["ask"]]


def spoken(entry: Row) -> str:
    return f"{entry['answer']}\n{entry.get('detail') or ''}"


def bigrams(text: str) -> set[str]:
    clean = bare(text)
    return {clean[at : at + 2] for at in range(len(clean) - 1)} or {clean}


def likeness(one: str, other: str) -> float:
    """Share of common bigrams (Dice): 1 for the same wording, near 0 for different questions."""
    left, right = bigrams(one), bigrams(other)
    return 2 * len(left & right) / (len(left) + len(right))


def test_there_are_enough_entries() -> None:
    assert len(ALL) >= 250


def test_every_topic_has_a_file_and_every_file_a_topic() -> None:
    assert {topic["id"] for topic in TOPICS} == set(ENTRIES)
    assert all(ENTRIES.values())


def test_topics_are_named_described_and_ordered() -> None:
    orders = [topic["order"] for topic in TOPICS]
    assert orders == sorted(set(orders))
    assert all(set(topic) == {"id", "name", "description", "order"} for topic in TOPICS)
    assert all(topic["name"] and topic["description"] for topic in TOPICS)


def test_ids_are_unique_slugs() -> None:
    counted = Counter(ids(ALL)) + Counter(law["id"] for law in LAWS)
    assert [one for one, count in counted.items() if count > 1] == []
    assert [one for one in counted if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one)] == []


@pytest.mark.parametrize("law", LAWS, ids=ids(LAWS))
def test_a_law_row_is_complete(law: Row) -> None:
    assert set(law) == LAW_KEYS
    assert law["level"] in LEVELS
    assert law["confidence"] in {"A", "B", "C"}
    assert law["title"]
    assert law["short"]
    assert law["number"]
    assert law["superseded_by"] is None or law["superseded_by"] in LAW_BY_ID
    assert (law["superseded_by"] is None) == (law["valid_to"] is None)


@pytest.mark.parametrize("law", LAWS, ids=ids(LAWS))
def test_a_superseded_law_ends_the_day_before_its_successor_begins(law: Row) -> None:
    if law["superseded_by"] is None:
        return
    successor = LAW_BY_ID[law["superseded_by"]]
    assert law["valid_to"] + dt.timedelta(days=1) == successor["valid_from"]


@pytest.mark.parametrize("entry", ALL, ids=ids(ALL))
def test_an_entry_is_complete(entry: Row) -> None:
    assert set(entry) <= ENTRY_KEYS
    assert set(entry) >= ENTRY_KEYS - {"detail"}
    assert 4 <= len(entry["ask"]) <= MOST_PHRASINGS
    assert entry["confidence"] in {"A", "B", "C"}
    assert entry["audience"] in AUDIENCES
    assert entry["next"]
    assert set(entry["next"]) <= STEPS
    assert all(isinstance(text, str) and text.strip() for text in phrasings(entry))


@pytest.mark.parametrize("entry", ALL, ids=ids(ALL))
def test_a_conclusion_is_short(entry: Row) -> None:
    assert 0 < len(entry["answer"]) <= LONGEST_ANSWER


@pytest.mark.parametrize("entry", ALL, ids=ids(ALL))
def test_validity_is_made_of_dates_in_order(entry: Row) -> None:
    begins, ends = entry["valid_from"], entry["valid_to"]
    assert type(begins) is dt.date
    assert ends is None or (type(ends) is dt.date and begins <= ends)


@pytest.mark.parametrize("entry", ALL, ids=ids(ALL))
def test_cited_laws_are_known_and_in_force_for_the_entry(entry: Row) -> None:
    for citation in entry["citations"]:
        assert set(citation) == {"law", "article"}
        law = LAW_BY_ID[citation["law"]]
        assert law["valid_from"] is None or law["valid_from"] <= (entry["valid_to"] or dt.date.max)
        if law["valid_to"] is not None:
            assert entry["valid_to"] is not None
            assert entry["valid_to"] <= law["valid_to"]


def test_an_entry_with_an_end_says_to_what_it_applies() -> None:
    ended = [entry for entry in ALL if entry["valid_to"] is not None]
    assert ended
    assert [entry["id"] for entry in ended if "适用" not in entry["detail"]] == []


def test_an_answer_is_no_surer_than_the_laws_read_for_it() -> None:
    """Quoting only second-hand texts cannot give confidence A."""
    overconfident = [
        entry["id"]
        for entry in ALL
        if entry["confidence"] == "A"
        and all(LAW_BY_ID[citation["law"]]["confidence"] != "A" for citation in entry["citations"])
    ]
    assert overconfident == []


def test_an_unconfirmed_answer_defers_to_whoever_decides() -> None:
    silent = [
        entry["id"]
        for entry in ALL
        if entry["confidence"] == "C" and not re.search(r"为准|咨询|请问|执法人员", spoken(entry))
    ]
    assert silent == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_answer_shouts_promises_or_condemns(word: str) -> None:
    assert [entry["id"] for entry in ALL if word in spoken(entry)] == []


def test_a_phrasing_stands_in_two_places_only_where_we_mean_to_ask_back() -> None:
    counted = Counter(bare(text) for entry in ALL for text in phrasings(entry))
    assert {text for text, count in counted.items() if count > 1} == {bare(text) for text in ASKED_BACK}


def test_phrasings_are_different_questions(segmenter: Segmenter) -> None:
    """At most a tenth may repeat another phrasing of its entry, letter by letter or in another order."""
    total = near = 0
    for entry in ALL:
        texts = [bare(text) for text in phrasings(entry)]
        words = [sorted(segmenter.words(text)) for text in texts]
        for at, text in enumerate(texts):
            total += 1
            near += words[at] in words[:at] or any(
                Indel.normalized_similarity(text, other) >= NEAR_DUPLICATE for other in texts[:at]
            )
    assert near * 10 <= total


def test_an_entry_is_found_first_without_the_phrasing_that_is_asked(segmenter: Segmenter) -> None:
    report = measure(read_content().entries, segmenter=segmenter)
    assert report.asked > 2000
    assert report.hit_1 >= FOUND_FIRST, [(trial.wanted, trial.asked) for trial in report.missed]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation questions in ../shared/eval are not here")
def test_no_evaluation_question_is_reused() -> None:
    path = SHARED / "eval" / "citizen_questions.jsonl"
    questions = [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]
    ours = [text for entry in ALL for text in phrasings(entry)]
    kept_apart = {bare(question) for question in questions}
    assert [text for text in ours if bare(text) in kept_apart] == []
    close = [(text, question) for text in ours for question in questions if likeness(text, question) >= 0.8]
    assert close == []
