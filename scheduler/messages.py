"""What the outbox can hold: a text in a running conversation, or a template message out of the blue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from scheduler.errors import UnreadableMessage


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Words in a running conversation; no channel drops a repeated one, so a doubtful one is not repeated."""

    text: str


@dataclass(frozen=True, slots=True)
class TemplateMessage:
    """A template by our name for it, its values by our names for them, and the page it opens.

    `url` may be a path of this site ("/h5/cases/…"); the channel makes it absolute.
    """

    template: str
    values: dict[str, str] = field(default_factory=dict)
    url: str = ""


Outgoing = TextMessage | TemplateMessage


def to_json(message: Outgoing) -> dict[str, object]:
    """Return `message` as it is stored; `from_json` reads it back."""
    match message:
        case TextMessage(text):
            return {"kind": "text", "text": text}
        case TemplateMessage(template, values, url):
            return {"kind": "template", "template": template, "values": values, "url": url}
        case _:
            assert_never(message)


def from_json(stored: Mapping[str, object]) -> Outgoing:
    """Read a stored message.

    Raises:
        UnreadableMessage: the kind is unknown, or a part is missing.
    """
    match stored:
        case {"kind": "text", "text": str(text)}:
            return TextMessage(text)
        case {"kind": "template", "template": str(template), "values": dict(values), "url": str(url)}:
            return TemplateMessage(template, {str(key): str(value) for key, value in values.items()}, url)
        case _:
            raise UnreadableMessage(kind=str(stored.get("kind")))
