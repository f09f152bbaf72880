"""Shows an editor why a question gets the answer it gets: what was understood, found, measured and decided."""

from dataclasses import dataclass
from datetime import date

from knowledge.rules.answers import Answer, Bounds, Hit, Thresholds
from knowledge.rules.confidence import FEATURES
from knowledge.rules.dates import meant_day
from knowledge.rules.shelf import Query
from knowledge.rules.subjects import load_subjects
from knowledge.rules.terms import load_terms
from knowledge.services.index import KnowledgeIndex

CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry found: its score as a share of the first one's, and whether it holds on the day that counts."""

    hit: Hit
    share: float
    in_force: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One feature with its weight and what it adds to or takes from the confidence."""

    name: str
    value: float
    weight: float

    @property
    def adds(self) -> float:
        """Return the feature's part in the sum before it becomes a probability."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with its reasons; `day` is the day whose law counts, None for the old rules of any day.

    `subjects` are the things the question is about, as we call them; `ours`: it holds a term of metrology.
    """

    asked: str
    day: date | None
    query: Query
    subjects: tuple[str, ...]
    ours: bool
    answer: Answer
    candidates: tuple[Candidate, ...]
    measures: tuple[Measure, ...]
    constant: float
    thresholds: Thresholds
    bounds: Bounds

    @property
    def place(self) -> float:
        """Return where the confidence falls on a line of three equal zones: not known, ask back, answer (0 to 100)."""
        edges = (0.0, self.bounds.weak, self.bounds.sure, 1.0)
        sure = min(max(self.answer.confidence, 0.0), 1.0)
        zone = 0 if sure < edges[1] else 1 if sure < edges[2] else 2
        within = (sure - edges[zone]) / max(edges[zone + 1] - edges[zone], 1e-9)
        return (zone + within) * 100 / 3


def explain(index: KnowledgeIndex, text: str, *, on: date) -> Explained:
    """Answer `text` as the index does on a day, and say why."""
    query = index.query(text)
    day = meant_day(query.text, on)
    answer = index.answer(text, on=on)
    hits = index.search(text, CANDIDATES)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    features = answer.trace.features
    ours = load_terms().hold(query.text)
    weights = dict(zip(FEATURES, index.judge.weights, strict=True))
    return Explained(
        asked=text,
        day=day,
        query=query,
        subjects=tuple(sorted(subject.say for subject in load_subjects().of([query.text]))),
        ours=ours,
        answer=answer,
        candidates=tuple(
            Candidate(hit, hit.score / best, day is None or hit.entry.in_force(day)) for hit in hits
        ),
        measures=tuple(Measure(name, features[name], weights[name]) for name in features),
        constant=index.judge.constant,
        thresholds=index.thresholds,
        bounds=index.thresholds.limits(ours=ours).ahead(features.get("margin", 0.0)),
    )
