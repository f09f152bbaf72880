"""The editors' desk over a handful of shipped entries: who works there, and the way from a draft to a publication."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.database import Database
from core.text_words import Segmenter
from core.work import Actor, ActorKind
from knowledge import jobs
from knowledge.jobs import Press
from knowledge.models import ItemVersion
from knowledge.queries import publications, versions
from knowledge.readers.shipped import Shipped
from knowledge.rules.entries import Confidence, Content, Entry, Law, Level, Topic
from knowledge.rules.regression import Expectation, RegressionKind
from knowledge.rules.synonyms import Wording
from knowledge.services import editing, reviewing, seeding
from tests.fakes import HandClock
from tests.knowledge.conftest import ENTRIES

ZHOU = Actor(ActorKind.STAFF, id="1", name="周文静")
LIU = Actor(ActorKind.STAFF, id="2", name="刘振东")


def law(name: str, **facts: Any) -> Law:
    plain = {
        "id": name,
        "title": f"{name} 全称",
        "short": name,
        "number": None,
        "valid_from": date(2000, 1, 1),
        "valid_to": None,
        "superseded_by": None,
        "level": Level.LAW,
        "confidence": Confidence.A,
        "text_file": None,
    }
    return Law(**(plain | facts))


TOPICS = tuple(
    Topic(name, name, "", place)
    for place, name in enumerate(["retail", "fuel", "taxi", "meters", "elsewhere"])
)
CONTENT = Content({"metrology-law": law("metrology-law")}, TOPICS, ENTRIES)
WORDINGS = (Wording("synonym-检定", ("年检", "校秤"), "检定"),)
EXPECTATIONS = (
    Expectation("加油机要多久检定一回", RegressionKind.ANSWER, "pump"),
    Expectation("强制检定收不收钱", RegressionKind.OFFER, "free"),
    Expectation("红烧肉怎么做", RegressionKind.REJECT),
)
SHIPPED = Shipped(CONTENT, WORDINGS, EXPECTATIONS)


def shipped(*entries: Entry, wordings: tuple[Wording, ...] = WORDINGS) -> Shipped:
    """Return what a program with these entries brings."""
    return Shipped(replace(CONTENT, entries=entries), wordings, EXPECTATIONS)


@dataclass
class Desk:
    """The desk, with what the edges would open for it."""

    database: Database
    clock: HandClock
    press: Press

    def does(self, service: Callable[..., Any], *, by: Actor = ZHOU, **facts: Any) -> Any:
        """Run a service in a unit of work of somebody's."""
        return self.database.work_now(by, service, **facts)

    def sees(self, query: Callable[..., Any], **facts: Any) -> Any:
        """Run a query."""
        return self.database.read_now(query, **facts)

    def seeded(self, brought: Shipped = SHIPPED) -> "Desk":
        """Bring the program's content in."""
        self.does(seeding.seed, shipped=brought)
        return self

    def latest(self, item_id: str) -> ItemVersion:
        """Return the version of an item saved last."""
        found = self.sees(versions.latest, item_id=item_id)
        assert isinstance(found, ItemVersion)
        return found

    def number(self) -> int:
        """Return the number of the latest publication."""
        found = self.sees(publications.latest_number)
        assert isinstance(found, int)
        return found

    def saved(self, entry: Entry, *, by: Actor = ZHOU) -> ItemVersion:
        """Save an entry upon the version there is."""
        before = self.sees(versions.latest, item_id=entry.id)
        made = self.does(
            editing.save,
            by=by,
            entry=entry,
            based_on=before.number if before else 0,
            content=CONTENT,
        )
        assert isinstance(made, ItemVersion)
        return made

    def approved(self, version_id: int) -> int:
        """Hand a version over and let the other person approve it."""
        self.does(reviewing.submit, version_id=version_id)
        self.does(reviewing.approve, by=LIU, version_id=version_id)
        return version_id

    async def published(self, *version_ids: int, restores: int = 0, note: str = "") -> int:
        """Rehearse and publish."""
        rehearsal = await jobs.rehearse(self.press, ZHOU, version_ids=version_ids, restores=restores)
        return await jobs.publish(self.press, ZHOU, rehearsal_id=rehearsal, note=note)


def opened(database: Database, clock: HandClock, segmenter: Segmenter) -> Desk:
    """Return a desk with nothing on it."""
    return Desk(database, clock, Press(database, clock, ThreadPoolExecutor(1), segmenter))
