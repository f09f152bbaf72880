"""What every judgement of a quantity carries: the outcome, the words for it, and where the rule stands."""

from dataclasses import dataclass
from enum import StrEnum

from metrology.lawtables import Confidence, Source


class Outcome(StrEnum):
    """What a first calculation can say; none of them is a verdict."""

    WITHIN = "within"
    OVER = "over"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The words people read on the band."""
        return _LABELS[self]

    @property
    def verb(self) -> str:
        """The same as the end of a sentence about an allowance."""
        return _VERBS[self]


_LABELS = {
    Outcome.WITHIN: "在允许范围内",
    Outcome.OVER: "超过允许范围",
    Outcome.CANNOT_TELL: "不能判断",
    Outcome.NOT_APPLICABLE: "本表不适用",
}
_VERBS = _LABELS | {Outcome.WITHIN: "未超过", Outcome.OVER: "超过"}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a result stands in the law, and how sure we are of the row."""

    source: Source
    confidence: Confidence
    row: str

    def cited(self) -> str:
        """Print the citation with the row used."""
        return f"{self.source.cited()} {self.row}".rstrip()
