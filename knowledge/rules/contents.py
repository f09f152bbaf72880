"""Lays a statute out for readers: its table of contents, and where some words stand in it; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.rules.articles import Article
from knowledge.rules.library import label

LONG = 20
STEP = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that begins here; `level` counts from 0 in its text."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """Articles that stand together, with the headings that begin above them and their name in the contents."""

    headings: tuple[Heading, ...]
    articles: tuple[Article, ...]
    anchor: str

    @property
    def span(self) -> str:
        """Return the articles as 第1—3条, or 第一条 where it is one."""
        first, last = self.articles[0], self.articles[-1]
        unit = label(first)[-1] if not first.order[1] else "条"
        return label(first) if first is last else f"第{first.order[0]}—{last.order[0]}{unit}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `hit` where it is what was looked for."""

    text: str
    hit: bool


def sections(articles: Sequence[Article]) -> tuple[Section, ...]:
    """Return the articles by place; a long text without headings is cut into tens."""
    if articles and not any(article.place for article in articles):
        tens = STEP if len(articles) > LONG else len(articles)
        groups = [
            (articles[at].place, list(articles[at : at + tens])) for at in range(0, len(articles), tens)
        ]
    else:
        groups = [(place, list(group)) for place, group in groupby(articles, key=lambda one: one.place)]
    found: list[Section] = []
    before: tuple[str, ...] = ()
    for number, (place, group) in enumerate(groups, start=1):
        begun = next((at for at, title in enumerate(place) if before[at : at + 1] != (title,)), len(place))
        headings = tuple(Heading(at, place[at]) for at in range(begun, len(place)))
        found.append(Section(headings, tuple(group), f"part-{number}"))
        before = place
    return tuple(found)


def holding(articles: Sequence[Article], words: str) -> tuple[Article, ...]:
    """Return the articles in which `words` stand as they are."""
    return tuple(article for article in articles if words in article.text)


def pieces(text: str, words: str) -> tuple[Piece, ...]:
    """Cut `text` around every place where `words` stand."""
    if not words:
        return (Piece(text, hit=False),)
    parts = text.split(words)
    found = [Piece(parts[0], hit=False)]
    for part in parts[1:]:
        found += [Piece(words, hit=True), Piece(part, hit=False)]
    return tuple(piece for piece in found if piece.text)
