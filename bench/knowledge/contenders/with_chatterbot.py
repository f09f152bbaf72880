"""ChatterBot, read only: its indexed search over jieba's words and its own comparison of texts."""

import os
import tempfile

import chinese

os.environ["CHATTERBOT_SHOW_TRAINING_PROGRESS"] = "0"


class JiebaTagger:
    """The tagger its documentation lets a user supply; its own one needs a spaCy model no registry has."""

    def __init__(self, language: object = None) -> None:
        """Take Chinese whatever is asked for."""
        from chatterbot import languages

        self.language = languages.CHI

    def needs_text_indexing(self) -> bool:
        """Say that search texts are made here."""
        return True

    def get_text_index_string(self, text: str | list[str]) -> str | list[str]:
        """Return the words with spaces between."""
        if isinstance(text, list):
            return [self._index(one) for one in text]
        return self._index(text)

    def _index(self, text: str) -> str:
        return " ".join(chinese.words(text))


class ChatterBot:
    """Questions are statements answered by the number of their row."""

    def __init__(self) -> None:
        """Import it and load the dictionary."""
        import chatterbot
        from chatterbot.conversation import Statement

        self.chatterbot, self.statement = chatterbot, Statement
        chinese.start()

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Cut and store the rows."""
        self.folder = tempfile.TemporaryDirectory()
        tagger = JiebaTagger()
        self.bot = self.chatterbot.ChatBot(
            "peer", read_only=True, tagger=tagger, database_uri=f"sqlite:///{self.folder.name}/bot.sqlite3"
        )
        self.bot.storage.create_many([self._row(number, row, tagger) for number, row in enumerate(rows)])

    def _row(self, number: int, row: tuple[str, str], tagger: JiebaTagger) -> object:
        asked = chinese.whole(row)
        return self.statement(
            text=str(number),
            search_text=str(number),
            in_response_to=asked,
            search_in_response_to=tagger.get_text_index_string(asked),
            conversation="training",
        )

    def find(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the last `k` of the ever closer matches its search yields, best first."""
        index = self.bot.tagger.get_text_index_string(text)
        if not index:
            return []
        asked = self.statement(text=text, search_text=index)
        found = [
            (int(one.text), one.confidence)
            for one in self.bot.search_algorithms["indexed_text_search"].search(asked)
        ]
        return found[::-1][:k]

    def itself(self, text: str) -> float:
        """Return what two equal texts score."""
        return 1.0
