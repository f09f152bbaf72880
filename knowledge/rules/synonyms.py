"""Adds to a question the words our answers use for what the asker calls by another name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from core.text import normalise
from knowledge.rules.shelf import Cut, Query

TABLE = Path(__file__).with_name("synonyms.yaml")


@dataclass(frozen=True, slots=True)
class Wording:
    """One row of the table: what people say, and the words (separated by spaces) our answers use for it."""

    id: str
    say: tuple[str, ...]
    mean: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What people say, and what it means in our answers; both normalised."""

    meanings: Mapping[str, str]

    @staticmethod
    def of(wordings: Iterable[Wording]) -> "Synonyms":
        """Take the rows of the table; where two say the same, both meanings count."""
        meanings: dict[str, str] = {}
        for row in wordings:
            for said in map(normalise, row.say):
                before = f"{meanings[said]} " if said in meanings else ""
                meanings[said] = before + normalise(row.mean)
        return Synonyms(meanings)

    def added(self, text: str) -> str:
        """Return the words that normalised `text` means and does not itself contain, or an empty text."""
        meant: dict[str, None] = {}
        for said, meaning in self.meanings.items():
            if said in text:
                meant.update(dict.fromkeys(word for word in meaning.split() if word not in text))
        return " ".join(meant)

    def query(self, text: str, cut: Cut) -> Query:
        """Take normalised `text` apart, with what its lay words mean beside it."""
        plain = Query.of(text, cut)
        added = self.added(text)
        if not added:
            return plain
        return Query(plain.text, plain.words, plain.units, plain.sounds, Query.of(added, cut))


def load_wordings(path: Path = TABLE) -> tuple[Wording, ...]:
    """Read the shipped table: rows of `say` (a list) and `mean` (words separated by spaces).

    Rows that mean the same are one.
    """
    found: dict[str, Wording] = {}
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        name = wording_id(row["mean"])
        said = found[name].say if name in found else ()
        found[name] = Wording(name, tuple(dict.fromkeys((*said, *row["say"]))), row["mean"])
    return tuple(found.values())


def load_synonyms(path: Path = TABLE) -> Synonyms:
    """Return the shipped table, ready to use."""
    return Synonyms.of(load_wordings(path))


def wording_id(mean: str) -> str:
    """Return the id of a new row: named after what it means, and so the same wherever the table is read."""
    return "synonym-" + "-".join(normalise(mean).split())
