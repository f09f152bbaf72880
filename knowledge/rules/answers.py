"""Decides between answering, asking back and saying that we do not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.rules.entries import Entry

CHOICES = 3
ONE_WORD = 4
ALL_BUT = 0.99
FAINT = 0.2  # below this we answer nothing, however far it is ahead
ELSEWHERE = "elsewhere"  # the topic of what other offices answer


class AnswerKind(StrEnum):
    """What we do with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REJECT = "reject"


class Reason(StrEnum):
    """Why we did it."""

    EXACT = "exact"
    NOT_OURS = "not_ours"
    SURE = "sure"
    CLOSE_CALL = "close_call"
    UNSURE = "unsure"
    TOO_VAGUE = "too_vague"
    TOO_WEAK = "too_weak"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, its score (comparable within one search only), and the phrasing nearest to the question."""

    entry: Entry
    score: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Why: what we understood, what we added, what we measured."""

    normalised: str
    added: str
    features: dict[str, float]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What we say: `entry` where we answer or send elsewhere, up to three `candidates` where we ask back."""

    kind: AnswerKind
    entry: Entry | None
    candidates: tuple[Hit, ...]
    confidence: float
    trace: Trace

    @property
    def reason(self) -> Reason:
        """Return why this kind was chosen."""
        return self.trace.reason


@dataclass(frozen=True, slots=True)
class Bounds:
    """Above `sure` we answer, below `weak` we do not know; between them we ask back.

    `lead` is what it counts towards `sure` to be ahead of all others, from 0 (side by side) to 1 (alone).
    """

    sure: float
    weak: float
    lead: float

    def ahead(self, margin: float) -> "Bounds":
        """Return the bounds for a find that is `margin` (0 to 1) ahead of the next one."""
        return Bounds(max(self.sure - self.lead * margin, self.weak, FAINT), self.weak, 0.0)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds for questions that hold a term of ours, and stricter ones for those that hold none.

    `rival`: a second entry with at least this share of the first one's score makes us ask back, unless the
    confidence is above `certain`. A question of at most `vague_units` characters is also asked back when it says
    less than `vague_returned` of the phrasing it met and names no subject: 检定要多少钱 does not say of what.
    """

    ours: Bounds
    strange: Bounds
    rival: float
    certain: float
    vague_units: int
    vague_returned: float

    def limits(self, *, ours: bool) -> Bounds:
        """Return the bounds for a question that holds a term of ours, or for one that holds none."""
        return self.ours if ours else self.strange


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a search: its confidence and the question's length in characters.

    `returned` is the share of the phrasing it met that the question says, `worded` the share of the question's
    words that the best entry has (0 to 1). `ours`: it holds a term of ours; `named`: it names a subject; `astray`:
    even the best entry is about another subject. `margin` is the lead over the second entry (0 to 1).
    """

    confidence: float
    margin: float
    length: int
    returned: float
    worded: float
    ours: bool
    named: bool
    astray: bool


def decide(evidence: Evidence, hits: Sequence[Hit], *, bounds: Thresholds) -> tuple[AnswerKind, Reason]:
    """Choose what to do with a question whose best hits, best first, are `hits`."""
    if not hits:
        return AnswerKind.REJECT, Reason.EMPTY
    limits = bounds.limits(ours=evidence.ours).ahead(evidence.margin)
    if evidence.confidence < (limits.sure if evidence.astray else limits.weak):
        one_word = evidence.length <= ONE_WORD and evidence.worded > ALL_BUT
        return (AnswerKind.CLARIFY, Reason.TOO_VAGUE) if one_word else (AnswerKind.REJECT, Reason.TOO_WEAK)
    if all(hit.entry.topic == ELSEWHERE for hit in choices(hits)):
        return AnswerKind.REJECT, Reason.NOT_OURS
    if _vague(evidence, bounds):
        return AnswerKind.CLARIFY, Reason.TOO_VAGUE
    if evidence.confidence < limits.sure or evidence.astray:
        return AnswerKind.CLARIFY, Reason.UNSURE
    share = hits[1].score / max(hits[0].score, 1e-6) if len(hits) > 1 else 0.0
    if share >= bounds.rival and evidence.confidence < bounds.certain:
        return AnswerKind.CLARIFY, Reason.CLOSE_CALL
    if hits[0].entry.topic == ELSEWHERE:
        return AnswerKind.REJECT, Reason.NOT_OURS
    return AnswerKind.ANSWER, Reason.SURE


def _vague(evidence: Evidence, bounds: Thresholds) -> bool:
    short = evidence.length <= (ONE_WORD if evidence.named else bounds.vague_units)
    return short and evidence.returned < bounds.vague_returned


def choices(hits: Sequence[Hit], *, floor: float = 0.55) -> tuple[Hit, ...]:
    """Return the up to three hits worth offering: those not far behind the first."""
    return tuple(hit for hit in hits[:CHOICES] if hit.score >= floor * hits[0].score)
