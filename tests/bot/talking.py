"""Talks to the bot as a person does, through the whole path, and judges what it says."""

import asyncio
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.conversation import Conversations
from bot.indexes import Indexes
from bot.memory import Memory
from bot.messages import Inbound, InboundKind, Reply
from complaints.settings import ComplaintsSettings
from core.database import Database
from tests.fakes import HandClock

QUESTIONS = Path(__file__).with_name("questions.yaml")
HOTLINE = "12315"


@dataclass(frozen=True, slots=True)
class Heard:
    """One reply: its kind, its words, and what can be tapped."""

    kind: str
    text: str
    chips: tuple[str, ...]


class Talker:
    """Conversations over one index; a new `person` begins with nothing said."""

    def __init__(self, database: Database, indexes: Indexes, *, clock: HandClock) -> None:
        self.clock = clock
        self._kinds: list[str] = []
        self._count = 0
        self._conversations = Conversations(
            database, scene=indexes.scene, remembered=Memory(), clock=clock, noted=self._kinds.append
        )

    def say(self, person: str, text: str) -> Heard:
        """Send one message and return what came of it; a turn of a report is an intake."""
        self._count += 1
        self._kinds.clear()
        inbound = Inbound(key=f"{person}:{self._count}", openid=person, kind=InboundKind.TEXT, text=text)
        reply = asyncio.run(self._answered(inbound)) or Reply("")
        kind = self._kinds[0] if self._kinds else "intake"
        return Heard(kind, reply.text, tuple(chip.label for chip in reply.chips))

    async def _answered(self, inbound: Inbound) -> Reply | None:
        return await self._conversations.converse(inbound)


def indexes(cache: Path, clock: HandClock) -> Indexes:
    """Return the shipped answers, ready to be asked."""
    return Indexes(
        clock=clock,
        public_url="http://localhost",
        hotline=HOTLINE,
        region="370000",
        reporting=ComplaintsSettings(),
        cache_dir=cache,
    )


def questions() -> list[dict[str, Any]]:
    """Return the questions with what is expected of their replies."""
    read: list[dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    return read


def wrongs(heard: Heard, wanted: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a reply; nothing when it is as expected."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", heard.text))
    kinds: Sequence[str] = [wanted["kind"]] if isinstance(wanted["kind"], str) else wanted["kind"]
    found = [] if heard.kind in {*kinds, *wanted.get("also", ())} else [f"kind {heard.kind}"]
    if heard.kind in {*kinds, "answer", "calculation"} - {"clarify"}:
        found += [f"lacks {words}" for words in wanted.get("has", ()) if not re.search(words, text)]
        chips = "".join(heard.chips)
        found += [f"no chip {words}" for words in wanted.get("chips", ()) if not re.search(words, chips)]
    return found + [f"says {words}" for words in wanted.get("never", ()) if re.search(words, text)]
