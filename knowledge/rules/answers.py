"""Decides between answering, asking back and saying that we do not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.rules.entries import Entry

CHOICES = 3


class AnswerKind(StrEnum):
    """What we do with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REJECT = "reject"


class Reason(StrEnum):
    """Why we did it."""

    EXACT = "exact"
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
    """What we say: `entry` where we answer, up to three `candidates` where we ask back."""

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
class Thresholds:
    """Above `sure` we answer, below `weak` we do not know; between them we ask back.

    `rival`: a second entry with at least this share of the first one's score makes us ask back, unless the
    confidence is above `certain`. A question with at most `vague_units` characters that is not one we know by
    heart is asked back from a share of `vague_rival`.
    """

    sure: float
    weak: float
    rival: float
    certain: float
    vague_units: int
    vague_rival: float


def decide(
    confidence: float, hits: Sequence[Hit], *, length: int, bounds: Thresholds
) -> tuple[AnswerKind, Reason]:
    """Choose what to do with a question of `length` characters whose best hits, best first, are `hits`."""
    if not hits:
        return AnswerKind.REJECT, Reason.EMPTY
    if confidence < bounds.weak:
        return AnswerKind.REJECT, Reason.TOO_WEAK
    share = hits[1].score / max(hits[0].score, 1e-6) if len(hits) > 1 else 0.0
    if length <= bounds.vague_units and share >= bounds.vague_rival:
        return AnswerKind.CLARIFY, Reason.TOO_VAGUE
    if confidence < bounds.sure:
        return AnswerKind.CLARIFY, Reason.UNSURE
    if share >= bounds.rival and confidence < bounds.certain:
        return AnswerKind.CLARIFY, Reason.CLOSE_CALL
    return AnswerKind.ANSWER, Reason.SURE


def choices(hits: Sequence[Hit], *, floor: float = 0.55) -> tuple[Hit, ...]:
    """Return the up to three hits worth offering: those not far behind the first."""
    return tuple(hit for hit in hits[:CHOICES] if hit.score >= floor * hits[0].score)
