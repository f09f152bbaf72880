"""Answers of one index, remembered: most of what citizens ask, somebody has asked today already."""

from collections import OrderedDict
from datetime import date

from knowledge.rules.answers import Answer
from knowledge.rules.entries import Entry
from knowledge.services.index import KnowledgeIndex

REMEMBERED = 4096
LONGEST = 200


class Knowing:
    """A knowledge index that remembers its last answers; a new index begins with none.

    Safe on several threads: at worst two of them work out the same answer.
    """

    def __init__(self, index: KnowledgeIndex) -> None:
        """Take the index that answers."""
        self._index = index
        self._known: OrderedDict[tuple[str, date], Answer] = OrderedDict()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries it answers from."""
        return self._index.entries

    def answer(self, text: str, *, on: date) -> Answer:
        """Return the index's answer to `text` on a day; texts over 200 characters are not remembered."""
        known = self._known.get((text, on))
        if known is not None:
            return known
        found = self._index.answer(text, on=on)
        if len(text) <= LONGEST:
            self._known[text, on] = found
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found

    def characters(self, text: str) -> str:
        """Return a message typed in pinyin as the characters it means, any other as it is."""
        return self._index.romanised.characters(text) or text
