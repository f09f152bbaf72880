"""SQLite's FTS5, with jieba's words in a table cut at spaces."""

import sqlite3

import chinese


class Fts5:
    """One table in memory, any of the words may match, ordered by its bm25."""

    def __init__(self) -> None:
        """Load the dictionary."""
        chinese.start()

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Cut and index the rows."""
        self.base = sqlite3.connect(":memory:")
        self.base.execute("CREATE VIRTUAL TABLE rows USING fts5(body, tokenize='unicode61')")
        tokens = [chinese.words(chinese.whole(row)) for row in rows]
        self.base.executemany("INSERT INTO rows(rowid, body) VALUES (?, ?)", enumerate(map(" ".join, tokens)))
        self.base.execute("INSERT INTO rows(rows) VALUES ('optimize')")
        self.worth = chinese.Worth(tokens)

    def find(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the best `k` rows with their scores."""
        asked = " OR ".join(f'"{word}"' for word in chinese.words(text))
        if not asked:
            return []
        select = "SELECT rowid, -bm25(rows) FROM rows WHERE rows MATCH ? ORDER BY bm25(rows) LIMIT ?"
        return self.base.execute(select, (asked, k)).fetchall()

    def itself(self, text: str) -> float:
        """Return about what the question itself would score."""
        return self.worth.of(chinese.words(text))
