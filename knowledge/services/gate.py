"""Measures a publication before it is made: the same questions asked of the index as it is and as it would be."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.text_words import Segmenter
from knowledge.rules.entries import Entry
from knowledge.rules.regression import (
    Difference,
    Expectation,
    Failure,
    RegressionKind,
    Report,
    Series,
    Trial,
    Verdict,
    right,
    scored,
)
from knowledge.rules.synonyms import Synonyms
from knowledge.rules.versions import Edition
from knowledge.services.index import KnowledgeIndex, build
from knowledge.services.known import index_of

ROUNDS = 3  # phrasings of each entry that are left out, one after the other


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: the kept questions with what must come of them, and what citizens asked lately."""

    kept: tuple[Expectation, ...]
    lately: tuple[str, ...] = ()


def compare(old: Edition, new: Edition, questions: Questions, *, segmenter: Segmenter, on: date) -> Report:
    """Ask both editions the same questions; takes seconds of CPU, so never inside a unit of work.

    Scores count only what both were asked: a phrasing that is new cannot have got worse.
    """
    before, after = index_of(old, segmenter), index_of(new, segmenter)
    kept = {one: (_asked(before, one, on), _asked(after, one, on)) for one in questions.kept}
    left, right_now = _left_out(old, segmenter), _left_out(new, segmenter)
    shared = {key: (trial, right_now[key]) for key, trial in left.items() if key in right_now}
    rejects = {one: pair for one, pair in kept.items() if one.kind is RegressionKind.REJECT}
    others = {one: pair for one, pair in kept.items() if one.kind is not RegressionKind.REJECT}
    return Report(
        on=on,
        scores=(
            scored(Series.QUESTIONS, others.values()),
            scored(Series.REJECTS, rejects.values()),
            scored(Series.PHRASINGS, shared.values()),
        ),
        failures=(
            *_failures(Series.QUESTIONS, {(one.entry_id, one.text): pair for one, pair in others.items()}),
            *_failures(Series.REJECTS, {(one.entry_id, one.text): pair for one, pair in rejects.items()}),
            *_failures(Series.PHRASINGS, shared),
        ),
        changed=tuple(_changed(before, after, questions, on)),
        unmet=tuple(
            phrasing
            for (entry_id, phrasing), trial in right_now.items()
            if (entry_id, phrasing) not in left and not trial.right
        ),
    )


def _asked(index: KnowledgeIndex, expected: Expectation, on: date) -> Trial:
    answer = index.answer(expected.text, on=on)
    return Trial(right(answer, expected), Verdict.of(answer))


def _changed(
    before: KnowledgeIndex, after: KnowledgeIndex, questions: Questions, on: date
) -> Iterator[Difference]:
    for text in dict.fromkeys([*questions.lately, *(one.text for one in questions.kept)]):
        old, new = Verdict.of(before.answer(text, on=on)), Verdict.of(after.answer(text, on=on))
        if (old.kind, old.entry_id) != (new.kind, new.entry_id):
            yield Difference(text, old, new)


def _failures(series: Series, pairs: Mapping[tuple[str, str], tuple[Trial, Trial]]) -> Iterator[Failure]:
    for (entry_id, text), (old, new) in pairs.items():
        if old.right and not new.right:
            yield Failure(series, text, entry_id, old.verdict, new.verdict)


def _left_out(edition: Edition, segmenter: Segmenter) -> dict[tuple[str, str], Trial]:
    """Ask a few phrasings of every entry of an index that does not hold them; which ones, their text decides."""
    synonyms = Synonyms.of(edition.wordings)
    orders = {entry.id: _order(entry) for entry in edition.entries if len(entry.phrasings) > 1}
    found: dict[tuple[str, str], Trial] = {}
    for number in range(ROUNDS):
        asked = {entry_id: order[number] for entry_id, order in orders.items() if number < len(order)}
        entries = [_without(entry, asked.get(entry.id)) for entry in edition.entries]
        index = build(entries, segmenter=segmenter, synonyms=synonyms)
        for entry_id, phrasing in asked.items():
            found[entry_id, phrasing] = _found(index, phrasing, entry_id)
    return found


def _order(entry: Entry) -> Sequence[str]:
    return sorted(entry.phrasings, key=lambda phrasing: hashlib.sha256(phrasing.encode()).digest())


def _without(entry: Entry, phrasing: str | None) -> Entry:
    if phrasing is None:
        return entry
    kept = [one for one in entry.phrasings if one != phrasing]
    return replace(entry, question=kept[0], ask=tuple(kept[1:])) if kept else entry


def _found(index: KnowledgeIndex, asked: str, wanted: str) -> Trial:
    hits = index.search(asked, 1)
    entry = hits[0].entry if hits else None
    verdict = Verdict("search", entry.id if entry else "", entry.question if entry else "")
    return Trial(verdict.entry_id == wanted, verdict)
