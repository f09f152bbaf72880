"""Knows what a question is about: which instrument, which goods, complaint or tip-off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from core.text import key

TABLE = Path(__file__).with_name("subjects.yaml")
# An answer about eggs may well do for apples, one about pumps does not for taximeters.
EXCLUSIVE = frozenset({"instrument", "track"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a question may be about; those of some kinds exclude each other."""

    id: str
    kind: str
    say: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a subject."""

    subject: Subject
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Subjects:
    """All subjects by the names people give them."""

    by_name: Mapping[str, Subject]
    longest: int

    def mentioned(self, text: str) -> list[Mention]:
        """Return the subjects that `core.text.key(text)` names, in reading order; longer names first."""
        short, found, start = key(text), [], 0
        while start < len(short):
            for end in range(min(len(short), start + self.longest), start, -1):
                subject = self.by_name.get(short[start:end])
                if subject is not None:
                    found.append(Mention(subject, start, end))
                    start = end - 1
                    break
            start += 1
        return found

    def of(self, texts: Iterable[str]) -> frozenset[Subject]:
        """Return the subjects that any of `texts` names."""
        return frozenset(mention.subject for text in texts for mention in self.mentioned(text))


def differ(asked: frozenset[Subject], told: frozenset[Subject]) -> bool:
    """Tell whether an answer is about another subject of a kind that was asked about."""
    if not asked or not told or asked & told:
        return False
    return bool({one.kind for one in asked} & {one.kind for one in told} & EXCLUSIVE)


@cache
def load_subjects(path: Path = TABLE) -> Subjects:
    """Read the table: rows of `id`, `say` and `names` under each kind."""
    by_name: dict[str, Subject] = {}
    for kind, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for row in rows:
            subject = Subject(row["id"], kind, row["say"])
            by_name |= dict.fromkeys(map(key, row["names"]), subject)
    return Subjects(by_name, max(map(len, by_name)))
