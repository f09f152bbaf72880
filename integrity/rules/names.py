"""What of a merchant's name people remember: the core, without region, province and legal form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.text import key

PROVINCE = ("山东省", "山东")
LONGEST_REGION = 5
SHORTEST_CORE = 2
SUFFIXES = "市区县"

_FORM = re.compile(r"集团股份有限公司|集团有限公司|股份有限公司|有限责任公司|有限公司")
_TAIL = re.compile(r"(?:个体工商户|个人独资企业|个人独资|特殊普通合伙|普通合伙|有限合伙|责任公司)+$")


@dataclass(frozen=True, slots=True)
class Parted:
    """A name taken apart: `full` normalised, `core` to compare, `regions` the codes its region words stand for."""

    full: str
    core: str
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A merchant as the index takes it in: both names, and where it is (`place` in words)."""

    merchant_id: int
    name: str
    sign_name: str = ""
    region_code: str = ""
    place: str = ""


class Gazetteer:
    """The province's region words, full (历下区) and bare (历下), and the codes they stand for."""

    def __init__(self, divisions: Iterable[tuple[str, str]]) -> None:
        """Take (six-digit code, name) of every division but the province."""
        self._full: dict[str, frozenset[str]] = {}
        self._bare: dict[str, frozenset[str]] = {}
        for code, name in divisions:
            if code.endswith("0000"):
                continue
            self._full[name] = self._full.get(name, frozenset()) | {code}
            if len(name) > SHORTEST_CORE:
                self._bare[name[:-1]] = self._bare.get(name[:-1], frozenset()) | {code}
        self._anywhere = re.compile("|".join(sorted(self._full, key=len, reverse=True)) or r"(?!)")

    def part(self, name: str, *, spoken: bool = False) -> Parted:
        """Take a name apart; in a `spoken` one (a citizen's words) a full region name counts wherever it stands.

        A region word is left in the core when fewer than two characters would remain.
        """
        full = key(name)
        core, regions = self._leading(_without_form(full))
        if spoken and (found := self._anywhere.search(core)):
            rest = core[: found.start()] + core[found.end() :]
            if len(rest) >= SHORTEST_CORE:
                core, regions = rest, _within(regions, self._full[found.group()])
        return Parted(full=full, core=core, regions=regions)

    def _leading(self, text: str) -> tuple[str, frozenset[str]]:
        regions: frozenset[str] = frozenset()
        for word in PROVINCE:
            if text.startswith(word) and len(text) - len(word) >= SHORTEST_CORE:
                text = text.removeprefix(word)
                break
        while (found := self._first(text)) is not None:
            length, codes = found
            text, regions = text[length:], _within(regions, codes)
        return text, regions

    def _first(self, text: str) -> tuple[int, frozenset[str]] | None:
        for length in range(min(LONGEST_REGION, len(text) - SHORTEST_CORE), 1, -1):
            codes = self._full.get(text[:length])
            if codes is None and text[length] not in SUFFIXES:
                codes = self._bare.get(text[:length])
            if codes is not None:
                return length, codes
        return None


def _without_form(full: str) -> str:
    text = _TAIL.sub("", _FORM.sub("", full))
    return text if len(text) >= SHORTEST_CORE else full


def _within(outer: frozenset[str], inner: frozenset[str]) -> frozenset[str]:
    """Return the codes of `inner` that lie in `outer`'s cities (济南市 + 市中区), or all of `inner`."""
    cities = {code[:4] for code in outer}
    inside = frozenset(code for code in inner if code[:4] in cities)
    return inside or inner
