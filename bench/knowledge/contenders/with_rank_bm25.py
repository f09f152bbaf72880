"""rank-bm25's Okapi, on jieba's words."""

import chinese


class RankBm25:
    """Scores every row for every question."""

    def __init__(self) -> None:
        """Import it and load the dictionary."""
        import numpy as np
        import rank_bm25

        self.numpy, self.rank_bm25 = np, rank_bm25
        chinese.start()

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Cut and index the rows."""
        tokens = [chinese.words(chinese.whole(row)) for row in rows]
        self.engine = self.rank_bm25.BM25Okapi(tokens)
        self.worth = chinese.Worth(tokens)

    def find(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the best `k` rows with their scores."""
        scores = self.engine.get_scores(chinese.words(text))
        best = self.numpy.argsort(-scores, kind="stable")[:k]
        return list(zip(best.tolist(), scores[best].tolist(), strict=True))

    def itself(self, text: str) -> float:
        """Return about what the question itself would score."""
        return self.worth.of(chinese.words(text))
