"""Whether an instrument's verification holds today, in a word."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOON_DAYS = 30


class VerificationResult(StrEnum):
    """What a verification found."""

    PASSED = "passed"
    FAILED = "failed"


class Standing(StrEnum):
    """Where an instrument stands: `first_only` is verified once for all, as glass thermometers are."""

    VALID = "valid"
    SOON = "soon"
    EXPIRED = "expired"
    FAILED = "failed"
    FIRST_ONLY = "first_only"
    NEVER = "never"


STANDING_NAMES = {
    Standing.VALID: "有效期内",
    Standing.SOON: "即将到期",
    Standing.EXPIRED: "已过有效期",
    Standing.FAILED: "检定不合格",
    Standing.FIRST_ONLY: "首次检定合格",
    Standing.NEVER: "没有检定记录",
}
STANDING_TONES = {
    Standing.VALID: "ok",
    Standing.SOON: "warn",
    Standing.EXPIRED: "danger",
    Standing.FAILED: "danger",
    Standing.FIRST_ONLY: "ok",
    Standing.NEVER: "paused",
}
HOLDING = frozenset({Standing.VALID, Standing.SOON, Standing.FIRST_ONLY})


@dataclass(frozen=True, slots=True)
class Validity:
    """A standing with the days left, negative once past; None where no end is known."""

    standing: Standing
    days_left: int | None

    @property
    def holds(self) -> bool:
        """Whether the instrument may be used for settlement today as far as its verification goes."""
        return self.standing in HOLDING

    @property
    def name(self) -> str:
        """The standing in Chinese."""
        return STANDING_NAMES[self.standing]

    @property
    def tone(self) -> str:
        """The tone of the standing's chip."""
        return STANDING_TONES[self.standing]


def validity(result: str | None, valid_until: date | None, today: date) -> Validity:
    """Return how the latest verification stands on `today` (Asia/Shanghai); its last day still counts.

    **Source**: the certificate's own 有效期至 decides, not a cycle counted from the day of verification.
    """
    if result is None:
        return Validity(Standing.NEVER, None)
    if result == VerificationResult.FAILED:
        return Validity(Standing.FAILED, None)
    if valid_until is None:
        return Validity(Standing.FIRST_ONLY, None)
    left = (valid_until - today).days
    if left < 0:
        return Validity(Standing.EXPIRED, left)
    return Validity(Standing.SOON if left <= SOON_DAYS else Standing.VALID, left)
