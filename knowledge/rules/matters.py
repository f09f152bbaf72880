"""Weighs whether an answer is about what was asked: the same subject, the same aspect of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge.rules.entries import Entry
from knowledge.rules.subjects import Subject, differ, load_subjects

TABLE = Path(__file__).with_name("aspects.yaml")
# What remains of a score; chosen on our own phrasings, each left out in turn.
OTHER_SUBJECT = 0.6
SUBJECT_UNSAID = 0.95
ASPECT_UNSAID = 0.92


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about: subjects it asks about, all subjects it names, aspects it speaks of."""

    subjects: frozenset[Subject]
    named: frozenset[Subject]
    aspects: frozenset[str]


def asked(text: str) -> Matter:
    """Return what a question is about."""
    subjects = load_subjects().of([text])
    return Matter(subjects, subjects, _aspects(text))


def told(entry: Entry) -> Matter:
    """Return what an entry is about; its answer may name more than it is asked for."""
    subjects = load_subjects()
    return Matter(
        subjects=subjects.of(entry.phrasings),
        named=subjects.of([*entry.phrasings, entry.answer, entry.detail]),
        aspects=_aspects(" ".join([*entry.phrasings, entry.answer])),
    )


def share(question: Matter, answer: Matter) -> float:
    """Return what share of its score an answer keeps."""
    kept = 1.0
    if differ(question.subjects, answer.subjects):
        kept *= OTHER_SUBJECT
    elif question.subjects and not question.subjects & answer.named:
        kept *= SUBJECT_UNSAID
    if question.aspects and not question.aspects & answer.aspects:
        kept *= ASPECT_UNSAID
    return kept


def _aspects(text: str) -> frozenset[str]:
    return frozenset(name for name, tells in _load().items() if tells.search(text))


@cache
def _load() -> Mapping[str, re.Pattern[str]]:
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {row["id"]: re.compile(row["tells"]) for row in rows}
