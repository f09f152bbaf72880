"""The indexes dialogs consult, replaced as a whole when what they are built from has changed."""

from pathlib import Path

from accounts.queries import regions
from bot.knowing import Knowing
from bot.scene import Scene
from core import text_words
from core.clock import Clock
from core.work import Reading
from integrity.queries import merchants
from integrity.rules.names import Gazetteer
from integrity.services.search import MerchantIndex
from knowledge.readers.content import read_content
from knowledge.rules.entries import Content
from knowledge.services import index


class Indexes:
    """Builds and holds the knowledge and merchant indexes of one process."""

    def __init__(self, *, clock: Clock, public_url: str, hotline: str, cache_dir: Path) -> None:
        """Build the knowledge index at once (about a second); merchants come with the first `refresh`."""
        self._clock, self._public_url, self._hotline = clock, public_url, hotline
        segmenter = text_words.load(cache_dir=cache_dir)
        self.content: Content = read_content()
        self.index = index.build(self.content.entries, segmenter=segmenter)
        self.knowledge = Knowing(self.index)
        self._merchants = MerchantIndex([], Gazetteer([]))
        self._stamp: tuple[int, object] = (-1, None)

    def scene(self) -> Scene:
        """Return what dialogs may consult now."""
        return Scene(
            knowledge=self.knowledge,
            laws=self.content.laws,
            merchants=self._merchants,
            public_url=self._public_url,
            hotline=self._hotline,
            now=self._clock.now(),
        )

    @property
    def merchants(self) -> MerchantIndex:
        """Return the merchants as they were last read."""
        return self._merchants

    def refresh(self, reading: Reading) -> bool:
        """Read the register anew where it has changed; true when it had."""
        stamp = merchants.stamp(reading)
        if stamp == self._stamp:
            return False
        places = regions.places(reading)
        gazetteer = Gazetteer((place.code, place.name) for place in places.values())
        self._merchants = MerchantIndex(merchants.names(reading), gazetteer)
        self._stamp = stamp
        return True
