"""Ranks documents for a question: what people ask on one shelf, what we say on another."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.text import key, units
from knowledge.rules.postings import Floats, Longs
from knowledge.rules.shelf import Cut, Query, Shelf, build

CANDIDATES = 64
# A phrasing close to the question outweighs any text; a heading with a word in common says little.
PHRASING = 1.6
# Above this share of common character pairs headings repeat one another (chapter and article names).
REPETITIVE = 0.08


@dataclass(frozen=True, slots=True)
class Document:
    """Something to find: the ways people ask for it (or its heading), and its text, which may be empty."""

    phrasings: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One document found: its position, its score, and the phrasing row nearest to the question (or -1)."""

    position: int
    score: float
    row: int


@dataclass(frozen=True, slots=True)
class Ranker:
    """Documents ready to be searched; immutable, so a new one replaces it whole."""

    asked: Shelf | None
    told: Shelf | None
    owners: Longs
    size: int

    def rank(self, query: Query, k: int = 10) -> list[Ranked]:
        """Return up to `k` documents that share anything with the query, best first."""
        rows, row_scores = self._phrasings(query)
        if self.told is None:
            return self._best(rows, row_scores, k)
        gathered = self.told.gathered(query)
        near = top(gathered, CANDIDATES)
        positions = np.unique(np.concatenate([near, self.owners[rows]]))
        scores = gathered[positions] + self.told.judged(query, positions)
        return self._joined(positions, scores, rows, row_scores)[:k]

    def _phrasings(self, query: Query) -> tuple[Longs, Floats]:
        if self.asked is None:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        gathered = self.asked.gathered(query)
        rows = top(gathered, CANDIDATES if self.told is None else 2 * CANDIDATES)
        scores = gathered[rows] + self.asked.judged(query, rows)
        if self.told is None:
            return rows, scores
        return rows, scores * self.asked.coverage(query, rows) * np.float32(PHRASING)

    def _best(self, rows: Longs, scores: Floats, k: int) -> list[Ranked]:
        found: dict[int, Ranked] = {}
        for place in np.argsort(-scores, kind="stable"):
            position = int(self.owners[rows[place]])
            if position not in found:
                found[position] = Ranked(position, float(scores[place]), int(rows[place]))
                if len(found) == k:
                    break
        return list(found.values())

    def _joined(self, positions: Longs, scores: Floats, rows: Longs, row_scores: Floats) -> list[Ranked]:
        nearest = np.full(len(positions), -1, dtype=np.int64)
        order = np.argsort(row_scores, kind="stable")
        places = np.searchsorted(positions, self.owners[rows[order]])
        bonus = np.zeros(len(positions), dtype=np.float32)
        bonus[places] = row_scores[order]
        nearest[places] = rows[order]
        total = scores + bonus
        best = np.argsort(-total, kind="stable")
        return [Ranked(int(positions[i]), float(total[i]), int(nearest[i])) for i in best]

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        return self.owners.nbytes + sum(shelf.nbytes for shelf in (self.asked, self.told) if shelf)


def top(scores: Floats, k: int) -> Longs:
    """Return the positions of the `k` highest positive scores, ties in order of position, unsorted."""
    some = np.flatnonzero(scores)
    if len(some) <= k:
        return some
    values = scores[some]
    floor = np.partition(values, len(values) - k)[len(values) - k]
    above = some[values > floor]
    return np.concatenate([above, some[values == floor][: k - len(above)]])


def arrange(documents: Sequence[Document], cut: Cut) -> Ranker:
    """Build the shelves for the documents.

    Texts get a shelf where they say more than the phrasings; headings that repeat one another get none.
    """
    owners = np.repeat(np.arange(len(documents)), [len(document.phrasings) for document in documents])
    spoken = any(
        key(document.text) not in map(key, document.phrasings) for document in documents if document.text
    )
    told = build((_whole(document) for document in documents), cut) if spoken else None
    phrasings = [phrasing for document in documents for phrasing in document.phrasings]
    telling = told is None or repetition(phrasings) < REPETITIVE
    return Ranker(build(phrasings, cut) if telling else None, told, owners, len(documents))


def _whole(document: Document) -> str:
    return " ".join((*document.phrasings, document.text))


def repetition(headings: Sequence[str]) -> float:
    """Return how much headings repeat one another: the share of them a character pair is in, on average."""
    pairs = [pair for heading in headings for pair in {a + b for a, b in _neighbours(key(heading))}]
    if not pairs:
        return 1.0
    _, held = np.unique(np.array(pairs), return_counts=True)
    return float((held.astype(np.float64) ** 2).sum() / held.sum() / len(headings))


def _neighbours(text: str) -> list[tuple[str, str]]:
    parts = units(text)
    return list(itertools.pairwise(parts))
