"""BM25 with precomputed impacts in flat arrays: term-major to gather rows, row-major to judge a few of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows by term: `rows[starts[t]:starts[t + 1]]` hold term t, with their `impacts` beside them."""

    starts: Sequence[int]
    rows: Longs  # numpy adds three times faster by native integers than by narrow ones
    impacts: Floats
    idf: Floats
    size: int

    def add(self, total: Floats, terms: Sequence[int], weight: float = 1.0) -> None:
        """Add to `total` (one float per row) what the terms are worth, each as often as it is given."""
        starts, rows, impacts = self.starts, self.rows, self.impacts
        for term in terms:
            first, last = starts[term], starts[term + 1]
            worth = impacts[first:last]
            np.add.at(total, rows[first:last], worth if weight == 1.0 else worth * np.float32(weight))

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        return self.rows.nbytes + self.impacts.nbytes + self.idf.nbytes + 8 * len(self.starts)


@dataclass(frozen=True, slots=True)
class Forward:
    """Terms by row: `terms[starts[r]:starts[r + 1]]` are held by row r, with their `impacts` beside them."""

    starts: Longs
    terms: Ints
    impacts: Floats
    idf: Floats

    def judge(self, rows: Longs, asked: Floats) -> Floats:
        """Return the score of each of `rows` for `asked`, one weight per term."""
        cells, bounds = self._cells(rows)
        return _sums(self.impacts.take(cells) * asked.take(self.terms.take(cells)), bounds)

    def cover(self, rows: Longs, mass: Floats) -> Floats:
        """Return how much of `mass` (one weight per term) the terms of each of `rows` make up."""
        cells, bounds = self._cells(rows)
        return _sums(mass.take(self.terms.take(cells)), bounds)

    def held(self, row: int) -> set[int]:
        """Return the terms of one row."""
        return set(self.terms[self.starts[row] : self.starts[row + 1]].tolist())

    def _cells(self, rows: Longs) -> tuple[Longs, Longs]:
        first = self.starts[rows]
        sizes = self.starts[rows + 1] - first
        ends = sizes.cumsum()
        steps = np.arange(ends[-1] if len(ends) else 0)
        return steps + (first - ends + sizes).repeat(sizes), ends

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        return self.starts.nbytes + self.terms.nbytes + self.impacts.nbytes + self.idf.nbytes


def _sums(values: Floats, ends: Longs) -> Floats:
    """Return the sum of each run of `values`; `ends` tells where each ends."""
    running = np.zeros(len(values) + 1)
    values.cumsum(out=running[1:])
    sums = running[ends]
    sums[1:] -= running[ends[:-1]]
    return sums.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Cells:
    """What BM25 says of every (term, row) pair that occurs, sorted by term, then row."""

    terms: Longs
    rows: Longs
    impacts: Floats
    idf: Floats
    size: int

    def by_term(self) -> Postings:
        """Arrange the cells to gather rows by term."""
        held = np.bincount(self.terms, minlength=len(self.idf))
        starts = [0, *np.cumsum(held).tolist()]
        return Postings(starts, self.rows, self.impacts, self.idf, self.size)

    def by_row(self) -> Forward:
        """Arrange the cells to judge rows one by one."""
        order = np.argsort(self.rows, kind="stable")
        starts = np.zeros(self.size + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.rows, minlength=self.size), out=starts[1:])
        return Forward(starts, self.terms[order].astype(np.int32), self.impacts[order], self.idf)


def weigh(terms: Longs, rows: Longs, *, size: int, vocabulary: int) -> Cells:
    """Return the BM25 impact of each term in each row, from the term and the row of every occurrence.

    Source: BM25 (Robertson & Zaragoza 2009) with Lucene's idf, which is never negative; k1 = 1.2, b = 0.75.
    """
    lengths = np.bincount(rows, minlength=size).astype(np.float64)
    mean = max(float(lengths.mean()) if size else 0.0, 1.0)
    cells, counts = np.unique(terms * size + rows, return_counts=True)
    term, row = np.divmod(cells, max(size, 1))
    held = np.bincount(term, minlength=vocabulary)
    idf = np.log1p((size - held + 0.5) / (held + 0.5))
    norm = K1 * (1 - B + B * lengths[row] / mean)
    impacts = idf[term] * counts * (K1 + 1) / (counts + norm)
    return Cells(term, row, impacts.astype(np.float32), idf.astype(np.float32), size)


def stack(parts: Sequence[tuple[Cells, float]]) -> Cells:
    """Join fields over the same rows into one, each multiplied by its weight; later terms are numbered after earlier."""
    offsets = np.cumsum([0, *(len(cells.idf) for cells, _ in parts)])
    return Cells(
        terms=np.concatenate(
            [cells.terms + first for (cells, _), first in zip(parts, offsets, strict=False)]
        ),
        rows=np.concatenate([cells.rows for cells, _ in parts]),
        impacts=np.concatenate([cells.impacts * np.float32(weight) for cells, weight in parts]),
        idf=np.concatenate([cells.idf for cells, _ in parts]),
        size=parts[0][0].size,
    )
