"""Warns an editor of phrasings that say the same as another one, of this entry or of the others."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from core.text import key
from knowledge.rules.entries import Entry
from knowledge.services.index import KnowledgeIndex

NEAR = 0.85
NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A phrasing and the one it resembles; `entry` is the other entry it belongs to, None for this one."""

    phrasing: str
    other: str
    entry: Entry | None


def near(index: KnowledgeIndex, entry: Entry) -> tuple[Near, ...]:
    """Return the phrasings of `entry` that are near-duplicates, in their order."""
    found: list[Near] = []
    for place, phrasing in enumerate(entry.phrasings):
        own = next((one for one in entry.phrasings[:place] if _like(phrasing, one)), None)
        found += [Near(phrasing, own, None)] if own is not None else _elsewhere(index, entry, phrasing)
    return tuple(found)


def _elsewhere(index: KnowledgeIndex, entry: Entry, phrasing: str) -> list[Near]:
    if not key(phrasing):
        return []
    hits = [hit for hit in index.search(phrasing, NEIGHBOURS) if hit.entry.id != entry.id]
    return [Near(phrasing, hit.phrasing, hit.entry) for hit in hits if _like(phrasing, hit.phrasing)][:1]


def _like(one: str, other: str) -> bool:
    return Indel.normalized_similarity(key(one), key(other)) >= NEAR
