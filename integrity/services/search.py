"""Finds a merchant by a wrong, partial or misheard name: gram postings, then careful comparison of a hundred."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

import numpy as np
from rapidfuzz import fuzz, process

from core.text_pinyin import reading as syllables
from integrity.rules.names import Entry, Gazetteer, Parted
from integrity.services import postings
from integrity.services.postings import Postings, Rows, Scores

BUDGET = 20_000
CANDIDATES = 100
DIRECT = 90
CHOOSE = 70
PARTIAL = 78
AWAY = 25
FAR = 0.6
TYPED = 0.88
SOUND_BASE = 0xF0000


class Outcome(StrEnum):
    """What to do with what was found."""

    DIRECT = "direct"
    CHOOSE = "choose"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class MerchantHit:
    """A merchant found; `score` 0–100 is how sure we are that this name was meant."""

    merchant_id: int
    name: str
    sign_name: str
    place: str
    region_code: str
    score: int

    @property
    def shown(self) -> str:
        """The name people know: the sign's, else the registered one."""
        return self.sign_name or self.name


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome with its hits, best first: one for DIRECT, those to choose from, or none."""

    outcome: Outcome
    hits: tuple[MerchantHit, ...]


NOBODY = Found(Outcome.NOT_FOUND, ())


@dataclass(frozen=True, slots=True)
class _Query:
    parted: Parted
    sound: str


class MerchantIndex:
    """An immutable index over names in memory; build a new one and swap it when the register changes."""

    def __init__(self, entries: Iterable[Entry], gazetteer: Gazetteer) -> None:
        """Index the registered name and, where it differs, the sign's name of every entry."""
        self._gazetteer = gazetteer
        self._entries: list[Entry] = []
        self._row_entry: list[int] = []
        self._sounds = _Sounds()
        self._full: list[str] = []
        self._core: list[str] = []
        self._sound: list[str] = []
        self._regions: list[frozenset[str]] = []
        for entry in entries:
            self._add(entry)
        self._letters = postings.index(postings.flat(self._core))
        self._heard = postings.index(postings.flat(self._sound))

    def __len__(self) -> int:
        """Return how many merchants can be found."""
        return len(self._entries)

    def search(self, text: str, k: int = 5) -> list[MerchantHit]:
        """Return up to `k` merchants, the likeliest first, whatever their score."""
        parted = self._gazetteer.part(text, spoken=True)
        if not parted.core or not self._core:
            return []
        query = _Query(parted, self._sounds.encode(parted.core))
        rows, overlap = self._candidates(query)
        if not len(rows):
            return []
        hits: dict[int, MerchantHit] = {}
        for row, score in self._ranked(query, rows, overlap):
            entry = self._entries[self._row_entry[row]]
            if entry.merchant_id not in hits:
                hits[entry.merchant_id] = MerchantHit(
                    merchant_id=entry.merchant_id,
                    name=entry.name,
                    sign_name=entry.sign_name,
                    place=entry.place,
                    region_code=entry.region_code,
                    score=score,
                )
            if len(hits) == k:
                break
        return list(hits.values())

    def find(self, text: str, k: int = 5) -> Found:
        """Say what to do with a name: one merchant surely meant, some to choose from, or none.

        Several that are equally sure (a chain, the same sign in two markets) are always left to the person.
        """
        hits = [hit for hit in self.search(text, k) if hit.score >= CHOOSE]
        sure = [hit for hit in hits if hit.score >= DIRECT]
        if not hits:
            return NOBODY
        if len(sure) == 1:
            return Found(Outcome.DIRECT, (sure[0],))
        return Found(Outcome.CHOOSE, tuple(hits))

    def _add(self, entry: Entry) -> None:
        number = len(self._entries)
        self._entries.append(entry)
        names = [entry.name]
        if entry.sign_name and entry.sign_name != entry.name:
            names.append(entry.sign_name)
        for name in names:
            parted = self._gazetteer.part(name)
            self._row_entry.append(number)
            self._full.append(parted.full)
            self._core.append(parted.core)
            self._sound.append(self._sounds.encode(parted.core))
            self._regions.append(frozenset({entry.region_code}) if entry.region_code else parted.regions)

    def _candidates(self, query: _Query) -> tuple[Rows, Scores]:
        """Return the rows that share most with the query and the share of its grams' weight they hold (0–100)."""
        size, possible = len(self._full), 0.0
        found: list[tuple[float, Rows]] = []
        for index, code, share in self._wanted(query):
            rows = index.rows_of(code)
            weight = share * log(1 + size / (1 + len(rows)))
            possible += weight
            found.append((weight, rows))
        scores = postings.accumulate(found, size=size, budget=BUDGET)
        rows = postings.best(scores, CANDIDATES)
        return rows, scores[rows] * (100 / possible if possible else 0)

    def _wanted(self, query: _Query) -> Iterator[tuple[Postings, int, float]]:
        """Yield each gram of the query once with where to look it up and how much it counts."""
        for index, text, share in ((self._letters, query.parted.core, 1.0), (self._heard, query.sound, 0.7)):
            units = [ord(character) for character in text]
            near = dict.fromkeys(postings.pairs(units, apart=1), share)
            far = dict.fromkeys(postings.pairs(units, apart=2), share * FAR)
            for code, weight in (far | near).items():
                yield index, code, weight

    def _ranked(self, query: _Query, rows: Rows, overlap: Scores) -> Iterator[tuple[int, int]]:
        """Yield (row, score) best first, by .45 letters + .25 sound + .3 shared grams, region and prefix aside."""
        chosen, asked = rows.tolist(), query.parted
        typed = asked.core.isascii() and asked.core.isalpha()
        cores = [self._core[row] for row in chosen]
        full = _ratios(asked.full, [self._full[row] for row in chosen])
        letters = np.maximum(_ratios(asked.core, cores), full)
        sound = _ratios(query.sound, [self._sound[row] for row in chosen])
        away = np.array(
            [self._away(asked, row) for row in chosen] if asked.regions else [False] * len(chosen)
        )
        starts = np.array([core.startswith(asked.core) for core in cores])
        rank = 0.45 * letters + 0.25 * sound + 0.3 * overlap + 0.01 * full + 5 * starts - 12 * away
        for place in np.argsort(-rank, kind="stable").tolist():
            alike = float(TYPED * sound[place] if typed else (letters[place] + sound[place]) / 2)
            score = _confidence(asked.core, cores[place], alike)
            yield chosen[place], max(score - AWAY * bool(away[place]), 0)

    def _away(self, parted: Parted, row: int) -> bool:
        """Whether the person named a region and this merchant is elsewhere."""
        known = self._regions[row]
        return bool(known) and not any(_same(asked, code) for asked in parted.regions for code in known)


class _Sounds:
    """Gives every syllable a character of its own, so that sounds compare like letters."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}

    def encode(self, core: str) -> str:
        known = self._characters
        return "".join(
            known.get(syllable) or known.setdefault(syllable, chr(SOUND_BASE + len(known)))
            for syllable in syllables(core)
        )


def _ratios(query: str, texts: Sequence[str]) -> Scores:
    ratios: Scores = process.cdist([query], texts, scorer=fuzz.ratio, dtype=np.float32)[0]
    return ratios


def _same(asked: str, code: str) -> bool:
    """Whether two codes can mean one place: equal, or one is the other's city."""
    if asked.endswith("00") or code.endswith("00"):
        return asked[:4] == code[:4]
    return asked == code


def _confidence(asked: str, core: str, alike: float) -> int:
    """Return how sure a match is, 0–100: how alike; a part of a name is at least worth offering."""
    score = round(alike)
    return max(score, PARTIAL) if len(asked) > 1 and asked in core else score
