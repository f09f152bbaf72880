"""Tells how sure we are that the best document found is about what was asked."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from core.text_pinyin import reading
from knowledge.rules.ranking import Found, Ranker
from knowledge.rules.shelf import Asked, Query, Shelf

Doubles = NDArray[np.float64]
View = tuple[Shelf, Asked, int]
HEARD = 0.9
FITTED = Path(__file__).with_name("confidence.json")
FEATURES = (
    "score",
    "share",
    "margin",
    "covered",
    "worded",
    "returned",
    "alike",
    "strange",
    "length",
)


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression over `FEATURES`: one weight each, and a constant."""

    weights: tuple[float, ...]
    constant: float

    def sure(self, features: Sequence[float]) -> float:
        """Return the probability (0 to 1) that the best document answers the question."""
        total = self.constant + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-min(max(total, -40.0), 40.0)))


class Shape(StrEnum):
    """What a corpus is made of; scores mean different things on each."""

    QUESTIONS = "questions"
    TEXTS = "texts"
    BOTH = "both"


def shape_of(ranker: Ranker) -> Shape:
    """Tell whether the ranker's documents are questions, texts, or texts with the questions they answer."""
    if ranker.told is None:
        return Shape.QUESTIONS
    return Shape.TEXTS if ranker.asked is None else Shape.BOTH


def load_judge(shape: Shape, path: Path = FITTED) -> Judge:
    """Read the coefficients fitted for corpora of this shape."""
    saved = json.loads(path.read_text(encoding="utf-8"))[shape]
    weights: Mapping[str, float] = saved["weights"]
    return Judge(tuple(weights[name] for name in FEATURES), saved["constant"])


def features(ranker: Ranker, query: Query, found: Found) -> list[float]:
    """Return what tells a good find from a bad one, in the order of `FEATURES`."""
    length = math.log1p(len(query.units))
    views = _views(ranker, found)
    if not views:
        return [0.0] * (len(FEATURES) - 2) + [1.0, length]
    best, second = found.ranked[0].score, found.ranked[1].score if len(found.ranked) > 1 else 0.0
    shelf, asked, _ = views[0]
    shared = [view[0].shared(query, view[1], view[2]) for view in views]
    met = found.ranked[0].row >= 0
    return [
        math.log1p(best),
        min(best / shelf.perfect(asked), 2.0),
        (best - second) / max(best, 1e-6),
        max(max(one.seen, HEARD * one.heard) for one in shared),
        max(one.worded for one in shared),
        shared[-1].returned if met else 0.0,
        _alike(ranker, query, found.ranked[0].row) if met else 0.0,
        shelf.strange(asked, query),
        length,
    ]


def _views(ranker: Ranker, found: Found) -> list[View]:
    """Return the best document as either shelf shows it; the shelf of whole texts first."""
    views: list[View] = []
    if not found.ranked:
        return views
    best = found.ranked[0]
    if ranker.told is not None and found.told is not None:
        views.append((ranker.told, found.told, best.position))
    if ranker.asked is not None and found.asked is not None and best.row >= 0:
        views.append((ranker.asked, found.asked, best.row))
    return views


def _alike(ranker: Ranker, query: Query, row: int) -> float:
    """Return how like the query the phrasing is, by sight or, for what is misspelt, nearly as good by ear."""
    if ranker.asked is None:
        return 0.0
    phrasing = ranker.asked.texts[row]
    seen = Indel.normalized_similarity(query.text, phrasing)
    return max(seen, HEARD * Indel.normalized_similarity(query.sounds, reading(phrasing)))


def fit(rows: Sequence[Sequence[float]], right: Sequence[bool], *, ridge: float = 1.0) -> Judge:
    """Fit the regression by Newton's method on standardised features, the two classes weighing the same."""
    x = np.asarray(rows, dtype=np.float64)
    y = np.asarray(right, dtype=np.float64)
    mean, spread = x.mean(0), np.maximum(x.std(0), 1e-6)
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    share = np.where(y > 0, 0.5 / max(y.mean(), 1e-6), 0.5 / max(1 - y.mean(), 1e-6))
    solution = _newton(z, y, share, ridge)
    weights = solution[:-1] / spread
    return Judge(tuple(float(w) for w in weights), float(solution[-1] - weights @ mean))


def _newton(z: Doubles, y: Doubles, share: Doubles, ridge: float) -> Doubles:
    penalty = np.full(z.shape[1], ridge)
    penalty[-1] = 1e-6
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -40, 40)))
        gradient = z.T @ (share * (p - y)) + penalty * w
        curve = (z.T * (share * p * (1 - p))) @ z + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        w = w - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return w


def saved(judges: Mapping[Shape, Judge]) -> str:
    """Return the coefficients as the JSON that `load_judge` reads."""
    return json.dumps({shape: _named(judge) for shape, judge in judges.items()}, indent=2) + "\n"


def _named(judge: Judge) -> dict[str, object]:
    weights = {name: round(weight, 6) for name, weight in zip(FEATURES, judge.weights, strict=True)}
    return {"weights": weights, "constant": round(judge.constant, 6)}


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return the chance that a value from `inside` is above one from `outside`, ties counting half."""
    values = np.concatenate([np.asarray(inside, dtype=np.float64), np.asarray(outside, dtype=np.float64)])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n, m = len(inside), len(outside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / max(n * m, 1))
