"""Cuts Chinese text into the words a search compares, with jieba's dictionary and our own terms."""

import hashlib
import logging
import marshal
import math
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from core.text import number_of

TERMS = Path(__file__).with_name("words.txt")
_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d+(?:\.\d+)?%?|[^\W\d_a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANS = re.compile(r"[\u3400-\u9fff]+")
_log = logging.getLogger(__name__)


@cache
def _unknown_cutter() -> Callable[[str], Iterator[str]]:
    """Return jieba's hidden Markov model for runs of characters the dictionary does not explain."""
    with warnings.catch_warnings():  # jieba still asks for pkg_resources, which says it is going away
        warnings.simplefilter("ignore")
        from jieba import finalseg

    return cast(Callable[[str], Iterator[str]], finalseg.cut)


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Cuts normalised text into words; built once, read by any thread.

    `weights` holds the log probability of each word, and `-inf` for what is only the beginning of one.
    """

    weights: dict[str, float]
    rare: float

    def words(self, normalised: str) -> list[str]:
        """Return the words of normalised text once each in reading order, whole numbers as digits."""
        found: list[str] = []
        for run in _RUNS.findall(normalised):
            if _HAN.match(run):
                found.extend(self._han(run))
            else:
                found.append(run)
        return [_folded(word) for word in found]

    def pieces(self, text: str) -> list[str]:
        """Return all of `text` in order, cut into dictionary words and what lies between them, character by character."""
        found: list[str] = []
        last = 0
        for run in _HANS.finditer(text):
            found.extend(text[last : run.start()])
            ends = self._ends(run.group())
            start, last = 0, run.end()
            while start < len(run.group()):
                found.append(run.group()[start : ends[start]])
                start = ends[start]
        found.extend(text[last:])
        return found

    def search_words(self, normalised: str) -> list[str]:
        """Return `words` with, before each long word, the shorter dictionary words inside it."""
        found: list[str] = []
        known = self.weights
        for word in self.words(normalised):
            size = len(word)
            if size > 2 and word[0] > "\u3400":
                for width in range(2, min(size, 4)):
                    inner = (word[i : i + width] for i in range(size - width + 1))
                    found.extend(part for part in inner if known.get(part, -math.inf) > -math.inf)
            found.append(word)
        return found

    def _han(self, run: str) -> Iterable[str]:
        ends = self._ends(run)
        start, loose = 0, ""
        words: list[str] = []
        while start < len(run):
            end = ends[start]
            if end - start == 1:
                loose += run[start]
            else:
                words.extend(self._loose(loose))
                words.append(run[start:end])
                loose = ""
            start = end
        words.extend(self._loose(loose))
        return words

    def _loose(self, loose: str) -> Iterable[str]:
        if len(loose) < 2:
            return loose
        return loose if self.weights.get(loose, -math.inf) > -math.inf else _unknown_cutter()(loose)

    def _ends(self, run: str) -> list[int]:
        """Return, for each position, where the word starting there ends on the likeliest path."""
        size = len(run)
        best = [0.0] * (size + 1)
        ends = [0] * size
        weights, none = self.weights, -math.inf
        for start in range(size - 1, -1, -1):
            top, where = none, start + 1
            end = start + 1
            weight = weights.get(run[start])
            while weight is not None:
                score = weight + best[end]
                if score >= top and weight > none:
                    top, where = score, end
                end += 1
                if end > size:
                    break
                weight = weights.get(run[start:end])
            best[start] = top if top > none else self.rare + best[start + 1]
            ends[start] = where
        return ends


def _folded(word: str) -> str:
    value = number_of(word) if word[0] in "零〇一二两三四五六七八九十百千万亿" else None
    return word if value is None else str(value)


def load(*, terms: Path = TERMS, cache_dir: Path | None = None) -> Segmenter:
    """Build the segmenter from jieba's dictionary and the words of `terms` (one `word [frequency]` a line).

    With `cache_dir` (private, made if absent) the prepared table is kept there, which halves the start.
    """
    _unknown_cutter()
    general = _general_words().read_bytes()
    own = terms.read_bytes()
    if cache_dir is None:
        return _segmenter(general, own)
    name = hashlib.sha256(general + own).hexdigest()[:24]
    path = cache_dir / f"words-{name}.marshal"
    cached = _cached(path)
    if cached is not None:
        return cached
    fresh = _segmenter(general, own)
    _keep(path, fresh)
    return fresh


def _general_words() -> Path:
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba")
    return Path(found.origin).with_name("dict.txt")


def _segmenter(general: bytes, own: bytes) -> Segmenter:
    counts: dict[str, int] = {}
    for line in general.decode().splitlines():
        word, count, _ = line.split(" ", 2)
        counts[word] = int(count)
    total = sum(counts.values())
    for line in own.decode().splitlines():
        entry = line.split("#")[0].split()
        if entry:
            counts[entry[0]] = int(entry[1]) if len(entry) > 1 else _enough(entry[0], counts, total)
    rare = -math.log(total)
    weights = {word: math.log(count) + rare for word, count in counts.items() if count}
    for word in list(weights):
        for end in range(1, len(word)):
            weights.setdefault(word[:end], -math.inf)
    return Segmenter(weights, rare)


def _enough(word: str, counts: dict[str, int], total: int) -> int:
    """Return a frequency at which `word` is likelier than its own pieces."""
    likely = 1.0
    for half in range(1, len(word)):
        left, right = counts.get(word[:half], 1), counts.get(word[half:], 1)
        likely = max(likely, left * right / total)
    return max(counts.get(word, 0), int(likely) + 100)


def _cached(path: Path) -> Segmenter | None:
    try:
        if path.stat().st_uid != os.getuid():
            return None
        weights, rare = marshal.loads(path.read_bytes())  # noqa: S302 - our own file in our own directory
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return Segmenter(weights, rare)


def _keep(path: Path, segmenter: Segmenter) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(marshal.dumps((segmenter.weights, segmenter.rare)))
        Path(draft.name).replace(path)
    except OSError as error:
        _log.warning("dictionary cache not written", extra={"reason": str(error)})
