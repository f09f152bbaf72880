"""Measures our retrieval on anybody's data, in the configuration production uses."""

import gc
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.text import normalise
from core.text_words import Segmenter
from knowledge.rules.confidence import Judge, auroc, features, load_judge, shape_of
from knowledge.rules.ranking import Document, Found, Ranker, arrange
from knowledge.rules.samples import Question, Sample
from knowledge.rules.shelf import Query

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one run: shares from 0 to 1, seconds, microseconds, megabytes."""

    hit_1: float
    hit_5: float
    mrr_10: float
    reject_auroc: float | None
    p50_us: float
    p99_us: float
    build_s: float
    index_mb: float

    def as_json(self) -> dict[str, object]:
        """Return the figures under the names the command promises."""
        return {
            "hit@1": round(self.hit_1, 4),
            "hit@5": round(self.hit_5, 4),
            "mrr@10": round(self.mrr_10, 4),
            "reject_auroc": None if self.reject_auroc is None else round(self.reject_auroc, 4),
            "latency_us": {"p50": round(self.p50_us, 1), "p99": round(self.p99_us, 1)},
            "build_s": round(self.build_s, 3),
            "index_mb": round(self.index_mb, 2),
        }


@dataclass(frozen=True, slots=True)
class Bench:
    """A corpus made searchable, with the ids in the order of the documents."""

    ranker: Ranker
    ids: tuple[str, ...]
    segmenter: Segmenter
    judge: Judge

    def find(self, text: str) -> tuple[Query, Found]:
        """Search for raw `text` the way production does."""
        query = Query.of(normalise(text), self.segmenter.search_words)
        return query, self.ranker.rank(query, DEPTH)

    def answered(self, text: str) -> tuple[Found, float]:
        """Search for raw `text` and tell how sure production would be of its best find."""
        query, found = self.find(text)
        return found, self.judge.sure(features(self.ranker, query, found))


def prepare(samples: Sequence[Sample], segmenter: Segmenter) -> Bench:
    """Index a corpus; a text that only repeats its title counts once."""
    documents = [Document((sample.title,) if sample.title else (), sample.text) for sample in samples]
    ranker = arrange(documents, segmenter.search_words)
    return Bench(ranker, tuple(sample.id for sample in samples), segmenter, load_judge(shape_of(ranker)))


def evaluate(
    samples: Sequence[Sample],
    questions: Sequence[Question],
    *,
    segmenter: Segmenter,
    unanswerable: Sequence[Question] = (),
) -> Report:
    """Index `samples`, ask every question, and report; latency runs from raw text to ranked documents and confidence."""
    segmenter.search_words(normalise("预热"))
    begun = time.perf_counter()
    bench = prepare(samples, segmenter)
    build_s = time.perf_counter() - begun
    for question in questions[:20]:
        bench.answered(question.text)
    ranks, sure, spent = _asked(bench, questions)
    outside = [bench.answered(question.text)[1] for question in unanswerable]
    first = np.array(ranks, dtype=np.float64)
    return Report(
        hit_1=float((first <= 1).mean()) if ranks else 0.0,
        hit_5=float((first <= 5).mean()) if ranks else 0.0,
        mrr_10=float(np.where(first <= DEPTH, 1 / first, 0.0).mean()) if ranks else 0.0,
        reject_auroc=auroc(sure, outside) if outside and sure else None,
        p50_us=float(np.quantile(spent, 0.5)) if spent else 0.0,
        p99_us=float(np.quantile(spent, 0.99)) if spent else 0.0,
        build_s=build_s,
        index_mb=bench.ranker.nbytes / 1e6,
    )


def examples(
    bench: Bench, inside: Sequence[Question], outside: Sequence[Question]
) -> list[tuple[list[float], bool]]:
    """Return what a refit learns from: the features of every question, and whether the corpus answers it."""
    known = [(_measured(bench, question), True) for question in inside]
    return known + [(_measured(bench, question), False) for question in outside]


def _measured(bench: Bench, question: Question) -> list[float]:
    query, found = bench.find(question.text)
    return features(bench.ranker, query, found)


def _asked(bench: Bench, questions: Iterable[Question]) -> tuple[list[int], list[float], list[float]]:
    ranks: list[int] = []
    sure: list[float] = []
    spent: list[float] = []
    gc.collect()
    for question in questions:
        begun = time.perf_counter()
        found, confidence = bench.answered(question.text)
        spent.append((time.perf_counter() - begun) * 1e6)
        sure.append(confidence)
        places = (
            place for place, one in enumerate(found.ranked, 1) if bench.ids[one.position] in question.relevant
        )
        ranks.append(next(places, 10**9))
    return ranks, sure, spent
