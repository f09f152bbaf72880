"""Tells how sure we are that the best document found is about what was asked."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from knowledge.rules.ranking import Ranked, Ranker
from knowledge.rules.shelf import Query, Shelf

Doubles = NDArray[np.float64]
FITTED = Path(__file__).with_name("confidence.json")
FEATURES = (
    "score",
    "share",
    "margin",
    "covered",
    "heard",
    "worded",
    "returned",
    "alike",
    "contained",
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


def load_judge(path: Path = FITTED) -> Judge:
    """Read the fitted coefficients."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    weights: Mapping[str, float] = saved["weights"]
    return Judge(tuple(weights[name] for name in FEATURES), saved["constant"])


def features(ranker: Ranker, query: Query, found: Sequence[Ranked]) -> list[float]:
    """Return what tells a good find from a bad one, in the order of `FEATURES`."""
    if not found:
        return [0.0] * (len(FEATURES) - 2) + [1.0, math.log1p(len(query.units))]
    best = found[0]
    told = [_seen(ranker.told, query, best.position)] if ranker.told is not None else []
    asked = [_seen(ranker.asked, query, best.row)] if ranker.asked is not None and best.row >= 0 else []
    views = told + asked
    second = found[1].score if len(found) > 1 else 0.0
    shelf = ranker.told or ranker.asked
    perfect = shelf.perfect(query) if shelf else 1.0
    return [
        math.log1p(best.score),
        min(best.score / perfect, 2.0),
        (best.score - second) / max(best.score, 1e-6),
        *(max(view[i] for view in views) for i in range(3)),
        *_likeness(ranker, query, best),
        shelf.strange(query) if shelf else 1.0,
        math.log1p(len(query.units)),
    ]


def _seen(shelf: Shelf | None, query: Query, row: int) -> tuple[float, float, float]:
    if shelf is None:
        return 0.0, 0.0, 0.0
    rows = np.array([row], dtype=np.int64)
    return float(shelf.coverage(query, rows)[0]), float(shelf.heard(query, rows)[0]), shelf.worded(query, row)


def _likeness(ranker: Ranker, query: Query, best: Ranked) -> tuple[float, float, float]:
    if ranker.asked is None or best.row < 0:
        return 0.0, 0.0, 0.0
    phrasing = ranker.asked.texts[best.row]
    alike = fuzz.ratio(query.text, phrasing) / 100
    contained = fuzz.partial_ratio(query.text, phrasing) / 100
    return ranker.asked.returned(query, best.row), alike, contained


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


def saved(judge: Judge) -> str:
    """Return the coefficients as the JSON that `load_judge` reads."""
    named = {name: round(weight, 6) for name, weight in zip(FEATURES, judge.weights, strict=True)}
    return json.dumps({"weights": named, "constant": round(judge.constant, 6)}, indent=2) + "\n"


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return the chance that a value from `inside` is above one from `outside`, ties counting half."""
    values = np.concatenate([np.asarray(inside, dtype=np.float64), np.asarray(outside, dtype=np.float64)])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n, m = len(inside), len(outside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / max(n * m, 1))
