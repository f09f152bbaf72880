"""What is remembered of a case."""

from complaints.models.cases import NEVER, Case
from complaints.models.clocks import RunningClock
from complaints.models.drafts import Draft
from complaints.models.events import CaseEvent, EventKind
from complaints.models.evidence import Evidence, EvidenceKind

__all__ = [
    "NEVER",
    "Case",
    "CaseEvent",
    "Draft",
    "EventKind",
    "Evidence",
    "EvidenceKind",
    "RunningClock",
]
