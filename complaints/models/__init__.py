"""What is remembered of a case."""

from complaints.models.cases import NEVER, Case
from complaints.models.clocks import RunningClock
from complaints.models.covers import PhotoCover
from complaints.models.drafts import Draft
from complaints.models.events import CaseEvent, EventKind
from complaints.models.evidence import Evidence, EvidenceKind
from complaints.models.links import CaseLink, LinkKind
from complaints.models.ratings import Rating
from complaints.models.readings import PhotoReading, ReadingState

__all__ = [
    "NEVER",
    "Case",
    "CaseEvent",
    "CaseLink",
    "Draft",
    "EventKind",
    "Evidence",
    "EvidenceKind",
    "LinkKind",
    "PhotoCover",
    "PhotoReading",
    "Rating",
    "ReadingState",
    "RunningClock",
]
