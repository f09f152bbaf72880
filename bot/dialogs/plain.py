"""Messages without effect: what is wanted, in the order in which it can be told for sure."""

from bot.dialogs import calculate, consult, handover, lookup, progress, smalltalk
from bot.intents import lexicon
from bot.messages import Reply
from bot.scene import Scene
from bot.turns import Kind, Topic, Turn
from core.database import Database
from core.text import key, normalise
from core.work import Reading
from knowledge.rules.answers import AnswerKind

NUMBERS = {"1": 0, "2": 1, "3": 2, "一": 0, "二": 1, "三": 2, "①": 0, "②": 1, "③": 2}
LONGEST_NAME = 16
SURE = 0.9


def spoken(text: str, topic: Topic) -> str:
    """Return what a message says: a typed 1, 2 or 3 says the choice it stands for."""
    place = NUMBERS.get(key(text) or text.strip())
    if place is not None and place < len(topic.choices):
        return topic.choices[place]
    return text.strip()


def wants_report(text: str) -> bool:
    """Tell whether a message says the wish to report something."""
    return key(text) in lexicon.REPORT or lexicon.wish(text) is not None


async def answer(database: Database, scene: Scene, text: str, *, openid: str, topic: Topic) -> Turn:
    """Answer a message that has no effect; the database is asked only where a register or a case is meant."""
    short = key(text)
    turn = _without_database(text, short, scene)
    if turn is None and _needs_register(text, short, scene):
        turn = await database.read(registered, text=text, openid=openid, scene=scene)
    return turn or consult.turn(text, scene=scene, topic=topic)


def answered(reading: Reading, text: str, *, openid: str, scene: Scene, topic: Topic) -> Turn:
    """Answer as `answer` does, inside a transaction that is already open."""
    short = key(text)
    turn = _without_database(text, short, scene)
    if turn is None and _needs_register(text, short, scene):
        turn = registered(reading, text=text, openid=openid, scene=scene)
    return turn or consult.turn(text, scene=scene, topic=topic)


def registered(reading: Reading, *, text: str, openid: str, scene: Scene) -> Turn | None:
    """Answer what the register or the person's own cases know; None when they are not meant."""
    if found := lexicon.CASE_NUMBER.search(text):
        return progress.by_number(reading, openid=openid, number=found.group(), scene=scene)
    if key(text) in lexicon.MINE:
        return progress.all_mine(reading, openid=openid, scene=scene)
    if lexicon.MY_DEVICES.search(text):
        return lookup.my_devices(reading, openid=openid, scene=scene)
    if number := _certificate(text):
        return lookup.certificate(reading, number=number, scene=scene) or lookup.certificate_not_found(
            number, scene=scene
        )
    if name := lookup.asked_name(text):
        return _shop(reading, text, name, scene)
    return lookup.shop(reading, name=text, scene=scene, asked=False)


def _without_database(text: str, short: str, scene: Scene) -> Turn | None:
    if not short:
        return smalltalk.answer("你好", public_url=scene.public_url)
    if short in lexicon.PERSON:
        return handover.answer(hotline=scene.hotline)
    if short in lexicon.USEFUL:
        return smalltalk.useful(short)
    if short in lexicon.NONE_OF_THESE:
        return Turn(
            Kind.SMALLTALK, Reply("好的，那请您换个说法再问一次；要找人，回复“人工”。"), confidence=1.0
        )
    return smalltalk.answer(short, public_url=scene.public_url) or calculate.turn(text, now=scene.now)


def _needs_register(text: str, short: str, scene: Scene) -> bool:
    if short in lexicon.MINE or lexicon.CASE_NUMBER.search(text) or _certificate(text):
        return True
    if lookup.asked_name(text) or lexicon.MY_DEVICES.search(text):
        return True
    return len(short) <= LONGEST_NAME and not lexicon.QUESTION.search(text) and len(scene.merchants) > 0


def _certificate(text: str) -> str | None:
    found = lexicon.CERTIFICATE.search(text.strip())
    if found is None or lexicon.CASE_NUMBER.search(text):
        return None
    rest = normalise(text.replace(found.group(), ""))
    return found.group().removesuffix("号") if len(rest) <= LONGEST_NAME else None


def _shop(reading: Reading, text: str, name: str, scene: Scene) -> Turn | None:
    """Answer about a shop, unless the words fit a question we know better than any name (电子秤准不准)."""
    found = lookup.shop(reading, name=name, scene=scene, asked=True)
    if found is not None and found.confidence >= SURE:
        return found
    known = scene.knowledge.answer(text, on=scene.today)
    if known.kind is AnswerKind.ANSWER and known.confidence >= SURE:
        return None
    return found or lookup.not_found(name, scene=scene)
