"""The person in front of a page, as far as pages need to know; accounts fills it in."""

from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Person:
    """Whose name stands in the corner of the page, and which sections they may open."""

    name: str
    role_name: str
    permissions: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the console's navigation, shown to those who hold `permission`."""

    url: str
    label: str
    permission: str


PERSON = web.RequestKey("person", Person)
SECTIONS = web.AppKey("sections", tuple)
