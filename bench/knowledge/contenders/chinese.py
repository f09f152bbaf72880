"""What every peer is fed with: jieba's words in search mode, and what a question is worth by itself."""

import itertools
import logging
import math
import re
import warnings
from collections import Counter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.ERROR)
_SAYS = re.compile(r"\w")


def start() -> None:
    """Load the dictionary, which no figure counts."""
    jieba.initialize()


def words(text: str) -> list[str]:
    """Return jieba's words in search mode, without punctuation."""
    return [word for word in jieba.cut_for_search(text.lower()) if _SAYS.search(word)]


def pairs(text: str) -> list[str]:
    """Return neighbouring characters two by two."""
    characters = _SAYS.findall(text.lower())
    return [a + b for a, b in itertools.pairwise(characters)] or characters


def whole(row: tuple[str, str]) -> str:
    """Return title and text as one, once where they are the same."""
    title, text = row
    return text or title if title in ("", text) else f"{title} {text}"


class Worth:
    """Tells about what a row made of the question's own words would score."""

    def __init__(self, rows: list[list[str]]) -> None:
        """Count in how many rows each word stands."""
        held = Counter(word for row in rows for word in set(row))
        size = len(rows)
        self.unseen = math.log1p((size + 0.5) / 0.5)
        self.idf = {word: math.log1p((size - n + 0.5) / (n + 0.5)) for word, n in held.items()}

    def of(self, asked: list[str]) -> float:
        """Return the summed weight of the words."""
        return max(sum(self.idf.get(word, self.unseen) for word in asked), 1e-9)
