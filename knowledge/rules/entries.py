"""What our answers are made of: entries, the laws they cite, the topics they lie under."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Confidence(StrEnum):
    """How sure we are: the text itself was read, reliable second hand, unconfirmed."""

    A = "A"
    B = "B"
    C = "C"


class NextStep(StrEnum):
    """What a reader may want to do after an answer."""

    REPORT = "report"
    CALCULATE = "calculate"
    LOOKUP = "lookup"
    CERTIFICATE = "certificate"
    PHONE = "phone"


class Audience(StrEnum):
    """Whom an entry is written for."""

    CITIZEN = "citizen"
    MERCHANT = "merchant"
    BOTH = "both"


class Level(StrEnum):
    """The rank of a legal text."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    LOCAL = "local"
    STANDARD = "standard"
    VERIFICATION_REGULATION = "verification_regulation"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Law:
    """A legal text that may be cited; `number` is its order number or version."""

    id: str
    title: str
    short: str
    number: str | None
    valid_from: date | None
    valid_to: date | None
    superseded_by: str | None
    level: Level
    confidence: Confidence
    text_file: str | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A shelf of the guide, in the order readers see it."""

    id: str
    name: str
    description: str
    order: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A law by its id and an article as printed (`第二十一条`), or the law as a whole."""

    law: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: the question it settles, other ways people ask, the answer, and what it stands on."""

    id: str
    topic: str
    question: str
    ask: tuple[str, ...]
    answer: str
    detail: str
    citations: tuple[Citation, ...]
    valid_from: date | None
    valid_to: date | None
    confidence: Confidence
    next: tuple[NextStep, ...]
    audience: Audience

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Return the question and the other ways people ask it."""
        return (self.question, *self.ask)

    def in_force(self, on: date) -> bool:
        """Tell whether the answer holds on `on`; both ends count."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Content:
    """All entries with the laws and topics they refer to."""

    laws: Mapping[str, Law]
    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
