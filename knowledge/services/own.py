"""Measures and fits on our own entries by leaving out what is asked."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.text_words import Segmenter
from knowledge.rules.answers import Answer
from knowledge.rules.confidence import features
from knowledge.rules.entries import Entry
from knowledge.services.index import KnowledgeIndex, build

FOLDS = 6


@dataclass(frozen=True, slots=True)
class Trial:
    """One phrasing asked of an index that does not hold it: who was found, and what was measured."""

    asked: str
    wanted: str
    found: tuple[str, ...]
    features: tuple[float, ...]

    @property
    def right(self) -> bool:
        """Tell whether the wanted entry was found first."""
        return self.found[:1] == (self.wanted,)


@dataclass(frozen=True, slots=True)
class OwnReport:
    """How often, with its phrasing left out, an entry is still found first, or among three (0 to 1)."""

    asked: int
    hit_1: float
    hit_3: float
    missed: tuple[Trial, ...]


def phrasings_left_out(entries: Sequence[Entry], segmenter: Segmenter) -> Iterator[Trial]:
    """Ask every phrasing of an index built without it (the n-th of every entry at once)."""
    several = [entry for entry in entries if len(entry.phrasings) > 1]
    for number in range(max((len(entry.phrasings) for entry in several), default=0)):
        asked = [entry for entry in several if number < len(entry.phrasings)]
        index = build([_without(entry, number) for entry in entries], segmenter=segmenter)
        for entry in asked:
            yield _trial(index, entry.phrasings[number], entry.id)


def decided_left_out(
    entries: Sequence[Entry], segmenter: Segmenter, *, on: date
) -> Iterator[tuple[str, Answer]]:
    """Yield, for every phrasing of an entry in force, its entry's id and what an index without it answers."""
    for number in range(max((len(entry.phrasings) for entry in entries), default=0)):
        asked = [entry for entry in entries if number < len(entry.phrasings) and entry.in_force(on)]
        index = build([_without(entry, number) for entry in entries], segmenter=segmenter)
        for entry in asked:
            yield entry.id, index.answer(entry.phrasings[number], on=on)


def entries_left_out(entries: Sequence[Entry], segmenter: Segmenter) -> Iterator[Trial]:
    """Ask the phrasings of entries of an index built without these entries (a sixth of them at a time)."""
    for fold in range(FOLDS):
        kept = [entry for place, entry in enumerate(entries) if place % FOLDS != fold]
        index = build(kept, segmenter=segmenter)
        for entry in entries[fold::FOLDS]:
            for phrasing in entry.phrasings[:3]:
                yield _trial(index, phrasing, entry.id)


def ask_all(index: KnowledgeIndex, questions: Sequence[str]) -> Iterator[Trial]:
    """Ask `questions` that none of the entries answers."""
    for question in questions:
        yield _trial(index, question, "")


def measure(entries: Sequence[Entry], *, segmenter: Segmenter) -> OwnReport:
    """Report how our own entries are found with one phrasing left out."""
    trials = list(phrasings_left_out(entries, segmenter))
    asked = max(len(trials), 1)
    return OwnReport(
        asked=len(trials),
        hit_1=sum(trial.right for trial in trials) / asked,
        hit_3=sum(trial.wanted in trial.found[:3] for trial in trials) / asked,
        missed=tuple(trial for trial in trials if not trial.right),
    )


def _without(entry: Entry, number: int) -> Entry:
    kept = [phrasing for place, phrasing in enumerate(entry.phrasings) if place != number]
    if not kept or number >= len(entry.phrasings):
        return entry
    return dataclasses.replace(entry, question=kept[0], ask=tuple(kept[1:]))


def _trial(index: KnowledgeIndex, asked: str, wanted: str) -> Trial:
    query = index.query(asked)
    found = index.found(query, on=None, k=10)
    ids = tuple(index.entries[one.position].id for one in found.ranked)
    return Trial(asked, wanted, ids, tuple(features(index.ranker, query, found)))
