"""Statutes: their articles with what is known about them, and how versions follow one another."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from knowledge.rules.articles import Article
from knowledge.rules.entries import Confidence, Law, Level

UNCHECKED = "收录的文本尚未与公布文本逐字核对，以公布的为准。"
LEVEL_NAMES = {
    Level.LAW: "法律",
    Level.REGULATION: "行政法规",
    Level.LOCAL: "地方性法规",
    Level.RULE: "部门规章",
    Level.NOTICE: "规范性文件",
    Level.STANDARD: "标准",
    Level.VERIFICATION_REGULATION: "检定规程",
}
_REPEALING = re.compile(r"同时废止")
_NAMED = re.compile(r"《([^《》]{4,80})》")
_VERSION_YEAR = re.compile(r"((?:19|20)\d{2})年")


@dataclass(frozen=True, slots=True)
class Statute:
    """A legal text that was imported; `code` is its id among the laws we cite.

    `preamble` holds what is printed between title and first article, `annex` what follows the last one. `source` is
    where the text came from, `remark` what its collector noted. Both ends of its validity count.
    """

    code: str
    title: str
    short: str
    number: str | None
    level: Level
    valid_from: date | None
    valid_to: date | None
    superseded_by: str | None
    confidence: Confidence
    source: str = ""
    remark: str = ""
    file: str = ""
    preamble: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    annex: tuple[str, ...] = ()
    revision: int = field(default=1, compare=False)

    def in_force(self, on: date) -> bool:
        """Tell whether the text holds on `on`."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)

    def article(self, order: tuple[int, int]) -> Article | None:
        """Return the article with that number, or None."""
        return next((article for article in self.articles if article.order == order), None)

    @property
    def unit(self) -> str:
        """Return the word its parts are counted in: 条, or 项 where an order has clauses only."""
        return "条" if not self.articles or self.articles[0].number.startswith("第") else "项"

    @property
    def version_year(self) -> int | None:
        """Return the year the printed version is from, where its number says so (2018年修正)."""
        found = _VERSION_YEAR.match(self.number or "")
        return int(found[1]) if found else None

    @property
    def fingerprint(self) -> str:
        """Return what two imports of the same text share, whatever is known about it."""
        parts = [[a.number, list(a.order), list(a.place), list(a.paragraphs)] for a in self.articles]
        whole = json.dumps([self.title, self.preamble, parts, self.annex], ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()


def in_marks(title: str) -> str:
    """Return a title as it is printed in running text; a title inside it takes single marks."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def named(one: Statute | Law) -> str:
    """Return a title with its order number or version (《…》（总局令第121号）)."""
    return in_marks(one.title) + (f"（{one.number}）" if one.number else "")


def version(statute: Statute) -> str:
    """Name a version in a sentence: 2025年修正的文本."""
    return f"{statute.number}的文本" if statute.version_year else statute.number or "收录的文本"


def validity(statute: Statute, successor: Statute | Law | None, *, on: date) -> str:
    """Say whether a text holds on a day, since when or until when, and what stands in its place."""
    if statute.valid_to is not None and statute.valid_to < on:
        if isinstance(successor, Statute) and successor.title == statute.title:
            return f"这一版到{printed(statute.valid_to)}为止，现行的是{version(successor)}。"
        ended = f"已于{printed(statute.valid_to + timedelta(days=1))}废止"
        return f"{ended}，现行的是{named(successor)}。" if successor else f"{ended}。"
    if statute.valid_from is None:
        return "施行日期没有收录，以公布的为准。"
    if statute.valid_from > on:
        return f"还没有生效，自{printed(statute.valid_from)}起施行。"
    return f"现行有效，自{printed(statute.valid_from)}起施行。"


def printed(day: date) -> str:
    """Return a day as legal texts print it."""
    return f"{day.year}年{day.month}月{day.day}日"


def repealed_titles(statute: Statute) -> tuple[str, ...]:
    """Return the titles that the last article declares repealed (…同时废止)."""
    if not statute.articles:
        return ()
    text = statute.articles[-1].text
    if not _REPEALING.search(text):
        return ()
    return tuple(_NAMED.findall(text))


def settled(statutes: Iterable[Statute]) -> list[Statute]:
    """Return the statutes whose end another one settles, with that end; what is already dated stays as it is.

    Of two texts with one title, the earlier ends the day before the later begins; so does one that a later text
    repeals by its title.
    """
    known = list(statutes)
    ended: dict[str, Statute] = {}
    for later in sorted(known, key=lambda one: (one.valid_from or date.min, one.code)):
        if later.valid_from is None:
            continue
        titles = {later.title, *repealed_titles(later)}
        for one in known:
            if one.code != later.code and one.title in titles and _open_before(one, later.valid_from):
                ended.setdefault(one.code, _ended(one, later))
    return list(ended.values())


def _open_before(one: Statute, day: date) -> bool:
    return one.valid_to is None and one.valid_from is not None and one.valid_from < day


def _ended(one: Statute, later: Statute) -> Statute:
    day = later.valid_from
    assert day is not None  # noqa: S101 (the caller looked)
    return replace(one, valid_to=day - timedelta(days=1), superseded_by=one.superseded_by or later.code)


def family(code: str, statutes: Sequence[Statute]) -> list[Statute]:
    """Return every version that ends in the same text as `code` does, the latest first."""
    by_code = {one.code: one for one in statutes}
    last = _last(code, by_code)
    members = [one for one in statutes if _last(one.code, by_code) == last]
    return sorted(members, key=lambda one: one.valid_from or date.min, reverse=True)


def _last(code: str, by_code: dict[str, Statute]) -> str:
    seen = {code}
    while (one := by_code.get(code)) is not None and one.superseded_by and one.superseded_by not in seen:
        code = one.superseded_by
        seen.add(code)
    return code
