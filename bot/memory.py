"""What plain questions leave behind: kept in memory, written in batches; a crash may lose a second of it."""

import json
from collections import OrderedDict
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.models import Conversation
from bot.turns import Kind, Topic, Turn
from core.work import Reading, Work
from knowledge.rules.questions import Asked
from knowledge.services import asking
from scheduler.services.statements import insert

PLACE = "conversations.topic"
FRESH_FOR = timedelta(minutes=30)
REMEMBERED = 20_000
_FIELDS = tuple(one.name for one in fields(Topic))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands: filling in a draft or not, and the topic while it is fresh."""

    filling: bool
    topic: Topic


class Memory:
    """Topics and questions of this process that are not in the database yet."""

    def __init__(self, *, shared: bool = False) -> None:
        """Start with nothing; `shared` says that the next message of a person may reach another process."""
        self._shared = shared
        self._topics: OrderedDict[str, Topic] = OrderedDict()
        self._unsaved: dict[str, Topic] = {}
        self._questions: list[Asked] = []

    def note(self, openid: str, text: str, turn: Turn, *, before: Topic, now: datetime) -> None:
        """Keep a turn's topic for the next message and its question for the statistics.

        `before` is the topic the message came upon: with it one sees that a choice was made.
        """
        asked = turn.topic.asked or (text if turn.entry_id or turn.topic.choices else "")
        self.keep(openid, replace(turn.topic, at=now, asked=asked))
        chosen_for = before.asked if text in before.choices else ""
        if turn.left:
            self._questions.append(Asked(now, turn.left, Kind.REJECT.value))
            return
        self._questions.append(Asked(now, text, turn.kind.value, turn.entry_id, turn.confidence, chosen_for))

    def keep_question(self, asked: Asked) -> None:
        """Keep what was asked elsewhere than in chat."""
        self._questions.append(asked)

    def keep(self, openid: str, topic: Topic) -> None:
        """Keep a topic; the oldest are dropped beyond 20,000 people.

        Written is what must outlive this process; where others take messages too, every topic is.
        """
        self._topics[openid] = topic
        if self._shared or topic.choices or topic.facts or topic.useless or openid in self._unsaved:
            self._unsaved[openid] = topic
        self._topics.move_to_end(openid)
        if len(self._topics) > REMEMBERED:
            self._topics.popitem(last=False)

    def topic(self, openid: str) -> Topic | None:
        """Return the topic kept for a person by this process."""
        return self._topics.get(openid)

    def take(self) -> tuple[dict[str, Topic], list[Asked]]:
        """Hand over what is not written yet."""
        topics, questions = self._unsaved, self._questions
        self._unsaved, self._questions = {}, []
        return topics, questions


def write(work: Work, *, topics: dict[str, Topic], questions: list[Asked]) -> None:
    """Write a batch of topics and questions."""
    asking.keep(work, questions=questions)
    if topics:
        rows = [
            {
                "openid": openid,
                "filling": False,
                "topic": _sealed(work, topic),
                "changed_at": topic.at or work.now,
            }
            for openid, topic in sorted(topics.items())
        ]
        statement = insert(work, Conversation)
        kept = {name: statement.excluded[name] for name in ("topic", "changed_at")}
        not_later = Conversation.changed_at <= statement.excluded.changed_at
        work.session.execute(
            statement.on_conflict_do_update(index_elements=["openid"], set_=kept, where=not_later), rows
        )


def standing(reading: Reading, *, openid: str) -> Standing:
    """Return where a person's conversation stands; a topic older than half an hour is over."""
    row = reading.session.execute(
        select(Conversation.filling, Conversation.topic).where(Conversation.openid == openid)
    ).first()
    if row is None:
        return Standing(filling=False, topic=Topic())
    topic = _opened(reading, row.topic) if row.topic else Topic()
    return Standing(filling=row.filling, topic=fresh(topic, now=reading.now))


def later(one: Topic | None, other: Topic) -> Topic:
    """Return what was said later, here or at another process; here where neither says when."""
    if one is None:
        return other
    return other if other.at is not None and (one.at is None or one.at < other.at) else one


def fresh(topic: Topic | None, *, now: datetime) -> Topic:
    """Return the topic while people still remember it, an empty one afterwards."""
    if topic is None or topic.at is None or now - topic.at > FRESH_FOR:
        return Topic()
    return topic


def set_filling(work: Work, *, openid: str, filling: bool) -> None:
    """Note that a person is, or no longer is, in the middle of a draft."""
    _row(work, openid).filling = filling


def forget(work: Work, *, openid: str) -> None:
    """Drop what the conversation remembers of a person who left."""
    work.session.execute(delete(Conversation).where(Conversation.openid == openid))


def _row(work: Work, openid: str) -> Conversation:
    row = work.session.get(Conversation, openid)
    if row is None:
        row = Conversation(openid=openid, filling=False, changed_at=work.now)
        work.session.add(row)
    row.changed_at = work.now
    work.session.flush()
    return row


def _sealed(work: Work, topic: Topic) -> bytes:
    plain = {name: getattr(topic, name) for name in _FIELDS} | {
        "at": topic.at.isoformat() if topic.at else None
    }
    return work.vault.seal(json.dumps(plain, ensure_ascii=False), place=PLACE)


def _opened(reading: Reading, sealed: bytes) -> Topic:
    plain = json.loads(reading.vault.unseal(sealed, place=PLACE))
    return Topic(
        choices=tuple(plain["choices"]),
        entry_id=plain["entry_id"],
        facts=plain["facts"],
        misses=plain["misses"],
        asked=plain.get("asked", ""),
        sum=plain.get("sum", ""),
        version=plain.get("version", 0),
        useless=plain.get("useless", 0),
        at=datetime.fromisoformat(plain["at"]) if plain["at"] else None,
    )
