"""Statutes as they stand now: listed, one whole, all of them for the index, and those that mention some words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Select, func, select

from core.work import Reading
from knowledge.errors import StatuteNotFound
from knowledge.models import StatuteArticle, StatuteText
from knowledge.rules.articles import Article
from knowledge.rules.entries import Confidence, Level
from knowledge.rules.statutes import Statute, family

LIMIT = 1_000
BETWEEN = "\n\n"

Stamp = tuple[int, int, datetime | None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A statute in a list, with how many articles it has."""

    code: str
    title: str
    number: str | None
    level: Level
    valid_from: date | None
    valid_to: date | None
    articles: int


@dataclass(frozen=True, slots=True)
class Mention:
    """An article in which some words stand."""

    code: str
    title: str
    number: str
    article: Article


def listed(reading: Reading) -> list[Listed]:
    """Return the current statutes by title, the version in force before those that ended."""
    counted = select(StatuteArticle.statute_id, func.count().label("many")).group_by(
        StatuteArticle.statute_id
    )
    many = counted.subquery()
    rows = reading.session.execute(
        select(StatuteText, func.coalesce(many.c.many, 0))
        .outerjoin(many, many.c.statute_id == StatuteText.id)
        .where(StatuteText.replaced_at.is_(None))
        .order_by(StatuteText.title, StatuteText.code)
        .limit(LIMIT)
    )
    found = [
        Listed(row.code, row.title, row.number, Level(row.level), row.valid_from, row.valid_to, articles)
        for row, articles in rows
    ]
    return sorted(found, key=lambda one: (one.title, one.valid_to is not None, one.code))


def whole(reading: Reading, *, code: str) -> Statute:
    """Return the current text of a statute with its articles.

    Raises:
        StatuteNotFound: nothing was imported under that code.
    """
    found = current(reading, code=code)
    if found is None:
        raise StatuteNotFound(statute=code)
    return found


def current(reading: Reading, *, code: str) -> Statute | None:
    """Return the current text of a statute with its articles, or None."""
    row = reading.session.scalar(_now().where(StatuteText.code == code))
    if row is None:
        return None
    articles = reading.session.scalars(
        select(StatuteArticle)
        .where(StatuteArticle.statute_id == row.id)
        .order_by(StatuteArticle.main, StatuteArticle.sub)
    )
    return _statute(row, articles)


def versions(reading: Reading, *, code: str) -> list[Statute]:
    """Return every version of the same law, `code` among them, the latest first, without their articles."""
    rows = reading.session.scalars(_now().order_by(StatuteText.code).limit(LIMIT))
    return family(code, [_statute(row, ()) for row in rows])


def everything(reading: Reading) -> list[Statute]:
    """Return every current statute with its articles, by code."""
    rows = {row.id: row for row in reading.session.scalars(_now().order_by(StatuteText.code).limit(LIMIT))}
    articles = reading.session.scalars(
        select(StatuteArticle)
        .where(StatuteArticle.statute_id.in_(rows))
        .order_by(StatuteArticle.statute_id, StatuteArticle.main, StatuteArticle.sub)
    )
    held = {key: list(group) for key, group in groupby(articles, key=lambda one: one.statute_id)}
    return [_statute(row, held.get(key, ())) for key, row in rows.items()]


def mentions(reading: Reading, *, words: str, limit: int) -> list[Mention]:
    """Return articles of texts in force today or later in which `words` stand as they are, at most `limit`."""
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = reading.session.execute(
        select(StatuteText.code, StatuteText.title, StatuteArticle)
        .join(StatuteArticle, StatuteArticle.statute_id == StatuteText.id)
        .where(
            StatuteText.replaced_at.is_(None),
            StatuteText.valid_to.is_(None),
            StatuteArticle.text.like(pattern, escape="\\"),
        )
        .order_by(StatuteText.code, StatuteArticle.main, StatuteArticle.sub)
        .limit(limit)
    )
    return [Mention(code, title, row.number, _article(row)) for code, title, row in rows]


def revisions(reading: Reading, *, code: str) -> list[tuple[int, datetime, datetime | None]]:
    """Return every revision of a statute with when it came and when it was replaced, the latest first."""
    rows = reading.session.execute(
        select(StatuteText.revision, StatuteText.imported_at, StatuteText.replaced_at)
        .where(StatuteText.code == code)
        .order_by(StatuteText.revision.desc())
        .limit(LIMIT)
    )
    return [(row.revision, row.imported_at, row.replaced_at) for row in rows]


def stamp(reading: Reading) -> Stamp:
    """Return what changes whenever a statute does: how many there are, the newest row, the latest change."""
    row = reading.session.execute(
        select(func.count(), func.max(StatuteText.id), func.max(StatuteText.changed_at))
    ).one()
    return row[0], row[1] or 0, row[2]


def _now() -> Select[StatuteText]:
    return select(StatuteText).where(StatuteText.replaced_at.is_(None))


def _statute(row: StatuteText, articles: Iterable[StatuteArticle]) -> Statute:
    return Statute(
        code=row.code,
        title=row.title,
        short=row.short,
        number=row.number,
        level=Level(row.level),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        superseded_by=row.superseded_by,
        confidence=Confidence(row.confidence),
        source=row.source,
        remark=row.remark,
        file=row.file,
        preamble=tuple(row.preamble),
        articles=tuple(_article(article) for article in articles),
        annex=tuple(row.annex),
        revision=row.revision,
    )


def _article(row: StatuteArticle) -> Article:
    return Article(
        number=row.number,
        order=(row.main, row.sub),
        place=tuple(row.place.splitlines()),
        paragraphs=tuple(row.text.split(BETWEEN)) if row.text else (),
    )
