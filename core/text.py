"""Makes text comparable: full width, traditional characters, case and punctuation stop mattering."""

import itertools
import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol, cast

_NOISE = re.compile(r"(?:[^\w.%]|_|(?<!\d)[.%]|\.(?!\d))+")
_UNITS = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?|[^\W\d_a-z]")
_ASCII = re.compile(r"[\x00-\x7f]*")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_DIGITS = {
    c: n for n, cs in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _simplifier() -> _Converter:
    import opencc

    return cast(_Converter, opencc.OpenCC("t2s"))


def simplify(text: str) -> str:
    """Return `text` in simplified characters."""
    return text if _ASCII.fullmatch(text) else _simplifier().convert(text)


def normalise(text: str) -> str:
    """Return `text` as we compare it: NFKC, simplified, lower case, punctuation as single spaces.

    Decimal points and percent signs that belong to a number stay (`0.30%`).
    """
    folded = simplify(unicodedata.normalize("NFKC", text)).lower()
    return _NOISE.sub(" ", folded).strip()


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return what two spellings of the same question share: `normalise` without its spaces."""
    return normalise(text).replace(" ", "")


def units(normalised: str) -> list[str]:
    """Cut normalised text into single Chinese characters, runs of Latin letters, and numbers."""
    return _UNITS.findall(normalised)


def pairs(parts: list[str]) -> list[str]:
    """Return adjacent parts joined two by two; a lone part stands for itself."""
    return [a + b for a, b in itertools.pairwise(parts)] or parts


def number_of(numeral: str) -> int | None:
    """Return the integer a Chinese numeral stands for (`一百二十` → 120), or None if it is not one.

    Only well-formed numerals count, so that words such as 万一 or 千万 stay words.
    """
    if not _NUMERAL.fullmatch(numeral):
        return None
    if all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    return _sum_of(numeral)


def _sum_of(numeral: str) -> int | None:
    total, section, digit, last = 0, 0, -1, 0
    for c in numeral:
        if c in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[c]
            last = 0 if digit == 0 else last
        elif c in _POWERS:
            if digit < 0 and (c != "十" or section):
                return None
            section += (digit if digit >= 0 else 1) * _POWERS[c]
            digit, last = -1, _POWERS[c]
        else:
            if not section and digit < 0:
                return None
            total = (total + section + max(digit, 0)) * _MYRIADS[c]
            section, digit, last = 0, -1, _MYRIADS[c]
    tail = max(digit, 0) * (last // 10 if last > 10 else 1)
    return total + section + tail
