"""Lays the published entries out for readers: shelves, an answer's sources, its detail in steps; pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from knowledge.rules.articles import find
from knowledge.rules.entries import Audience, Content, Entry, Law, Topic
from knowledge.rules.library import Library
from knowledge.rules.statutes import Statute

_NUMBERED = re.compile(r"^\d{1,2}[.．、]\s*")


class Standing(StrEnum):
    """Whether an answer holds on a day."""

    HOLDS = "holds"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic with its entries: what holds for everybody, what is for merchants, and what held once."""

    topic: Topic
    general: tuple[Entry, ...]
    merchants: tuple[Entry, ...]
    ended: tuple[Entry, ...]

    @property
    def count(self) -> int:
        """Return how many answers hold."""
        return len(self.general) + len(self.merchants)


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as cited; `anchor` is its place on the law's page, "" where the text at hand has no such article."""

    number: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Source:
    """A cited law with its articles, whether it is in force, and the law that took its place.

    `readable`: we have the text. `missing`: we have it, and it lacks an article that was cited.
    """

    law: Law
    articles: tuple[Cited, ...]
    standing: Standing
    successor: Law | None
    readable: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the numbered articles that the text at hand does not have."""
        return tuple(
            one.number for one in self.articles if self.readable and not one.anchor and one.number[:1] == "第"
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a detail that belong together: numbered steps, or plain sentences."""

    steps: bool
    lines: tuple[str, ...]


def shelves(content: Content, *, on: date) -> tuple[Shelf, ...]:
    """Return every topic in the readers' order, without those that hold nothing."""
    made = (_shelf(content, topic, on) for topic in content.topics)
    return tuple(shelf for shelf in made if shelf.count or shelf.ended)


def shelf(content: Content, topic_id: str, *, on: date) -> Shelf | None:
    """Return one topic with its entries, or None where there is no such topic."""
    topic = next((topic for topic in content.topics if topic.id == topic_id), None)
    return None if topic is None else _shelf(content, topic, on)


def standing(valid_from: date | None, valid_to: date | None, *, on: date) -> Standing:
    """Tell whether something holds on a day; both ends count, an absent end is open."""
    if valid_from is not None and on < valid_from:
        return Standing.COMING
    return Standing.ENDED if valid_to is not None and on > valid_to else Standing.HOLDS


def sources(entry: Entry, library: Library, *, on: date) -> tuple[Source, ...]:
    """Return what an entry stands on: each law once, with its articles in the entry's order."""
    cited: dict[str, list[str]] = {}
    for cite in entry.citations:
        cited.setdefault(cite.law, []).extend([cite.article] if cite.article else [])
    return tuple(_source(library.laws[law], articles, library, on) for law, articles in cited.items())


def blocks(detail: str) -> tuple[Block, ...]:
    """Cut a detail into steps and sentences; a step loses its number, which the page prints anew."""
    lines = [line.strip() for line in detail.splitlines() if line.strip()]
    return tuple(
        Block(steps, tuple(_NUMBERED.sub("", line) if steps else line for line in group))
        for steps, group in groupby(lines, key=lambda line: bool(_NUMBERED.match(line)))
    )


def _shelf(content: Content, topic: Topic, on: date) -> Shelf:
    here = [entry for entry in content.entries if entry.topic == topic.id]
    holding = [entry for entry in here if entry.in_force(on)]
    return Shelf(
        topic=topic,
        general=tuple(entry for entry in holding if entry.audience is not Audience.MERCHANT),
        merchants=tuple(entry for entry in holding if entry.audience is Audience.MERCHANT),
        ended=tuple(
            entry for entry in here if standing(entry.valid_from, entry.valid_to, on=on) is Standing.ENDED
        ),
    )


def _source(law: Law, articles: Iterable[str], library: Library, on: date) -> Source:
    now = standing(law.valid_from, law.valid_to, on=on)
    successor = library.laws.get(law.superseded_by) if law.superseded_by and now is Standing.ENDED else None
    text = library.get(law.id)
    cited = tuple(Cited(number, _anchor(text, number)) for number in articles)
    return Source(law, cited, now, successor, text is not None)


def _anchor(text: Statute | None, number: str) -> str:
    found = find(list(text.articles), number) if text is not None else None
    return found.anchor if found is not None else ""
