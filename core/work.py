"""What a service is handed: the transaction, the moment, the actor."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from core.ids import Ids
from core.privacy import Vault


class ActorKind(StrEnum):
    """Who can act."""

    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for the audit and for scope.

    `id` is the staff id or openid as text; `region` the region code a staff member is confined to ("" is everywhere);
    `permissions` the names of what this person may do.
    """

    kind: ActorKind
    id: str = ""
    name: str = ""
    region: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)


SYSTEM = Actor(ActorKind.SYSTEM, id="system", name="系统")
VISITOR = Actor(ActorKind.VISITOR)


@dataclass(frozen=True, slots=True)
class Reading:
    """A read-only transaction: one session, one moment, one actor."""

    session: Session
    now: datetime
    actor: Actor
    vault: Vault


@dataclass(frozen=True, slots=True)
class Work(Reading):
    """A unit of work: everything a service does through it is committed together or not at all."""

    ids: Ids
