"""What one turn of the conversation comes to: the reply, and what may be said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.messages import Reply


class Kind(StrEnum):
    """The kinds of answer that `python -m bot ask` names."""

    ANSWER = "answer"
    CALCULATION = "calculation"
    LOOKUP = "lookup"
    INTAKE = "intake"
    CLARIFY = "clarify"
    REJECT = "reject"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Cited:
    """A law by its short name, and the article, where there is one."""

    law: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a person may come back to in the next message.

    `choices` are what a typed 1, 2, 3 says; `entry_id` the entry last read; `facts` a calculation's facts as plain JSON
    (complaints.rules.drafts), for "用这些信息投诉"; `misses` how often in a row nothing was found. `asked` is the
    question, `sum` the words of a sum that a message may complete; `version` the version of the entry read; `useless` a version called 没用 whose reason we have asked for.
    """

    choices: tuple[str, ...] = ()
    entry_id: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    misses: int = 0
    asked: str = ""
    sum: str = ""
    version: int = 0
    useless: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply and its account: kind, sources, entry, confidence (0 to 1), what else it might have meant, what to keep.

    `left` is a question that was left for the editors.
    """

    kind: Kind
    reply: Reply
    citations: tuple[Cited, ...] = ()
    entry_id: str | None = None
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    topic: Topic = Topic()
    left: str = ""
