"""The version of the day is quoted, the part that was asked for where it is there, and the whole article otherwise."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.readers.statute import read_statute
from knowledge.rules.citing import Reference, read
from knowledge.rules.library import Library, label, library_of, quote
from knowledge.rules.statutes import Statute, settled
from tests.knowledge.statutes import FINAL, INTERIM, NEW, OLD, written

OLDER, NEWER = "shan-hai-sheng-heng-qi-tiao-li-2010", "shan-hai-sheng-heng-qi-tiao-li-2020"


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    written(tmp_path, a=OLD, b=NEW, c=INTERIM, d=FINAL)
    held = {one.code: one for one in (read_statute(path, ()).statute for path in sorted(tmp_path.iterdir()))}
    held |= {one.code: one for one in settled(held.values())}
    return library_of(held.values(), {}, {NEWER: ["衡器条例"]})


@pytest.mark.parametrize(
    ("text", "day", "old", "code"),
    [
        ("衡器条例第二条", None, False, NEWER),
        ("山海省衡器条例第二条", None, False, NEWER),
        ("衡器条例第二条", date(2015, 1, 1), False, OLDER),
        ("衡器条例第二条", date(2020, 8, 31), False, OLDER),
        ("衡器条例第二条", date(2020, 9, 1), False, NEWER),
        ("衡器条例第二条", None, True, OLDER),
        ("衡器条例第二条", date(1999, 1, 1), False, NEWER),
    ],
)
def test_the_version_of_the_day_is_meant(
    shelf: Library, text: str, day: date | None, old: bool, code: str
) -> None:
    (reference,) = read(text, shelf.names).references
    found = shelf.version(reference.code, on=day, old=old)
    assert found is not None
    assert found.code == code


def test_a_repealed_text_named_by_its_own_title_is_quoted_with_what_stands_in_its_place(
    shelf: Library,
) -> None:
    (reference,) = read("衡器投诉处理暂行办法第二条", shelf.names).references
    found = shelf.version(reference.code, on=None)
    assert found is not None
    assert found.title == "衡器投诉处理暂行办法"
    successor = shelf.successor(found)
    assert isinstance(successor, Statute)
    assert successor.title == "衡器投诉处理办法"
    then = shelf.version(successor.code, on=date(2020, 1, 1))
    assert then == found


def test_a_text_amended_since_does_not_cover_an_earlier_day(shelf: Library) -> None:
    newer = shelf.get(NEWER)
    assert newer is not None
    assert shelf.covers(newer, date(2021, 1, 1))
    since_2010 = replace(newer, valid_from=date(2010, 7, 1))
    assert not shelf.covers(since_2010, date(2015, 1, 1))


@pytest.mark.parametrize(
    ("paragraph", "item", "lines", "there"),
    [
        (1, None, ("制造、使用衡器应当遵守本条例。",), True),
        (3, None, ("前款所列衡器的目录另行公布。",), True),
        (2, 2, ("（二）天平。",), True),
        (None, 1, ("（一）秤；",), True),
        (4, None, None, False),
        (2, 3, None, False),
        (1, 1, None, False),
        (0, None, None, False),
    ],
)
def test_a_part_is_quoted_where_it_is_there_and_else_the_whole_article(
    shelf: Library, paragraph: int | None, item: int | None, lines: tuple[str, ...] | None, there: bool
) -> None:
    statute = shelf.get(NEWER)
    assert statute is not None
    found = quote(statute, Reference(NEWER, (2, 0), paragraph, item))
    assert found is not None
    assert found.part_found is there
    assert found.lines == (lines if lines is not None else found.article.paragraphs)


def test_an_article_that_is_not_there_gives_no_quote(shelf: Library) -> None:
    statute = shelf.get(NEWER)
    assert statute is not None
    assert quote(statute, Reference(NEWER, (5, 0))) is None
    assert quote(statute, Reference(NEWER)) is None
    assert [label(article) for article in statute.articles] == ["第一条", "第二条", "第三条", "第四条"]
