"""The index in memory: built from entries, never changed, replaced as a whole when something is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.text import key, normalise
from core.text_words import Segmenter
from knowledge.rules import answers, confidence, ranking
from knowledge.rules.answers import Answer, AnswerKind, Hit, Reason, Thresholds, Trace
from knowledge.rules.confidence import FEATURES, Judge, features
from knowledge.rules.dates import named_date
from knowledge.rules.entries import Entry
from knowledge.rules.ranking import Document, Ranked, Ranker
from knowledge.rules.shelf import Query
from knowledge.rules.synonyms import Synonyms, load_synonyms

THRESHOLDS = Thresholds(sure=0.6, weak=0.3, rival=0.93, certain=0.97, vague_units=8, vague_rival=0.75)


@dataclass(frozen=True, slots=True)
class KnowledgeIndex:
    """Answers questions from entries held in memory; read by any thread, swapped by replacing the reference."""

    entries: tuple[Entry, ...]
    ranker: Ranker
    exact: Mapping[str, tuple[int, ...]]
    phrasings: tuple[str, ...]
    segmenter: Segmenter
    synonyms: Synonyms
    judge: Judge
    thresholds: Thresholds

    def search(self, text: str, k: int = 10, *, on: date | None = None) -> list[Hit]:
        """Return up to `k` entries like `text`, best first; with `on`, only those in force that day."""
        return self._hits(self._ranked(self._query(text), on, k))

    def answer(self, text: str, *, on: date) -> Answer:
        """Answer `text`, ask back, or say that we do not know, by the entries in force on `on`.

        Where the question names a day of its own, that day decides.
        """
        query = self._query(text)
        day = named_date(query.text, on) or on
        known = [i for i in self.exact.get(key(text), ()) if self.entries[i].in_force(day)]
        if known:
            return self._exactly(query, known)
        ranked = self._ranked(query, day, 10)
        measured = features(self.ranker, query, ranked)
        sure = self.judge.sure(measured) if ranked else 0.0
        hits = self._hits(ranked)
        kind, reason = answers.decide(sure, hits, length=len(query.units), bounds=self.thresholds)
        trace = Trace(query.text, _added(query), dict(zip(FEATURES, measured, strict=True)), reason)
        match kind:
            case AnswerKind.ANSWER:
                return Answer(kind, hits[0].entry, tuple(hits[:1]), sure, trace)
            case AnswerKind.CLARIFY:
                return Answer(kind, None, answers.choices(hits), sure, trace)
            case AnswerKind.REJECT:
                return Answer(kind, None, tuple(hits[: answers.CHOICES]), sure, trace)

    def _query(self, text: str) -> Query:
        return self.synonyms.query(normalise(text), self.segmenter.search_words)

    def _ranked(self, query: Query, on: date | None, k: int) -> list[Ranked]:
        found = self.ranker.rank(query, k if on is None else k + 10)
        return [one for one in found if on is None or self.entries[one.position].in_force(on)][:k]

    def _hits(self, ranked: Iterable[Ranked]) -> list[Hit]:
        return [Hit(self.entries[one.position], one.score, self._phrasing(one)) for one in ranked]

    def _phrasing(self, one: Ranked) -> str:
        return self.phrasings[one.row] if one.row >= 0 else self.entries[one.position].question

    def _exactly(self, query: Query, known: list[int]) -> Answer:
        hits = tuple(Hit(self.entries[i], 1.0, self.entries[i].question) for i in known)
        trace = Trace(query.text, "", {}, Reason.EXACT)
        if len(hits) == 1:
            return Answer(AnswerKind.ANSWER, hits[0].entry, hits, 1.0, trace)
        return Answer(AnswerKind.CLARIFY, None, hits[: answers.CHOICES], 1.0, trace)


def build(
    entries: Iterable[Entry], *, segmenter: Segmenter, thresholds: Thresholds = THRESHOLDS
) -> KnowledgeIndex:
    """Build an index over `entries`: their phrasings are rows of one shelf, their whole texts of another."""
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
        segmenter=segmenter,
        synonyms=load_synonyms(),
        judge=confidence.load_judge(),
        thresholds=thresholds,
    )


def _document(entry: Entry) -> Document:
    return Document(entry.phrasings, f"{entry.answer} {entry.detail}")


def _added(query: Query) -> str:
    return query.extra.text if query.extra is not None else ""
