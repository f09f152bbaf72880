"""rapidfuzz alone: every row compared with the question, token sets over jieba's words."""

import chinese


class RapidFuzz:
    """Keeps the rows as words with spaces between, which is what its token scorers want."""

    def __init__(self) -> None:
        """Import it and load the dictionary."""
        from rapidfuzz import fuzz, process

        self.process, self.scorer = process, fuzz.token_set_ratio
        chinese.start()

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Cut the rows."""
        self.rows = [" ".join(chinese.words(chinese.whole(row))) for row in rows]

    def find(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the best `k` rows with their scores."""
        asked = " ".join(chinese.words(text))
        found = self.process.extract(asked, self.rows, scorer=self.scorer, limit=k)
        return [(row, score) for _, score, row in found]

    def itself(self, text: str) -> float:
        """Return what two equal texts score."""
        return 100.0
