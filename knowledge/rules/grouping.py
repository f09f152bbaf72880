"""Puts questions that mean the same into one group: by their key, or by what the ranker finds nearest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.rules.likeness import Ear, Spoken
from knowledge.rules.questions import Trouble
from knowledge.rules.ranking import Document, Ranker, arrange
from knowledge.rules.shelf import Query

NEAREST = 10


@dataclass(slots=True)
class Bunch:
    """Every looked-at occurrence of one wording: row ids by what was wrong, first and last moment."""

    key: str
    text: str
    first_at: datetime
    last_at: datetime
    asked: dict[Trouble, list[int]] = field(default_factory=dict)
    votes: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where bunches belong: to a group that is there (its id), or together to a new one."""

    group_id: int | None
    bunches: tuple[Bunch, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that are there: texts by id, and the group of every wording seen before."""

    texts: Mapping[int, str]
    by_key: Mapping[str, int]


def place(bunches: Iterable[Bunch], groups: Groups, ear: Ear) -> list[Placed]:
    """Put every bunch somewhere; the same input always comes out the same.

    The cost is one search per bunch in an index of the groups, and one comparison with each new group of the batch.
    """
    known = _Known.of(groups, ear)
    found: dict[int, list[Bunch]] = {}
    fresh: list[tuple[Spoken, list[Bunch]]] = []
    for bunch in sorted(bunches, key=lambda one: (one.first_at, one.key)):
        spoken = ear.spoken(bunch.text)
        group_id = groups.by_key.get(bunch.key) or known.find(spoken)
        if group_id is not None:
            found.setdefault(group_id, []).append(bunch)
            continue
        held = next((held for first, held in fresh if ear.same(first, spoken)), None)
        if held is None:
            fresh.append((spoken, [bunch]))
        else:
            held.append(bunch)
    placed = [Placed(group_id, tuple(held)) for group_id, held in sorted(found.items())]
    return placed + [Placed(None, tuple(held)) for _, held in fresh]


@dataclass(frozen=True, slots=True)
class _Known:
    """The groups that are there, ready to be searched."""

    ids: tuple[int, ...]
    spoken: tuple[Spoken, ...]
    ranker: Ranker | None
    ear: Ear

    @staticmethod
    def of(groups: Groups, ear: Ear) -> "_Known":
        ids = tuple(sorted(groups.texts))
        ranker = arrange([Document((groups.texts[one],)) for one in ids], ear.cut) if ids else None
        return _Known(ids, tuple(ear.spoken(groups.texts[one]) for one in ids), ranker, ear)

    def find(self, spoken: Spoken) -> int | None:
        """Return the group the ranker finds nearest among those that mean the same, or None."""
        if self.ranker is None:
            return None
        found = self.ranker.rank(Query.of(spoken.seen, self.ear.cut), NEAREST)
        places = (one.position for one in found.ranked)
        return next((self.ids[at] for at in places if self.ear.same(self.spoken[at], spoken)), None)
