"""Tells whether a text speaks of measurement at all, by the terms of our trade it holds."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.text_words import TERMS
from knowledge.rules.subjects import load_subjects

# Too short or too common for the list of terms, yet nobody says them of anything else.
TELLING = ("秤", "计量", "净含量", "缺斤", "少两", "短秤", "少给", "不够称", "12315")
# 少了二两, 缺半斤: what is short by a weight is ours, whatever it is.
SHORT_BY = re.compile(
    r"[少缺差短][了给我俺]*(?:有|大概|将近|快)?[\d一二两三四五六七八九十半几好][\d.十百]*多?(?:公?斤|两|千?克)"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Our terms, and the length of the longest."""

    known: frozenset[str]
    longest: int

    def hold(self, normalised: str) -> bool:
        """Tell whether normalised text holds a term of ours."""
        known, longest = self.known, self.longest
        return SHORT_BY.search(normalised) is not None or any(
            normalised[start:end] in known
            for start in range(len(normalised))
            for end in range(start + 1, min(len(normalised), start + longest) + 1)
        )


@cache
def load_terms(path: Path = TERMS) -> Terms:
    """Read our list of terms and the subjects' names; single characters of the list do not count."""
    listed = [line.split("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines()]
    known = {words[0] for words in listed if words and len(words[0]) > 1}
    known |= {*load_subjects().by_name, *TELLING}
    return Terms(frozenset(known), max(map(len, known)))
