"""The index in memory: built from entries, never changed, replaced as a whole when something is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from core.text import key, normalise
from core.text_words import Segmenter
from knowledge.rules import answers, confidence, matters, ranking
from knowledge.rules.answers import (
    ELSEWHERE,
    Answer,
    AnswerKind,
    Bounds,
    Evidence,
    Hit,
    Reason,
    Thresholds,
    Trace,
)
from knowledge.rules.confidence import FEATURES, Judge, features
from knowledge.rules.dates import meant_day, undated
from knowledge.rules.entries import Entry
from knowledge.rules.matters import Matter
from knowledge.rules.ranking import Document, Found, Ranked, Ranker
from knowledge.rules.romanised import Romanised, train
from knowledge.rules.shelf import Query
from knowledge.rules.spelling import Spelling, load_spelling
from knowledge.rules.subjects import differ, load_subjects
from knowledge.rules.synonyms import Synonyms, load_synonyms
from knowledge.rules.terms import load_terms

# Chosen on our own phrasings, each left out in turn, and on questions of other subjects (bench/README.md): a wrong
# answer costs more than asking back, and who asks what we cover gets the answer at once.
THRESHOLDS = Thresholds(
    ours=Bounds(sure=0.55, weak=0.06, lead=1.0),
    strange=Bounds(sure=0.75, weak=0.35, lead=0.3),
    rival=0.94,
    certain=0.9,
    vague_units=8,
    vague_returned=0.3,
)

LEAST_UNITS = 2  # 的的的的 and 7*7 ask nothing
SPARE = 10  # looked at beyond those wanted, for some are not in force and some are about something else


@dataclass(frozen=True, slots=True)
class KnowledgeIndex:
    """Answers questions from entries held in memory; read by any thread, swapped by replacing the reference."""

    entries: tuple[Entry, ...]
    ranker: Ranker
    exact: Mapping[str, tuple[int, ...]]
    phrasings: tuple[str, ...]
    about: tuple[Matter, ...]
    segmenter: Segmenter
    spelling: Spelling
    romanised: Romanised
    synonyms: Synonyms
    judge: Judge
    thresholds: Thresholds

    def search(self, text: str, k: int = 10, *, on: date | None = None) -> list[Hit]:
        """Return up to `k` entries like `text`, best first; with `on`, only those in force that day."""
        return self._hits(self.found(self.query(text), on=on, k=k).ranked)

    def answer(self, text: str, *, on: date) -> Answer:
        """Answer `text`, ask back, or say that we do not know, by the entries in force on `on`.

        Where the question names a day of its own, that day decides; one about the old rules meets them too.
        """
        query = self.query(text)
        day = meant_day(query.text, on)
        if (plain := undated(query.text, on)) != query.text:
            query = self.query(plain)
        known = [
            i for i in self.exact.get(key(query.text), ()) if day is None or self.entries[i].in_force(day)
        ]
        if known:
            return self._exactly(query, known)
        if len(set(query.units)) < LEAST_UNITS:
            return _answer(AnswerKind.REJECT, [], 0.0, Trace(query.text, "", {}, Reason.EMPTY))
        found = self.found(query, on=day, k=10)
        measured = features(self.ranker, query, found)
        sure = self.judge.sure(measured) if found.ranked else 0.0
        hits = self._hits(found.ranked)
        named = dict(zip(FEATURES, measured, strict=True))
        kind, reason = answers.decide(
            self._evidence(query, sure, named, found.ranked), hits, bounds=self.thresholds
        )
        return _answer(kind, hits, sure, Trace(query.text, _added(query), named, reason))

    def _evidence(
        self, query: Query, sure: float, named: Mapping[str, float], ranked: Sequence[Ranked]
    ) -> Evidence:
        asked = load_subjects().of([query.text])
        return Evidence(
            confidence=sure,
            margin=named["margin"],
            length=len(query.units),
            returned=named["returned"],
            worded=named["worded"],
            ours=load_terms().hold(query.text),
            named=bool(asked),
            astray=bool(ranked) and differ(asked, self.about[ranked[0].position].subjects),
        )

    def query(self, text: str) -> Query:
        """Take raw `text` apart, rightly spelt, with what its lay words mean."""
        return self.synonyms.query(self.spelling.righted(normalise(text)), self.segmenter.search_words)

    def found(self, query: Query, *, on: date | None, k: int) -> Found:
        """Rank the entries in force on a day; what is about another subject or aspect counts less."""
        found = self.ranker.rank(query, k + SPARE)
        question = matters.asked(query.text)
        kept = [
            replace(one, score=one.score * matters.share(question, self.about[one.position]))
            for one in found.ranked
            if on is None or self.entries[one.position].in_force(on)
        ]
        kept.sort(key=lambda one: -one.score)
        return Found(kept[:k], found.asked, found.told)

    def _hits(self, ranked: Iterable[Ranked]) -> list[Hit]:
        return [Hit(self.entries[one.position], one.score, self._phrasing(one)) for one in ranked]

    def _phrasing(self, one: Ranked) -> str:
        return self.phrasings[one.row] if one.row >= 0 else self.entries[one.position].question

    def _exactly(self, query: Query, known: list[int]) -> Answer:
        hits = [Hit(self.entries[i], 1.0, self.entries[i].question) for i in known]
        ours = hits[0].entry.topic != ELSEWHERE
        trace = Trace(query.text, "", {}, Reason.EXACT if ours else Reason.NOT_OURS)
        if len(hits) > 1:
            return _answer(AnswerKind.CLARIFY, hits, 1.0, trace)
        return _answer(AnswerKind.ANSWER if ours else AnswerKind.REJECT, hits, 1.0, trace)


def build(
    entries: Iterable[Entry],
    *,
    segmenter: Segmenter,
    thresholds: Thresholds = THRESHOLDS,
    synonyms: Synonyms | None = None,
) -> KnowledgeIndex:
    """Build an index over `entries`: their phrasings are rows of one shelf, their whole texts of another.

    Without `synonyms` the shipped table counts.
    """
    kept = tuple(entries)
    exact: dict[str, tuple[int, ...]] = {}
    for position, entry in enumerate(kept):
        for phrasing in dict.fromkeys(map(key, entry.phrasings)):
            exact[phrasing] = (*exact.get(phrasing, ()), position)
    ranker = ranking.arrange([_document(entry) for entry in kept], segmenter.search_words)
    return KnowledgeIndex(
        entries=kept,
        ranker=ranker,
        exact=exact,
        phrasings=tuple(phrasing for entry in kept for phrasing in entry.phrasings),
        about=tuple(map(matters.told, kept)),
        segmenter=segmenter,
        spelling=load_spelling(segmenter),
        romanised=train(
            (phrasing for entry in kept for phrasing in entry.phrasings), (entry.answer for entry in kept)
        ),
        synonyms=load_synonyms() if synonyms is None else synonyms,
        judge=confidence.load_judge(confidence.shape_of(ranker)),
        thresholds=thresholds,
    )


def _document(entry: Entry) -> Document:
    return Document(entry.phrasings, f"{entry.answer} {entry.detail}")


def _answer(kind: AnswerKind, hits: list[Hit], sure: float, trace: Trace) -> Answer:
    match kind:
        case AnswerKind.ANSWER:
            return Answer(kind, hits[0].entry, tuple(hits[:1]), sure, trace)
        case AnswerKind.CLARIFY:
            return Answer(kind, None, answers.choices(hits), sure, trace)
        case AnswerKind.REJECT:
            entry = hits[0].entry if trace.reason is Reason.NOT_OURS else None
            return Answer(kind, entry, (), sure, trace)
        case _:
            assert_never(kind)


def _added(query: Query) -> str:
    return query.extra.text if query.extra is not None else ""
