"""How the next template messages end: delivered or not, and when the platform says so."""

from collections import deque
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Outcome(StrEnum):
    """The Status of a receipt; the one space after the colon is the platform's own."""

    SUCCESS = "success"
    USER_BLOCK = "failed:user block"
    SYSTEM_FAILED = "failed: system failed"


class Timing(StrEnum):
    """When the receipt comes: after the answer, before it, or never."""

    LATER = "later"
    BEFORE = "before"
    LOST = "lost"


class ReceiptPlan(BaseModel):
    """What the control API orders for the next `times` template messages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome = Outcome.SUCCESS
    timing: Timing = Timing.LATER
    times: int = Field(default=1, ge=1)


class Receipts:
    """The orders still open, first come first used."""

    def __init__(self) -> None:
        self._open: deque[ReceiptPlan] = deque()

    def order(self, plan: ReceiptPlan) -> None:
        """Add an order."""
        self._open.extend(plan.model_copy(update={"times": 1}) for _ in range(plan.times))

    def next(self) -> ReceiptPlan:
        """Take the next order; delivered and told later when there is none."""
        return self._open.popleft() if self._open else ReceiptPlan()
