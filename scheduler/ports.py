"""The ports other rooms fill: a channel that carries messages, a planner that knows what falls due."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Select

from core.work import Reading
from scheduler.messages import Outgoing


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier took the message; `provider_id` is what its receipt will name, where it sends one."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The carrier certainly did not take the message.

    `permanent`: trying again is useless. `unreachable`: because this person cannot be reached this way at all, so
    somebody has to telephone. `retry_at`: not before this moment.
    """

    code: str
    reason: str
    retry_at: datetime | None = None
    permanent: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether the carrier took the message."""

    reason: str


Rows = Select[*tuple[Any, ...]]
Outcome = Sent | Refused | Unknown


class Channel(Protocol):
    """Carries one message to one person."""

    async def send(self, recipient: str, message: Outgoing, *, key: str) -> Outcome:
        """Hand `message` to the carrier once; it drops repetitions of `key` for ten minutes where it can.

        Never raises for what the carrier or the network does.
        """
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """One row of the ledger, as its planner needs it to word the message."""

    subject_kind: str
    subject_id: int
    cycle: str
    stage: int
    due_on: date
    facts: dict[str, Any]


class Planner(Protocol):
    """Knows one kind of subject whose time runs out. The ledger itself knows none."""

    subject_kind: str

    def due(self, reading: Reading, *, stages: tuple[int, ...]) -> Rows:
        """Return what falls due by now as a SELECT with the labelled columns of `reminders.fill`.

        `stage` is the latest stage reached (`reminders.stage_reached`), so that nobody is reminded of the past.
        """
        ...

    def current(self, reading: Reading) -> Rows:
        """Return a SELECT of (`subject_id`, `cycle`) that still run; reminders of any other cycle are withdrawn."""
        ...

    def message(self, due: Due) -> Outgoing:
        """Word the reminder."""
        ...
