"""Cuts a legal text into its articles, with their place, their number as printed, and their paragraphs."""

import re
import unicodedata
from dataclasses import dataclass

from core.text import number_of

_NUMBER = r"[零〇一二两三四五六七八九十百千]+"
_HEADING = re.compile(rf"^第({_NUMBER})([编章节])(?:\s+(.*))?$")
_ARTICLE = re.compile(rf"^第({_NUMBER})条(?:之({_NUMBER}))?(\s*)(.*)$", re.DOTALL)
_ITEM = re.compile(rf"^(?:[（(](?:{_NUMBER}|\d+)[）)]|\d+[.．、])")
_MARKS = re.compile(r"^#+\s*|\*\*")
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")
_ABOVE = {"编": 0, "章": 1, "节": 2}


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number as printed (`第九条`, `第九条之一`), where it stands, and its paragraphs (款).

    Items such as （一） stay with the paragraph they belong to, each on a line of its own.
    """

    number: str
    order: tuple[int, int]
    place: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the whole text of the article, a paragraph a line."""
        return "\n".join(self.paragraphs)


def cut(text: str) -> list[Article]:
    """Return the articles of a legal text in Markdown or plain lines.

    A line opens an article when it begins with a number that continues the count, so that a sentence which only
    refers to another article stays where it is. A text without articles gives none.
    """
    found: list[Article] = []
    place: dict[int, str] = {}
    for line in map(_plain, text.splitlines()):
        if not line:
            continue
        heading = _HEADING.match(line)
        if heading:
            level = _ABOVE[heading[2]]
            place = {above: title for above, title in place.items() if above < level} | {level: line}
            continue
        opened = _opened(line, found[-1].order if found else (0, 0))
        if opened is not None:
            number, order, rest = opened
            found.append(Article(number, order, tuple(place.values()), (rest,) if rest else ()))
        elif found:
            found[-1] = _continued(found[-1], line)
    return found


def find(articles: list[Article], number: str) -> Article | None:
    """Return the article that `number` names, as printed or with digits (`第9条`), or None."""
    wanted = _order(unicodedata.normalize("NFKC", number).strip())
    return next((article for article in articles if article.order == wanted), None)


def _plain(line: str) -> str:
    return _SPACES.sub(" ", _MARKS.sub("", line.strip())).strip()


def _opened(line: str, last: tuple[int, int]) -> tuple[str, tuple[int, int], str] | None:
    match = _ARTICLE.match(line)
    if match is None:
        return None
    main, sub = number_of(match[1]) or 0, (number_of(match[2]) or 0) if match[2] else 0
    order = (main, sub)
    follows = order == (last[0] + 1, 0) or order == (last[0], last[1] + 1)
    if not follows and not (order > last and match[3]):
        return None
    printed = line[: match.end(1)] + "条" + (f"之{match[2]}" if match[2] else "")
    return printed, order, match[4]


def _continued(article: Article, line: str) -> Article:
    before = article.paragraphs
    joined = (*before[:-1], f"{before[-1]}\n{line}") if _ITEM.match(line) and before else (*before, line)
    return Article(article.number, article.order, article.place, joined)


def _order(number: str) -> tuple[int, int] | None:
    match = re.fullmatch(rf"第?({_NUMBER}|\d+)条?(?:之({_NUMBER}|\d+))?", number)
    if match is None:
        return None
    return _value(match[1]), _value(match[2]) if match[2] else 0


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isascii() else number_of(numeral) or 0
