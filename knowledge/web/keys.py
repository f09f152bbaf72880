"""What the room's handlers find in the application."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from knowledge.rules.entries import Content
from knowledge.services.index import KnowledgeIndex


@dataclass(frozen=True, slots=True)
class Known:
    """What is published: the entries, and the index that answers from them, in chat and on pages alike."""

    content: Content
    index: KnowledgeIndex


@dataclass(frozen=True, slots=True)
class Published:
    """Gives what is published now; it is replaced as a whole with each publication."""

    current: Callable[[], Known]


PUBLISHED = web.AppKey("published", Published)


def known(request: web.Request) -> Known:
    """Return what is published now."""
    return request.config_dict[PUBLISHED].current()
