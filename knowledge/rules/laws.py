"""Tells when a law an answer rests on ends while the answer goes on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.rules.entries import Entry, Law

SOON = timedelta(days=60)


class Ends(StrEnum):
    """How a law ends: it has, it will soon, or another has taken its place and nobody knows since when."""

    ENDED = "ended"
    ENDING = "ending"
    SUPERSEDED = "superseded"


ENDS_NAMES = {Ends.ENDED: "已失效", Ends.ENDING: "即将失效", Ends.SUPERSEDED: "已被取代"}


@dataclass(frozen=True, slots=True)
class Ending:
    """A cited law that ends before the answer does; `articles` are those cited, `successor` what follows it ("")."""

    law_id: str
    kind: Ends
    ends_on: date | None
    successor: str
    articles: tuple[str, ...]


def endings(entry: Entry, laws: Mapping[str, Law], *, on: date) -> Iterator[Ending]:
    """Yield the laws an entry cites that end within sixty days of `on`, or have ended, and that it outlives.

    An entry that itself ends with the law says what held then, and needs nobody's care.
    """
    if entry.valid_to is not None and entry.valid_to < on:
        return
    for law_id in dict.fromkeys(cite.law for cite in entry.citations):
        law = laws.get(law_id)
        kind = None if law is None else _kind(law, entry, on)
        if law is not None and kind is not None:
            articles = tuple(cite.article for cite in entry.citations if cite.law == law_id and cite.article)
            yield Ending(law_id, kind, law.valid_to, law.superseded_by or "", articles)


def _kind(law: Law, entry: Entry, on: date) -> Ends | None:
    if law.valid_to is None:
        return Ends.SUPERSEDED if law.superseded_by and entry.in_force(on) else None
    if entry.valid_to is not None and entry.valid_to <= law.valid_to:
        return None
    if law.valid_to < on:
        return Ends.ENDED
    return Ends.ENDING if law.valid_to <= on + SOON else None
