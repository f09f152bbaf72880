"""A shelf of short or long texts that finds, for a question, the rows most like it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
class Asked:
    """A query in the numbers of one shelf: terms to gather by, terms to judge by, and how many words it lacks."""

    gather: list[int]
    judge: list[int]
    characters: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers a shelf gave to words, characters, sounds and to the pairs of the latter two."""

    words: dict[str, int]
    characters: dict[str, int]
    sounds: dict[str, int]
    pairs: Longs
    sound_pairs: Longs

    def asked(self, query: Query) -> Asked:
        """Return the numbers of the query's parts, leaving out what this shelf does not know."""
        words = [number for word in query.words if (number := self.words.get(word)) is not None]
        characters = [self.characters.get(unit, -1) for unit in query.units]
        sounds = [self.sounds.get(sound, -1) for sound in query.sounds]
        gather = list(words)
        gather += _located(self.pairs, _codes(characters, len(self.characters)), len(self.words))
        base = len(self.words) + len(self.pairs)
        gather += _located(self.sound_pairs, _codes(sounds, len(self.sounds)), base)
        judge = [number for number in characters if number >= 0]
        seen = len(judge)
        judge += [len(self.characters) + number for number in sounds if number >= 0]
        return Asked(gather, judge, seen, len(query.words) - len(words))


def _codes(ids: Sequence[int], size: int) -> list[int]:
    return [a * size + b for a, b in pairwise(ids) if a >= 0 and b >= 0]


def _located(codes: Longs, wanted: list[int], base: int) -> list[int]:
    if not wanted or not len(codes):
        return []
    places = np.searchsorted(codes, wanted)
    places[places == len(codes)] = 0
    found: list[int] = (places[codes[places] == wanted] + base).tolist()
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """What a query and a row have in common, as shares from 0 to 1.

    Of the query's characters, of its sounds, of its words; and, in `returned`, of the row's sounds.
    """

    seen: float
    heard: float
    returned: float
    worded: float


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of text behind their postings; immutable, read by any thread.

    `gather_worth` and `judge_worth` hold what each term counts: its idf times the weight of its field. The plain
    idf stands in lists too, for the few terms of one query: a list is quicker to look into than an array.
    """

    terms: Terms
    gather: Postings
    forward: Forward
    texts: tuple[str, ...]
    gather_worth: Floats
    judge_worth: Floats
    word_idf: list[float]
    part_idf: list[float]

    def ask(self, query: Query) -> Asked:
        """Put the query into the numbers of this shelf."""
        return self.terms.asked(query)

    def gathered(self, query: Query, asked: Asked) -> Floats:
        """Return for every row what words and pairs say; zero for rows that share none."""
        total = np.zeros(self.gather.size, dtype=np.float32)
        self.gather.add(total, asked.gather)
        if query.extra is not None:
            self.gather.add(total, self.terms.asked(query.extra).gather, EXTRA)
        return total

    def judged(self, query: Query, asked: Asked, rows: Longs) -> Floats:
        """Return for `rows` what single characters and sounds say."""
        weights = np.zeros(len(self.forward.idf), dtype=np.float32)
        if query.extra is not None:
            weights[self.terms.asked(query.extra).judge] = EXTRA
        for term in asked.judge:
            weights[term] += 1
        return self.forward.judge(rows, weights)

    def coverage(self, query: Query, asked: Asked, rows: Longs) -> Floats:
        """Return the share of the query's characters, by their weight, that each of `rows` has (0 to 1)."""
        return self._share(asked.judge[: asked.characters], query.units, rows)

    def _share(self, known: list[int], parts: Sequence[str], rows: Longs) -> Floats:
        distinct = list(set(known))
        mass = np.zeros(len(self.forward.idf), dtype=np.float32)
        mass[distinct] = self.forward.idf[distinct]
        whole = float(mass.sum()) + (len(set(parts)) - len(distinct)) * self.unseen
        return self.forward.cover(rows, mass) / np.float32(max(whole, 1e-6))

    def shared(self, query: Query, asked: Asked, row: int) -> Shared:
        """Tell what the query and one row have in common, each part by its weight."""
        held = self.forward.held(row)
        seen, heard = set(asked.judge[: asked.characters]), set(asked.judge[asked.characters :])
        sounds = {term for term in held if term >= len(self.terms.characters)}
        return Shared(
            seen=self._mass(seen & held) / self._whole(seen, query.units),
            heard=self._mass(heard & sounds) / self._whole(heard, query.sounds),
            returned=self._mass(heard & sounds) / max(self._mass(sounds), 1e-6),
            worded=self._worded(query, row),
        )

    def _mass(self, terms: set[int]) -> float:
        return sum(map(self.part_idf.__getitem__, terms))

    def _whole(self, known: set[int], parts: Sequence[str]) -> float:
        return max(self._mass(known) + (len(set(parts)) - len(known)) * self.unseen, 1e-6)

    def _worded(self, query: Query, row: int) -> float:
        known, idf, text = self.terms.words, self.word_idf, self.texts[row]
        whole = held = 0.0
        for word in set(query.words):
            term = known.get(word)
            weight = self.unseen if term is None else idf[term]
            whole += weight
            held += weight if word in text else 0.0
        return held / whole if whole else 0.0

    def strange(self, asked: Asked, query: Query) -> float:
        """Return the share of the query's sounds, by their weight, that no row has (0 to 1)."""
        known = set(asked.judge[asked.characters :])
        whole = self._whole(known, query.sounds)
        return (len(set(query.sounds)) - len(known)) * self.unseen / whole

    def perfect(self, asked: Asked) -> float:
        """Return about what a row of average length with all of the query's parts would score."""
        known = float(self.gather_worth[asked.gather].sum()) + float(self.judge_worth[asked.judge].sum())
        return max(known + asked.lacking * self.unseen, 1e-6)

    @property
    def unseen(self) -> float:
        """Return the weight of a term no row has."""
        return math.log1p((self.gather.size + 0.5) / 0.5)

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        pairs = self.terms.pairs.nbytes + self.terms.sound_pairs.nbytes
        worth = self.gather_worth.nbytes + self.judge_worth.nbytes
        return self.gather.nbytes + self.forward.nbytes + pairs + worth


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
    gather = ((words.cells(size), weights.words), (pairs, weights.pairs), (sound_pairs, weights.sound_pairs))
    judge = ((characters.cells(size), weights.characters), (sounds.cells(size), weights.sounds))
    return Shelf(
        terms=Terms(words.numbers, characters.numbers, sounds.numbers, pair_codes, sound_codes),
        gather=stack(gather).by_term(),
        forward=stack(judge).by_row(),
        texts=rows,
        gather_worth=_worth(gather),
        judge_worth=_worth(judge),
        word_idf=gather[0][0].idf.tolist(),
        part_idf=stack(judge).idf.tolist(),
    )


def _worth(parts: Sequence[tuple[Cells, float]]) -> Floats:
    return np.concatenate([cells.idf * np.float32(weight) for cells, weight in parts])


def _pairs(column: _Column, size: int, *, wanted: bool) -> tuple[Cells, Longs]:
    if wanted:
        return column.pair_cells(size)
    none = np.zeros(0, dtype=np.int64)
    return weigh(none, none, size=size, vocabulary=0), none
