"""How people write a quantity: numbers, units that shrink, a half here or there, one bare digit at the end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import InvalidInput
from core.numerals import NUMBER, narrow, number

HALF = Decimal("0.5")
LONGEST_TEXT = 60
ROUGH = re.compile("一二|两三|二三|三四|四五|五六|六七|七八|八九")
"""Two digits side by side are an estimate (七八克), never 78."""


class QuantityError(InvalidInput):
    """A quantity cannot be read or is impossible; the sentence says what would be right."""

    code = "quantity_invalid"
    text = "没有看懂这个数量，请写成“3斤2两”或“1.6公斤”这样。"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Units of one kind, each with its size in the base unit; `below` names the unit of a bare last digit."""

    sizes: Mapping[str, Decimal]
    below: Mapping[str, str]
    halves: frozenset[str]

    def pattern(self) -> str:
        """Return a regular expression for one quantity of this kind inside running text."""
        unit = self._any_of(self.sizes)
        half_unit = self._any_of(self.halves)
        plain = rf"{NUMBER}\s?{unit}(?:半(?![个只天年月路价]))?"
        rest = rf"(?:\s?零?{plain})*(?:{BARE_DIGIT})?"
        half = rf"(?<![一二两三四五六七八九十0-9大多])半{unit}(?![一二三四五六七八九十])"
        bare = rf"(?<![0-9零一二两三四五六七八九十百千万每/几公市多]){half_unit}半"
        return rf"(?:{half}|{plain}{rest}|{bare})"

    @staticmethod
    def _any_of(words: Mapping[str, Decimal] | frozenset[str]) -> str:
        ordered = sorted(words, key=len, reverse=True)
        return "(?:" + "|".join(_bounded(word) for word in ordered) + ")"

    def total(self, text: str) -> Decimal | None:
        """Add up `text` in the base unit, or return None when it is no quantity of this kind."""
        parts = self._parts(text)
        if parts is None:
            return None
        sizes = [size for _, size in parts]
        if sizes != sorted(sizes, reverse=True) or len(set(sizes)) != len(sizes):
            return None
        return Decimal(plain(sum((count * size for count, size in parts), Decimal(0))))

    def _parts(self, text: str) -> list[tuple[Decimal, Decimal]] | None:
        parts: list[tuple[Decimal, Decimal]] = []
        last_unit = ""
        position = 0
        step = self._step()
        while position < len(text):
            found = step.match(text, position)
            if found is None:
                tail = number(text[position:])
                smaller = self.below.get(last_unit)
                if smaller is None or tail is None or not 0 < tail < 10 or tail % 1:
                    return None
                return [*parts, (tail, self.sizes[smaller])]
            last_unit = found["unit"].lower()
            count = self._count(found)
            if count is None:
                return None
            parts.append((count, self.sizes[last_unit]))
            position = found.end()
        return parts or None

    def _count(self, found: re.Match[str]) -> Decimal | None:
        said, half = found["count"], found["half"]
        if said is None:
            return Decimal(1) + HALF if half and found["unit"].lower() in self.halves else None
        if said == "半":
            return None if half else HALF
        value = None if ROUGH.fullmatch(said) else number(said)
        return value + HALF if half and value is not None else value

    def _step(self) -> re.Pattern[str]:
        unit = self._any_of(self.sizes)
        return re.compile(rf"\s*零?(?P<count>{NUMBER}|半)?\s*(?P<unit>{unit})(?P<half>半)?\s*", re.IGNORECASE)


BARE_DIGIT = (
    r"[1-9](?![\d.,零一二三四五六七八九十百千万两半块元毛角分斤钱克公千kKgG号月日天点个只条箱袋包盒瓶件年升毫mMlL%/])"
    r"|[一二三四五六七八九](?=$|[\s，。、；,;!？?！）)了的回但结可才到]|实际)"
)


def _bounded(unit: str) -> str:
    """Guard short units: `g` is not the start of a word, 克 not of 克拉, 两 not of 两个."""
    guards = {"两": "(?![个只条次天台把家种样回位款千百万口箱袋包盒瓶])", "克": "(?!拉)", "钱": "(?!大妈)"}
    if unit.isascii():
        return rf"{re.escape(unit)}(?![a-z])"
    return re.escape(unit) + guards.get(unit, "")


def ladder(sizes: Mapping[str, str], *, below: Mapping[str, str], halves: str) -> Ladder:
    """Build a ladder from sizes written as text; `halves` lists units said as 斤半."""
    exact = {unit.lower(): Decimal(size) for unit, size in sizes.items()}
    return Ladder(sizes=exact, below=below, halves=frozenset(halves.split()))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: the first position and the one after the last."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two stretches share a position."""
        return self.start < other.end and other.start < self.end


def spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[Span, str]]:
    """Yield each stretch of narrowed `text` that the pattern matches, with its words."""
    for found in pattern.finditer(narrow(text)):
        yield Span(found.start(), found.end()), found.group()


def readable(text: str) -> str:
    """Return what was typed, narrowed and trimmed, or raise when it is empty or far too long.

    Raises: QuantityError when there is nothing to read or the text is longer than any quantity.
    """
    tidy = narrow(text).strip()
    if not tidy:
        raise QuantityError("请填写数量，例如“3斤2两”或“1.6公斤”。")
    if len(tidy) > LONGEST_TEXT:
        raise QuantityError("这段话太长，请只写数量，例如“3斤2两”或“1.6公斤”。")
    return tidy


def checked(value: Decimal, *, most: Decimal, low: str, high: str) -> None:
    """Refuse what cannot be: not a number, below zero, or above `most`.

    Raises: QuantityError with the sentence `low` or `high`.
    """
    if not value.is_finite() or value < 0:
        raise QuantityError(low)
    if value > most:
        raise QuantityError(high)


def plain(value: Decimal) -> str:
    """Print a decimal without exponent or needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """Print a decimal with thousands separated by commas."""
    whole, point, fraction = plain(value).partition(".")
    return f"{int(whole):,}{point}{fraction}"
