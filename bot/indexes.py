"""The indexes dialogs consult, replaced as a whole when what they are built from has changed."""

import asyncio
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from accounts.queries import regions
from bot.knowing import Knowing
from bot.lawbook import Lawbook
from bot.scene import Scene
from complaints.settings import ComplaintsSettings
from core import text_words
from core.clock import Clock
from core.database import Database
from core.work import Reading
from integrity.queries import merchants
from integrity.rules.names import Gazetteer
from integrity.services.search import MerchantIndex
from knowledge.queries import publications
from knowledge.readers.content import read_content
from knowledge.services import known
from knowledge.services.known import Known


class Indexes:
    """Builds and holds the knowledge and merchant indexes of one process."""

    def __init__(
        self,
        *,
        clock: Clock,
        public_url: str,
        hotline: str,
        region: str,
        reporting: ComplaintsSettings,
        cache_dir: Path,
    ) -> None:
        """Build the index of the shipped answers (about a second); the rest comes with `follow` and `refresh`."""
        self._clock, self._public_url, self._hotline = clock, public_url, hotline
        self._reporting = reporting
        self.segmenter = text_words.load(cache_dir=cache_dir)
        self._take(known.shipped(read_content(), self.segmenter))
        self._lawbook = Lawbook(self.known.content.laws, region=region, segmenter=self.segmenter)
        self._merchants = MerchantIndex([], Gazetteer([]))
        self._stamp: tuple[int, object] = (-1, None)

    def scene(self) -> Scene:
        """Return what dialogs may consult now."""
        knowledge, held = self._knowledge
        return Scene(
            knowledge=knowledge,
            laws=held.content.laws,
            versions=held.versions,
            library=self._lawbook.library,
            provisions=self._lawbook.provisions,
            merchants=self._merchants,
            public_url=self._public_url,
            hotline=self._hotline,
            reporting=self._reporting,
            now=self._clock.now(),
        )

    @property
    def known(self) -> Known:
        """Return the publication this process answers from."""
        return self._knowledge[1]

    async def follow(self, database: Database, compute: Executor) -> bool:
        """Take over the latest publication where it is another one, built on a compute thread; true when it was."""
        edition = await database.read(publications.newer, than=self.known.number)
        if edition is None:
            return False
        build = partial(known.of_edition, edition, self.known.content, self.segmenter)
        self._take(await asyncio.get_running_loop().run_in_executor(compute, build))
        return True

    def follow_now(self, database: Database) -> None:
        """Take over the latest publication on this thread."""
        edition = database.read_now(publications.newer, than=self.known.number)
        if edition is not None:
            self._take(known.of_edition(edition, self.known.content, self.segmenter))

    def _take(self, held: Known) -> None:
        """Replace index and answers remembered at one stroke, so that no turn sees half of a publication."""
        self._knowledge = Knowing(held.index), held

    @property
    def lawbook(self) -> Lawbook:
        """Return the statutes as they were last read."""
        return self._lawbook

    @property
    def merchants(self) -> MerchantIndex:
        """Return the merchants as they were last read."""
        return self._merchants

    def refresh(self, reading: Reading) -> bool:
        """Read the register and the statutes anew where they have changed; true when something had."""
        lawbook = self._lawbook.refresh(reading)
        stamp = merchants.stamp(reading)
        if stamp == self._stamp:
            return lawbook
        places = regions.places(reading)
        gazetteer = Gazetteer((place.code, place.name) for place in places.values())
        self._merchants = MerchantIndex(merchants.names(reading), gazetteer)
        self._stamp = stamp
        return True
