"""The statutes we have the text of, to quote from: which version held on a day, which article, which part of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.rules.articles import Article, items
from knowledge.rules.citing import Names, Reference, names_of, numeral
from knowledge.rules.entries import Law
from knowledge.rules.statutes import Statute, family

_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Quote:
    """An article found, the part of it that was asked for, and whether that part is there.

    `lines` are the paragraphs or the item to show: all of the article where `part_found` is false.
    """

    statute: Statute
    article: Article
    part: str
    part_found: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Every statute that was imported and every law that may be cited, with the names people give them."""

    statutes: tuple[Statute, ...] = ()
    laws: Mapping[str, Law] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: names_of(()))

    def get(self, code: str) -> Statute | None:
        """Return the statute with that code, or None where its text was not imported."""
        return next((one for one in self.statutes if one.code == code), None)

    def version(self, code: str, *, on: date | None, old: bool = False) -> Statute | None:
        """Return the text of `code` that a question means, or None where none was imported.

        `on` is the day the question names itself: the version of that day answers, else the one that was named.
        With `old`, the version before the one named is meant where there is one.
        """
        named = self.get(code)
        versions = family(code, self.statutes)
        if named is None:
            return versions[0] if versions else None
        if on is not None:
            return next((one for one in versions if one.in_force(on)), named)
        if old and named.superseded_by is None:
            return next((one for one in versions if one.superseded_by is not None), named)
        return named

    def successor(self, statute: Statute) -> Statute | Law | None:
        """Return what now stands in the place of a statute that has ended."""
        if statute.superseded_by is None:
            return None
        return self.get(statute.superseded_by) or self.laws.get(statute.superseded_by)

    def covers(self, statute: Statute, day: date) -> bool:
        """Tell whether the text at hand is the one of `day`: in force, and not amended since."""
        return statute.in_force(day) and (statute.version_year is None or statute.version_year <= day.year)


def library_of(
    statutes: Iterable[Statute], laws: Mapping[str, Law], called: Mapping[str, Sequence[str]]
) -> Library:
    """Put statutes on their shelf; `called` are further names of laws, by code. A law in force keeps a shared name."""
    held = tuple(statutes)
    known: list[Statute | Law] = [*laws.values(), *(one for one in held if one.code not in laws)]
    codes = {one.code: one for one in held}
    return Library(
        held,
        laws,
        names_of(
            (code, [*_titles(one), *_titles(codes.get(code)), *called.get(code, ())], one.number)
            for one in sorted(known, key=lambda one: one.superseded_by is not None)
            for code in [one.code if isinstance(one, Statute) else one.id]
        ),
    )


def quote(statute: Statute, reference: Reference) -> Quote | None:
    """Return the article that `reference` names, or None where the statute has no such article."""
    article = statute.article(reference.article) if reference.article else None
    if article is None:
        return None
    part = _part(reference)
    found = _lines(article, reference)
    return Quote(statute, article, part, found is not None, found or article.paragraphs)


def label(article: Article) -> str:
    """Return an article's number as it is said: 第九条, or 第二项 for the clause printed 二、."""
    return article.number if article.number.startswith("第") else f"第{article.number.rstrip('、')}项"


def _titles(one: Statute | Law | None) -> list[str]:
    return [one.title, one.title.removeprefix(_COUNTRY), one.short] if one is not None else []


def _part(reference: Reference) -> str:
    paragraph = f"第{numeral(reference.paragraph)}款" if reference.paragraph else ""
    return paragraph + (f"第（{numeral(reference.item)}）项" if reference.item else "")


def _lines(article: Article, reference: Reference) -> tuple[str, ...] | None:
    """Return the paragraphs or the item asked for, or None where there is none."""
    paragraphs = article.paragraphs
    if reference.paragraph is not None:
        paragraphs = paragraphs[reference.paragraph - 1 : reference.paragraph] if reference.paragraph else ()
    if not paragraphs or reference.item is None:
        return paragraphs or None
    listed = next((found for paragraph in paragraphs if (found := items(paragraph))), ())
    one = listed[reference.item - 1 : reference.item] if reference.item else ()
    return one or None
