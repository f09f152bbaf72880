"""How an answer or a row of synonyms comes to be published: its versions, their states, the steps between them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.rules.entries import Entry
from knowledge.rules.synonyms import Wording

Body = Mapping[str, Any]


class ItemKind(StrEnum):
    """What is edited: an answer, or what people say for one of our words."""

    ENTRY = "entry"
    SYNONYM = "synonym"


class Origin(StrEnum):
    """Where a version comes from: with the program, by an editor, from a file."""

    SHIPPED = "shipped"
    EDITED = "edited"
    IMPORTED = "imported"


class State(StrEnum):
    """Where a version stands. REPLACED: a later version took its place; WITHDRAWN: taken back, or off the air."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What a person does with a version that is not published yet."""

    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    DISCARD = "discard"


STATE_NAMES = {
    State.DRAFT: "草稿",
    State.IN_REVIEW: "待审核",
    State.RETURNED: "已退回",
    State.APPROVED: "已通过，待发布",
    State.PUBLISHED: "已发布",
    State.REPLACED: "已被新版本取代",
    State.WITHDRAWN: "已撤下",
}
OPEN = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.APPROVED)
_AFTER = {
    (State.DRAFT, Step.SUBMIT): State.IN_REVIEW,
    (State.IN_REVIEW, Step.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Step.SEND_BACK): State.RETURNED,
    (State.APPROVED, Step.SEND_BACK): State.RETURNED,
} | {(state, Step.DISCARD): State.WITHDRAWN for state in OPEN}


def after(state: State, step: Step) -> State | None:
    """Return the state after `step`, or None where the state does not allow it."""
    return _AFTER.get((state, step))


def steps(state: State) -> tuple[Step, ...]:
    """Return what may be done with a version in `state`."""
    return tuple(step for step in Step if (state, step) in _AFTER)


@dataclass(frozen=True, slots=True)
class Edition:
    """What one publication says: its entries, its synonyms, and which version of each it took (by item id)."""

    number: int
    entries: tuple[Entry, ...]
    wordings: tuple[Wording, ...]
    versions: Mapping[str, int]


def digest(body: Body) -> str:
    """Return what two equal bodies share: 64 hex digits."""
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def kind_of(body: Body) -> ItemKind:
    """Return the kind of item a body belongs to."""
    return ItemKind.ENTRY if "question" in body else ItemKind.SYNONYM


def title(body: Body) -> str:
    """Return the words by which people know a body: its question, or what its words mean."""
    return str(body.get("question") or body.get("mean") or "")
