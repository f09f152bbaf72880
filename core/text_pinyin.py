"""Reads Chinese text aloud without tones, so that homophones and typed pinyin meet the right word."""

import unicodedata
from functools import cache, lru_cache

from core.text import units


@cache
def _readings() -> dict[str, str]:
    """Return the commonest reading of each character, toneless, ü as v."""
    from pypinyin.constants import PINYIN_DICT

    return {chr(code): plain(marks.split(",")[0]) for code, marks in PINYIN_DICT.items()}


@cache
def _all_readings() -> dict[str, tuple[str, ...]]:
    from pypinyin.constants import PINYIN_DICT

    return {
        chr(code): tuple(dict.fromkeys(map(plain, marks.split(",")))) for code, marks in PINYIN_DICT.items()
    }


def readings(character: str) -> tuple[str, ...]:
    """Return every toneless reading of one character, the commonest first; nothing for what has none."""
    return _all_readings().get(character, ())


@cache
def _syllables() -> frozenset[str]:
    return frozenset(_readings().values())


def plain(marked: str) -> str:
    """Return one marked syllable without its tone (`lǜ` → `lv`)."""
    bare = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(c for c in bare if "a" <= c <= "z")


def reading(normalised: str) -> list[str]:
    """Return normalised text as toneless syllables; Latin runs are split where they are pinyin."""
    known = _readings()
    heard: list[str] = []
    for unit in units(normalised):
        syllable = known.get(unit)
        if syllable is not None:
            heard.append(syllable)
        elif unit.isascii() and unit.isalpha():
            heard.extend(split(unit))
        else:
            heard.append(unit)
    return heard


@lru_cache(maxsize=4096)
def split(run: str) -> tuple[str, ...]:
    """Split a run of Latin letters into pinyin syllables, the fewest that fit; else return it whole."""
    known = _syllables()
    size = len(run)
    best: list[tuple[str, ...] | None] = [None] * size + [()]
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + 6), start, -1):
            rest = best[end]
            if rest is None or run[start:end] not in known:
                continue
            here = best[start]
            if here is None or len(rest) + 1 < len(here):
                best[start] = (run[start:end], *rest)
    return best[0] or (run,)
