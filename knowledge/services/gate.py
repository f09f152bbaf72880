"""Measures a publication before it is made: the same questions asked of the index as it is and as it would be."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.text import key
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

ROUNDS = 2  # phrasings of each entry that are left out, one after the other
SLACK = 0.003  # of the phrasings of entries nobody touched: what any change of the whole sways by itself

Asked = tuple[str, str]  # the entry that is wanted, and the words


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: the kept questions with what must come of them, and what citizens asked lately."""

    kept: tuple[Expectation, ...]
    lately: tuple[str, ...] = ()


def compare(old: Edition, new: Edition, questions: Questions, *, segmenter: Segmenter, on: date) -> Report:
    """Ask both editions the same questions; takes seconds of CPU, so never inside a unit of work.

    Beside the kept questions, a few phrasings of every entry are asked of indexes that do not hold them: of the entries
    that change, and, with a little slack, of the others. An entry that is taken away is not asked for.
    """
    before, after = index_of(old, segmenter), index_of(new, segmenter)
    kept = {
        (one.entry_id, one.text): (one.kind, (_answered(before, one, on), _answered(after, one, on)))
        for one in questions.kept
    }
    changed = _changed_entries(old, new)
    phrasings = _left_out(old, new, segmenter)
    groups = {
        Series.QUESTIONS: {
            one: pair for one, (kind, pair) in kept.items() if kind is not RegressionKind.REJECT
        },
        Series.REJECTS: {one: pair for one, (kind, pair) in kept.items() if kind is RegressionKind.REJECT},
        Series.EDITED: {one: pair for one, pair in phrasings.items() if one[0] in changed},
        Series.PHRASINGS: {one: pair for one, pair in phrasings.items() if one[0] not in changed},
    }
    slack = {Series.PHRASINGS: int(SLACK * len(groups[Series.PHRASINGS]))}
    return Report(
        on=on,
        scores=tuple(
            scored(series, pairs.values(), slack=slack.get(series, 0)) for series, pairs in groups.items()
        ),
        failures=tuple(one for series, pairs in groups.items() for one in _failures(series, pairs)),
        changed=tuple(_differences(before, after, questions, on)),
        unmet=tuple(_unmet(old, new, changed, segmenter)),
    )


def _answered(index: KnowledgeIndex, expected: Expectation, on: date) -> Trial:
    answer = index.answer(expected.text, on=on)
    return Trial(right(answer, expected), Verdict.of(answer))


def _changed_entries(old: Edition, new: Edition) -> frozenset[str]:
    before = {entry.id: entry for entry in old.entries}
    return frozenset(entry.id for entry in new.entries if before.get(entry.id) != entry)


def _differences(
    before: KnowledgeIndex, after: KnowledgeIndex, questions: Questions, on: date
) -> Iterator[Difference]:
    for text in dict.fromkeys([*questions.lately, *(one.text for one in questions.kept)]):
        old, new = Verdict.of(before.answer(text, on=on)), Verdict.of(after.answer(text, on=on))
        if (old.kind, old.entry_id) != (new.kind, new.entry_id):
            yield Difference(text, old, new)


def _failures(series: Series, pairs: Mapping[Asked, tuple[Trial, Trial]]) -> Iterator[Failure]:
    for (entry_id, text), (old, new) in pairs.items():
        if old.right and not new.right:
            yield Failure(series, text, entry_id, old.verdict, new.verdict)


def _left_out(old: Edition, new: Edition, segmenter: Segmenter) -> dict[Asked, tuple[Trial, Trial]]:
    """Ask a few phrasings of every entry, as it was, of indexes that do not hold them; their text decides which.

    A phrasing that has moved to another entry is right there too.
    """
    there = {entry.id for entry in new.entries}
    orders = {
        entry.id: _order(entry) for entry in old.entries if len(entry.phrasings) > 1 and entry.id in there
    }
    owners = {key(phrasing): entry.id for entry in new.entries for phrasing in entry.phrasings}
    found: dict[Asked, tuple[Trial, Trial]] = {}
    for number in range(ROUNDS):
        asked = {entry_id: order[number] for entry_id, order in orders.items() if number < len(order)}
        before, after = _without(old, asked, segmenter), _without(new, asked, segmenter)
        for entry_id, phrasing in asked.items():
            moved = owners.get(key(phrasing), entry_id)
            found[entry_id, phrasing] = (
                _found(before, phrasing, {entry_id}),
                _found(after, phrasing, {entry_id, moved}),
            )
    return found


def _unmet(old: Edition, new: Edition, changed: frozenset[str], segmenter: Segmenter) -> Iterator[str]:
    """Yield new phrasings that, left out, do not find their entry: one of each entry that changes."""
    known = {key(phrasing) for entry in old.entries for phrasing in entry.phrasings}
    fresh = {
        entry.id: unknown[0]
        for entry in new.entries
        if entry.id in changed
        and len(entry.phrasings) > 1
        and (unknown := [one for one in _order(entry) if key(one) not in known])
    }
    index = _without(new, fresh, segmenter) if fresh else None
    for entry_id, phrasing in fresh.items():
        if index is not None and not _found(index, phrasing, {entry_id}).right:
            yield phrasing


def _without(edition: Edition, asked: Mapping[str, str], segmenter: Segmenter) -> KnowledgeIndex:
    """Build the index of an edition without one phrasing of each entry."""
    entries = [_lacking(entry, asked.get(entry.id)) for entry in edition.entries]
    return build(entries, segmenter=segmenter, synonyms=Synonyms.of(edition.wordings))


def _lacking(entry: Entry, phrasing: str | None) -> Entry:
    kept = [one for one in entry.phrasings if one != phrasing]
    return replace(entry, question=kept[0], ask=tuple(kept[1:])) if kept else entry


def _order(entry: Entry) -> list[str]:
    return sorted(entry.phrasings, key=lambda phrasing: hashlib.sha256(phrasing.encode()).digest())


def _found(index: KnowledgeIndex, asked: str, wanted: set[str]) -> Trial:
    hits = index.search(asked, 1)
    entry = hits[0].entry if hits else None
    verdict = Verdict("search", entry.id if entry else "", entry.question if entry else "")
    return Trial(verdict.entry_id in wanted, verdict)
