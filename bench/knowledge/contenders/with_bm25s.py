"""bm25s, on jieba's words or on words and character pairs, by numpy or numba."""

import chinese

Found = list[tuple[int, float]]


class Bm25s:
    """bm25s as its documentation shows it: index tokens, retrieve the best ten."""

    backend = "numpy"

    def __init__(self) -> None:
        """Import it and load the dictionary."""
        import bm25s

        self.bm25s = bm25s
        chinese.start()

    def cut(self, text: str) -> list[str]:
        """Return the tokens of a text."""
        return chinese.words(text)

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Cut and index the rows."""
        tokens = [self.cut(chinese.whole(row)) for row in rows]
        self.engine = self.bm25s.BM25(k1=1.2, b=0.75, backend=self.backend)
        self.engine.index(tokens, show_progress=False)
        self.size = len(rows)
        self.worth = chinese.Worth(tokens)

    def find(self, text: str, k: int) -> Found:
        """Return the best `k` rows with their scores."""
        asked = self.cut(text)
        if not asked:
            return []
        rows, scores = self.engine.retrieve([asked], k=min(k, self.size), show_progress=False, n_threads=0)
        return list(zip(rows[0].tolist(), scores[0].tolist(), strict=True))

    def itself(self, text: str) -> float:
        """Return about what the question itself would score."""
        return self.worth.of(self.cut(text))


class Bm25sNumba(Bm25s):
    """The same, compiled."""

    backend = "numba"


class Bm25sPairs(Bm25s):
    """The same over jieba's words and character pairs together."""

    def cut(self, text: str) -> list[str]:
        """Return words and character pairs."""
        return chinese.words(text) + chinese.pairs(text)
