"""One message in, one reply out, without a word of WeChat's wire format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class InboundKind(StrEnum):
    """What a person can send; OTHER is taken and logged."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    LOCATION = "location"
    LINK = "link"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message or event as dialogs see it.

    `key` is the same for every retry of one message and contains the sender's openid; `event` is in lower case; `about`
    is what a tapped chip was about, where it said so;
    `facts` holds the remaining fields of an event or of a kind that has no field here.
    """

    key: str
    openid: str
    kind: InboundKind
    text: str = ""
    event: str = ""
    event_key: str = ""
    media_id: str = ""
    latitude: str = ""
    longitude: str = ""
    about: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something to tap: its label, the text that the tap says, and what it is about where that is not the last reply."""

    label: str
    say: str
    about: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A page to open: its label and address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person reads, what they can tap, which pages they can open."""

    text: str
    chips: tuple[Chip, ...] = ()
    links: tuple[Link, ...] = ()
