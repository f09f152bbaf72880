"""Messages without effect: what is wanted, in the order in which it can be told for sure."""

from functools import lru_cache

from bot.dialogs import calculate, consult, handover, lookup, progress, smalltalk, statutes
from bot.intents import followups, lexicon
from bot.scene import Scene
from bot.turns import Topic, Turn
from core.database import Database
from core.text import key, normalise
from core.work import Reading
from integrity.services.lookups import MerchantAnswer, merchant_answer
from integrity.services.search import DIRECT, NOBODY, Found, Outcome
from knowledge.rules import citing
from knowledge.rules.answers import AnswerKind, Reason
from knowledge.rules.terms import load_terms

LONGEST_NAME = 16
LONGEST_HALF = 12
SURE = 0.9
NO_TOPIC = Topic()


def chosen(text: str, topic: Topic) -> str:
    """Return what a message says: a typed 1, 第一个 or ① says the choice it stands for."""
    if not topic.choices:
        return text.strip()
    place = lexicon.choice(key(text) or text.strip())
    if place is not None and place < len(topic.choices):
        return topic.choices[place]
    return text.strip()


def spoken(text: str, topic: Topic, scene: Scene) -> str:
    """Return what a message says: a choice as `chosen` reads it, else its pinyin as characters."""
    said = chosen(text, topic)
    return scene.knowledge.characters(said) if said == text.strip() else said


@lru_cache(maxsize=4096)
def wants_report(text: str) -> bool:
    """Tell whether a message says the wish to report something."""
    return key(text) in lexicon.REPORT or lexicon.wish(text) is not None


def rests_on(text: str, topic: Topic) -> Topic:
    """Return what of a topic the answer to `text` may rest on; answers are remembered apart by it."""
    if topic.asked and _goes_back(text):
        return Topic(asked=topic.asked, entry_id=topic.entry_id, misses=topic.misses, sum=topic.sum)
    return Topic(misses=topic.misses, sum=topic.sum) if topic.misses or topic.sum else NO_TOPIC


@lru_cache(maxsize=4096)
def _goes_back(text: str) -> bool:
    half = followups.is_half(text) or (len(text) <= LONGEST_HALF and citing.may_cite(text))
    return half or key(text) in (lexicon.NONE_OF_THESE | lexicon.LEAVE)


def at_once(text: str, *, scene: Scene, topic: Topic) -> Turn | None:
    """Answer from what is in memory; None where the register or the person's own cases have to be read."""
    topic, short = rests_on(text, topic), key(text)
    turn = _without_database(text, short, scene, topic)
    if turn is not None:
        return turn
    if _asks_the_database(text, short):
        return None
    name, found = _shop_meant(text, short, scene)
    if found.outcome is Outcome.DIRECT:
        return None
    return _shop(text, name, MerchantAnswer(found), scene) or consult.turn(text, scene=scene, topic=topic)


async def answer(database: Database, scene: Scene, text: str, *, openid: str, topic: Topic) -> Turn:
    """Answer a message that has no effect; the database is asked only where a register or a case is meant."""
    turn = at_once(text, scene=scene, topic=topic)
    if turn is None:
        turn = await database.read(registered, text=text, openid=openid, scene=scene)
    return turn or consult.turn(text, scene=scene, topic=topic)


def answered(reading: Reading, text: str, *, openid: str, scene: Scene, topic: Topic) -> Turn:
    """Answer as `answer` does, inside a transaction that is already open."""
    turn = at_once(text, scene=scene, topic=topic)
    if turn is None:
        turn = registered(reading, text=text, openid=openid, scene=scene)
    return turn or consult.turn(text, scene=scene, topic=topic)


def registered(reading: Reading, *, text: str, openid: str, scene: Scene) -> Turn | None:
    """Answer what the register or the person's own cases know; None when they are not meant."""
    if found := lexicon.CASE_NUMBER.search(text):
        return progress.by_number(reading, openid=openid, number=found.group(), scene=scene)
    short = key(text)
    if short in lexicon.MINE:
        return progress.all_mine(reading, openid=openid, scene=scene)
    if lexicon.MY_DEVICES.search(text):
        return lookup.my_devices(reading, openid=openid, scene=scene)
    if number := _certificate(text):
        return lookup.certificate(reading, number=number, scene=scene)
    name, meant = _shop_meant(text, short, scene)
    return _shop(text, name, merchant_answer(reading, meant), scene)


def _without_database(text: str, short: str, scene: Scene, topic: Topic) -> Turn | None:
    if not short:
        return smalltalk.wordless(text)
    if short in lexicon.PERSON:
        return handover.answer(hotline=scene.hotline)
    if short in lexicon.USEFUL:
        return smalltalk.useful(short)
    if short in lexicon.NONE_OF_THESE:
        return consult.none_of_these(topic)
    if short in lexicon.LEAVE:
        return consult.left(topic)
    return (
        smalltalk.answer(short, public_url=scene.public_url)
        or statutes.asked(text, scene=scene, before=topic.asked)
        or calculate.turn(text, now=scene.now, before=topic.sum)
    )


def _asks_the_database(text: str, short: str) -> bool:
    return bool(
        short in lexicon.MINE
        or lexicon.CASE_NUMBER.search(text)
        or lexicon.MY_DEVICES.search(text)
        or _certificate(text)
    )


def _shop_meant(text: str, short: str, scene: Scene) -> tuple[str | None, Found]:
    """Return the name a message asks about, if it asks, and the shops it may mean."""
    if name := lookup.asked_name(text):
        return name, lookup.meant(name, scene=scene, asked=True)
    if len(short) <= LONGEST_NAME and not lexicon.QUESTION.search(text):
        return None, lookup.meant(text, scene=scene, asked=False)
    return None, NOBODY


def _certificate(text: str) -> str | None:
    found = lexicon.CERTIFICATE.search(text.strip())
    if found is None or lexicon.CASE_NUMBER.search(text):
        return None
    rest = normalise(text.replace(found.group(), ""))
    return found.group().removesuffix("号") if len(rest) <= LONGEST_NAME else None


def _shop(text: str, name: str | None, answer: MerchantAnswer, scene: Scene) -> Turn | None:
    """Answer about a shop, unless the words fit a question we know better than any name (电子秤准不准)."""
    if answer.profile is None:
        if name is None:
            return None
        hits = answer.found.hits
        known = scene.knowledge.answer(text, on=scene.today)
        unsure = not hits or hits[0].score < DIRECT
        answered = known.kind is AnswerKind.ANSWER and (known.confidence >= SURE or load_terms().hold(name))
        if unsure and (answered or known.reason is Reason.NOT_OURS):
            return None
    return lookup.shop(answer, name or text, scene=scene)
