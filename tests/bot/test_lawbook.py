"""What was imported is quoted by every process at its next look, without a restart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.lawbook import Lawbook
from core import text_words
from core.database import Database
from knowledge import commands
from tests.knowledge.statutes import NEW, OLD, written

CODE = "shan-hai-sheng-heng-qi-tiao-li-2010"


def test_an_import_is_seen_at_the_next_look_and_nothing_is_built_twice(
    tmp_path: Path, database: Database, read: Callable[..., Any]
) -> None:
    book = Lawbook({}, region="山海省", segmenter=text_words.load())
    assert not read(book.refresh)
    assert (book.library.statutes, book.provisions) == ((), None)

    def bring(text: str) -> None:
        assert commands.main(["import", str(written(tmp_path, heng=text))], lambda: database) == 0

    bring(OLD)
    assert read(book.refresh)
    first = book.library
    assert first.names.codes["山海省衡器条例"] == CODE
    assert not read(book.refresh)
    assert book.library is first
    bring(OLD.replace("天平", "砝码"))
    assert read(book.refresh)
    held = book.library.get(CODE)
    assert held is not None
    assert "砝码" in held.articles[1].text
    bring(NEW)
    assert read(book.refresh)
    ended = book.library.get(CODE)
    assert ended is not None
    assert ended.superseded_by is not None
