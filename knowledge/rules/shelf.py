"""A shelf of short or long texts that finds, for a question, the rows most like it."""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.text import normalise, units
from core.text_pinyin import reading
from knowledge.rules.postings import Cells, Floats, Forward, Longs, Postings, stack, weigh

Cut = Callable[[str], list[str]]
SHORT_ROW = 24
LONG_ROW = 96


@dataclass(frozen=True, slots=True)
class Weights:
    """What the fields count beside each other: words, character pairs, sound pairs, characters, sounds."""

    words: float
    pairs: float
    sound_pairs: float
    characters: float
    sounds: float

    def mixed(self, other: "Weights", share: float) -> "Weights":
        """Return the weights `share` of the way from these to `other`."""
        return Weights(
            words=self.words + share * (other.words - self.words),
            pairs=self.pairs + share * (other.pairs - self.pairs),
            sound_pairs=self.sound_pairs + share * (other.sound_pairs - self.sound_pairs),
            characters=self.characters + share * (other.characters - self.characters),
            sounds=self.sounds + share * (other.sounds - self.sounds),
        )


# Fitted on public question-to-question and question-to-text sets: short questions share characters and sounds
# with their paraphrases, while in long texts only neighbours (words, pairs) tell one from another.
FOR_QUESTIONS = Weights(words=1.0, pairs=0.0, sound_pairs=0.3, characters=2.0, sounds=2.5)
FOR_TEXTS = Weights(words=1.0, pairs=1.0, sound_pairs=0.5, characters=0.5, sounds=0.0)


def weights_for(mean_length: float) -> Weights:
    """Return the weights for rows of `mean_length` characters, between those of questions and of texts."""
    share = math.log(max(mean_length, 1.0) / SHORT_ROW) / math.log(LONG_ROW / SHORT_ROW)
    return FOR_QUESTIONS.mixed(FOR_TEXTS, min(max(share, 0.0), 1.0))


@dataclass(frozen=True, slots=True)
class Query:
    """A question taken apart once for all shelves, with what lay words add as `extra`."""

    text: str
    words: list[str]
    units: list[str]
    sounds: list[str]
    extra: "Query | None" = None

    @staticmethod
    def of(text: str, cut: Cut) -> "Query":
        """Take normalised `text` apart."""
        return Query(text, cut(text), units(text), reading(text))


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers a shelf gave to words, characters, sounds and to the pairs of the latter two."""

    words: dict[str, int]
    characters: dict[str, int]
    sounds: dict[str, int]
    pairs: Longs
    sound_pairs: Longs

    def gathering(self, query: Query) -> list[int]:
        """Return the numbers of the query's words, character pairs and sound pairs, those this shelf knows."""
        known = self.words
        found = [known[word] for word in query.words if word in known]
        base = len(known)
        found += _located(self.pairs, self._codes(query.units, self.characters), base)
        base += len(self.pairs)
        return found + _located(self.sound_pairs, self._codes(query.sounds, self.sounds), base)

    def judging(self, query: Query) -> list[int]:
        """Return the numbers of the query's characters and sounds, those this shelf knows."""
        base = len(self.characters)
        found = [self.characters[unit] for unit in query.units if unit in self.characters]
        return found + [base + self.sounds[sound] for sound in query.sounds if sound in self.sounds]

    @staticmethod
    def _codes(parts: Sequence[str], known: dict[str, int]) -> list[int]:
        ids = [known.get(part, -1) for part in parts]
        size = len(known)
        return [a * size + b for a, b in itertools.pairwise(ids) if a >= 0 and b >= 0]


def _located(codes: Longs, wanted: list[int], base: int) -> list[int]:
    if not wanted or not len(codes):
        return []
    places = np.searchsorted(codes, wanted)
    places[places == len(codes)] = 0
    return [base + int(place) for place, code in zip(places, wanted, strict=True) if codes[place] == code]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of text behind their postings; immutable, read by any thread."""

    terms: Terms
    gather: Postings
    forward: Forward
    texts: tuple[str, ...]
    weights: Weights

    def gathered(self, query: Query) -> Floats:
        """Return for every row what words and pairs say; zero for rows that share none."""
        total = np.zeros(self.gather.size, dtype=np.float32)
        self.gather.add(total, self.terms.gathering(query))
        if query.extra is not None:
            self.gather.add(total, self.terms.gathering(query.extra), EXTRA)
        return total

    def judged(self, query: Query, rows: Longs) -> Floats:
        """Return for `rows` what single characters and sounds say."""
        asked = np.zeros(len(self.forward.idf), dtype=np.float32)
        if query.extra is not None:
            asked[self.terms.judging(query.extra)] = EXTRA
        for term in self.terms.judging(query):
            asked[term] += 1
        return self.forward.judge(rows, asked)

    def coverage(self, query: Query, rows: Longs) -> Floats:
        """Return the share of the query's characters, by their weight, that each of `rows` has (0 to 1)."""
        return self._share(query.units, self.terms.characters, 0, rows)

    def heard(self, query: Query, rows: Longs) -> Floats:
        """Return the share of the query's sounds, by their weight, that each of `rows` has (0 to 1)."""
        return self._share(query.sounds, self.terms.sounds, len(self.terms.characters), rows)

    def _share(self, parts: Sequence[str], known: dict[str, int], base: int, rows: Longs) -> Floats:
        mass = np.zeros(len(self.forward.idf), dtype=np.float32)
        distinct = set(parts)
        ids = [base + known[part] for part in distinct if part in known]
        mass[ids] = self.forward.idf[ids]
        strange = (len(distinct) - len(ids)) * self.unseen
        return self.forward.cover(rows, mass) / np.float32(max(float(mass.sum()) + strange, 1e-6))

    def worded(self, query: Query, row: int) -> float:
        """Return the share of the query's words, by their weight, that `row` has (0 to 1)."""
        known, idf = self.terms.words, self.gather.idf
        whole = held = 0.0
        for word in set(query.words):
            term = known.get(word)
            weight = self.unseen if term is None else float(idf[term])
            whole += weight
            held += weight if term is not None and self.gather.holds(term, row) else 0.0
        return held / whole if whole else 0.0

    def strange(self, query: Query) -> float:
        """Return the share of the query's words, by their weight, that no row has (0 to 1)."""
        known, idf = self.terms.words, self.gather.idf
        distinct = set(query.words)
        familiar = sum(float(idf[known[word]]) for word in distinct if word in known)
        unknown = sum(word not in known for word in distinct) * self.unseen
        return unknown / (familiar + unknown) if distinct else 1.0

    def returned(self, query: Query, row: int) -> float:
        """Return the share of the characters of `row`, by their weight, that the query has (0 to 1)."""
        first, last = int(self.forward.starts[row]), int(self.forward.starts[row + 1])
        held = self.forward.terms[first:last]
        held = held[held < len(self.terms.characters)]
        idf = self.forward.idf[held]
        asked = {self.terms.characters[unit] for unit in query.units if unit in self.terms.characters}
        common = np.fromiter((int(term) in asked for term in held), dtype=bool, count=len(held))
        return float(idf[common].sum() / max(float(idf.sum()), 1e-6))

    def perfect(self, query: Query) -> float:
        """Return about what a row of average length with all of the query's parts would score."""
        gather, judge = self.gather.idf, self.forward.idf
        words, pairs = len(self.terms.words), len(self.terms.words) + len(self.terms.pairs)
        weights, total = self.weights, 0.0
        for term in self.terms.gathering(query):
            weight = weights.words if term < words else weights.pairs if term < pairs else weights.sound_pairs
            total += weight * float(gather[term])
        for term in self.terms.judging(query):
            weight = weights.characters if term < len(self.terms.characters) else weights.sounds
            total += weight * float(judge[term])
        lost = sum(word not in self.terms.words for word in query.words)
        return max(total + lost * self.unseen * weights.words, 1e-6)

    @property
    def unseen(self) -> float:
        """Return the weight of a term no row has."""
        return math.log1p((self.gather.size + 0.5) / 0.5)

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        pairs = self.terms.pairs.nbytes + self.terms.sound_pairs.nbytes
        return self.gather.nbytes + self.forward.nbytes + pairs


EXTRA = 0.5


@dataclass(slots=True)
class _Column:
    numbers: dict[str, int]
    flat: list[int]
    rows: Longs

    def cells(self, size: int) -> Cells:
        return weigh(np.array(self.flat, dtype=np.int64), self.rows, size=size, vocabulary=len(self.numbers))

    def pair_cells(self, size: int) -> tuple[Cells, Longs]:
        ids = np.array(self.flat, dtype=np.int64)
        together = self.rows[1:] == self.rows[:-1]
        codes = (ids[:-1] * len(self.numbers) + ids[1:])[together]
        distinct, numbered = np.unique(codes, return_inverse=True)
        return weigh(numbered, self.rows[1:][together], size=size, vocabulary=len(distinct)), distinct


def _column(rows: Iterable[Sequence[str]]) -> _Column:
    numbers: dict[str, int] = {}
    flat: list[int] = []
    sizes: list[int] = []
    for parts in rows:
        flat.extend([numbers.setdefault(part, len(numbers)) for part in parts])
        sizes.append(len(parts))
    return _Column(numbers, flat, np.repeat(np.arange(len(sizes), dtype=np.int64), sizes))


def build(texts: Iterable[str], cut: Cut) -> Shelf:
    """Build a shelf with one row per text; fields weigh as the mean length of the texts asks."""
    rows = tuple(normalise(text) for text in texts)
    size = len(rows)
    words = _column(cut(row) for row in rows)
    characters = _column(units(row) for row in rows)
    sounds = _column(reading(row) for row in rows)
    weights = weights_for(len(characters.flat) / max(size, 1))
    pairs, pair_codes = _pairs(characters, size, wanted=weights.pairs > 0)
    sound_pairs, sound_codes = _pairs(sounds, size, wanted=weights.sound_pairs > 0)
    gather = stack(
        ((words.cells(size), weights.words), (pairs, weights.pairs), (sound_pairs, weights.sound_pairs))
    )
    judge = stack(((characters.cells(size), weights.characters), (sounds.cells(size), weights.sounds)))
    terms = Terms(words.numbers, characters.numbers, sounds.numbers, pair_codes, sound_codes)
    return Shelf(terms, gather.by_term(), judge.by_row(), rows, weights)


def _pairs(column: _Column, size: int, *, wanted: bool) -> tuple[Cells, Longs]:
    if wanted:
        return column.pair_cells(size)
    none = np.zeros(0, dtype=np.int64)
    return weigh(none, none, size=size, vocabulary=0), none
