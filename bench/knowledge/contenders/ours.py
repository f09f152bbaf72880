"""Ours, in the one configuration production uses."""

from core.text import normalise
from core.text_pinyin import reading
from core.text_words import load
from knowledge.rules.samples import Sample
from knowledge.services.evaluation import Bench, prepare


class Ours:
    """The retrieval behind the bot, with its confidence."""

    def __init__(self) -> None:
        """Load the dictionaries."""
        self.segmenter = load()
        reading(normalise("预热"))
        self.segmenter.search_words("预热")

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Index the rows."""
        samples = [Sample(str(number), title, text) for number, (title, text) in enumerate(rows)]
        self.bench: Bench = prepare(samples, self.segmenter)

    def find(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the best `k` rows with their scores; the first one's is how sure we are."""
        found, sure = self.bench.answered(text)
        return [(one.position, sure if place == 0 else 0.0) for place, one in enumerate(found.ranked[:k])]

    def itself(self, text: str) -> float:
        """Return the highest confidence."""
        return 1.0
