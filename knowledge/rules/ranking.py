"""Ranks documents for a question: what people ask on one shelf, what we say on another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.text import key, units
from knowledge.rules.postings import Floats, Longs
from knowledge.rules.shelf import Asked, Cut, Query, Shelf, build

CANDIDATES = 64
NEAR_PEAK = (0.6, 0.45, 0.3, 0.15, 0.0)
# A phrasing close to the question outweighs any text; a heading with a word in common says little.
PHRASING = 0.8
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
class Found:
    """What a search found, best first, and the query in the numbers of either shelf."""

    ranked: list[Ranked]
    asked: Asked | None
    told: Asked | None


@dataclass(frozen=True, slots=True)
class Ranker:
    """Documents ready to be searched; immutable, so a new one replaces it whole."""

    asked: Shelf | None
    told: Shelf | None
    owners: Longs
    size: int

    def rank(self, query: Query, k: int = 10) -> Found:
        """Return up to `k` documents that share anything with the query, best first."""
        asked = self.asked.ask(query) if self.asked else None
        if self.told is None:
            rows, scores = self._phrasings(query, asked)
            return Found(self._best(rows, scores, k), asked, None)
        told = self.told.ask(query)
        gathered = self.told.gathered(query, told)
        positions = top(gathered, CANDIDATES)
        if asked is None:
            scores = gathered[positions] + self.told.judged(query, told, positions)
            return Found(_listed(positions, scores, None, k), None, told)
        rows, row_scores = self._phrasings(query, asked)
        positions = np.unique(np.concatenate([positions, self.owners[rows]]))
        scores = gathered[positions] + self.told.judged(query, told, positions)
        bonus, nearest = self._nearest(positions, rows, row_scores)
        return Found(_listed(positions, scores + bonus, nearest, k), asked, told)

    def _phrasings(self, query: Query, asked: Asked | None) -> tuple[Longs, Floats]:
        if self.asked is None or asked is None:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        gathered = self.asked.gathered(query, asked)
        rows = top(gathered, CANDIDATES)
        scores = gathered[rows] + self.asked.judged(query, asked, rows)
        if self.told is None:
            return rows, scores
        return rows, scores * self.asked.coverage(query, asked, rows) * np.float32(PHRASING)

    def _best(self, rows: Longs, scores: Floats, k: int) -> list[Ranked]:
        found: dict[int, Ranked] = {}
        for place in (-scores).argsort(kind="stable").tolist():
            position = int(self.owners[rows[place]])
            if position not in found:
                found[position] = Ranked(position, float(scores[place]), int(rows[place]))
                if len(found) == k:
                    break
        return list(found.values())

    def _nearest(self, positions: Longs, rows: Longs, scores: Floats) -> tuple[Floats, Longs]:
        """Return, for each position, the score and the row of its phrasing nearest to the query."""
        order = scores.argsort(kind="stable")
        places = positions.searchsorted(self.owners[rows[order]])
        bonus = np.zeros(len(positions), dtype=np.float32)
        nearest = np.full(len(positions), -1, dtype=np.int64)
        bonus[places] = scores[order]  # the best comes last and stays
        nearest[places] = rows[order]
        return bonus, nearest

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        return self.owners.nbytes + sum(shelf.nbytes for shelf in (self.asked, self.told) if shelf)


def _listed(positions: Longs, scores: Floats, nearest: Longs | None, k: int) -> list[Ranked]:
    best = (-scores).argsort(kind="stable")[:k].tolist()
    return [
        Ranked(int(positions[i]), float(scores[i]), -1 if nearest is None else int(nearest[i])) for i in best
    ]


def top(scores: Floats, k: int) -> Longs:
    """Return the positions of the `k` highest positive scores, ties in order of position, unsorted."""
    peak = scores.max(initial=0.0)
    for (
        share
    ) in NEAR_PEAK:  # looking near the peak first is many times faster than sorting all that is above zero
        some: Longs = (scores > peak * share).nonzero()[0]
        if len(some) >= k:
            break
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
    """Return how much headings repeat one another: the share of the others a character pair is in, on average."""
    pairs = [pair for heading in headings for pair in set(pairwise(units(key(heading))))]
    if not pairs:
        return 1.0
    held = np.array(list(Counter(pairs).values()), dtype=np.float64)
    return float((held * (held - 1)).sum() / held.sum() / max(len(headings) - 1, 1))
