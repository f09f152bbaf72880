"""Gram postings in flat arrays: which rows hold a pair of units, rarest pairs first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHIFT = 24

Longs = NDArray[np.int64]
Rows = NDArray[np.int32]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sequences:
    """Many texts as one array of unit codes; `row` says whose each unit is."""

    units: Longs
    row: Rows


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows by gram: `rows[starts[i]:starts[i + 1]]`, ascending, hold the gram `grams[i]`."""

    grams: Longs
    starts: Longs
    rows: Rows

    def rows_of(self, gram: int) -> Rows:
        """Return the rows that hold `gram`, ascending; empty when none does."""
        at = int(np.searchsorted(self.grams, gram))
        if at == len(self.grams) or self.grams[at] != gram:
            return self.rows[:0]
        return self.rows[self.starts[at] : self.starts[at + 1]]


def gram(one: int, other: int) -> int:
    """Return the code of two units in either order, so that swapped neighbours still share it."""
    return (min(one, other) << SHIFT) | max(one, other)


def pairs(units: Sequence[int], *, apart: int) -> list[int]:
    """Return the grams of units `apart` places from each other, in order."""
    return [gram(a, b) for a, b in zip(units, units[apart:], strict=False)]


def flat(texts: Sequence[str]) -> Sequences:
    """Return texts as one array of code points."""
    joined = "".join(texts)
    units = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    return Sequences(units=units, row=np.repeat(np.arange(len(texts), dtype=np.int32), lengths))


def index(sequences: Sequences) -> Postings:
    """Index pairs of neighbours and of units one apart alike, so that a letter too many or too few costs little.

    A gram counts once a row.
    """
    near, far = _codes(sequences, 1), _codes(sequences, 2)
    codes, rows = np.concatenate([near[0], far[0]]), np.concatenate([near[1], far[1]])
    order = np.lexsort((rows, codes))
    codes, rows = codes[order], rows[order]
    fresh = np.ones(len(codes), dtype=bool)
    fresh[1:] = (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])
    codes, rows = codes[fresh], rows[fresh]
    grams, first = np.unique(codes, return_index=True)
    return Postings(grams=grams, starts=np.append(first, len(codes)).astype(np.int64), rows=rows)


def _codes(sequences: Sequences, apart: int) -> tuple[Longs, Rows]:
    one, other = sequences.units[:-apart], sequences.units[apart:]
    same = sequences.row[:-apart] == sequences.row[apart:]
    one, other = one[same], other[same]
    return (np.minimum(one, other) << SHIFT) | np.maximum(one, other), sequences.row[:-apart][same]


def accumulate(found: list[tuple[float, Rows]], *, size: int, budget: int) -> Scores:
    """Add up weights by row, rarest grams first, and stop once `budget` postings have been read."""
    scores = np.zeros(size, dtype=np.float32)
    read = 0
    for weight, rows in sorted(found, key=lambda item: len(item[1])):
        if read >= budget:
            break
        scores[rows] += weight
        read += len(rows)
    return scores


def best(scores: Scores, count: int) -> Rows:
    """Return up to `count` rows with the highest scores, in ascending order of row.

    What has less than a quarter of the best score is not looked at: scanning a mask is far cheaper than sorting.
    """
    top = float(scores.max(initial=0))
    if top <= 0:
        return np.empty(0, dtype=np.int32)
    rows = np.flatnonzero(scores > top / 4).astype(np.int32)
    if len(rows) > count:
        rows = np.sort(rows[np.argpartition(scores[rows], -count)[-count:]])
    return rows
