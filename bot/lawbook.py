"""The statutes of this process: to quote from, and to search where no answer of ours fits."""

from collections.abc import Mapping

from core.text_words import Segmenter
from core.work import Reading
from knowledge.queries import statutes
from knowledge.queries.statutes import Stamp
from knowledge.readers.names import read_names
from knowledge.rules.entries import Law
from knowledge.rules.library import Library, library_of
from knowledge.rules.statutes import Statute
from knowledge.services import provisions
from knowledge.services.provisions import Provisions


class Lawbook:
    """Holds the statutes as last read, replaced as a whole when one of them was imported or ended."""

    def __init__(self, laws: Mapping[str, Law], *, region: str, segmenter: Segmenter) -> None:
        """Begin with the names of the laws and no text; the texts come with the first `refresh`."""
        self._laws, self._region, self._segmenter = laws, region, segmenter
        self._called = read_names()
        self._stamp: Stamp = (0, 0, None)
        self._held = self._built(())

    @property
    def library(self) -> Library:
        """Return what articles are quoted from."""
        return self._held[0]

    @property
    def provisions(self) -> Provisions | None:
        """Return what finds articles like a question; None before any statute was imported."""
        return self._held[1]

    def refresh(self, reading: Reading) -> bool:
        """Read the statutes anew where they have changed (most of a second for 2,300 articles); true when they had."""
        stamp = statutes.stamp(reading)
        if stamp == self._stamp:
            return False
        self._held = self._built(tuple(statutes.everything(reading)))
        self._stamp = stamp
        return True

    def _built(self, held: tuple[Statute, ...]) -> tuple[Library, Provisions | None]:
        library = library_of(held, self._laws, self._called)
        if not held:
            return library, None
        return library, provisions.build(held, region=self._region, segmenter=self._segmenter)
