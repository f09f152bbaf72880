"""What a citizen may say of an answer, and why it was no use."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORDS = 200


class UselessReason(StrEnum):
    """Why an answer was no use; UNSAID until somebody says."""

    UNSAID = ""
    MISSED = "missed"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    OTHER = "other"


REASON_NAMES = {
    UselessReason.MISSED: "没答到点上",
    UselessReason.UNCLEAR: "看不懂",
    UselessReason.WRONG: "不对",
    UselessReason.OTHER: "别的",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How an entry, or one version of it, was voted on."""

    useful: int = 0
    useless: int = 0
    missed: int = 0
    unclear: int = 0
    wrong: int = 0

    @property
    def votes(self) -> int:
        """Return how many have voted."""
        return self.useful + self.useless
