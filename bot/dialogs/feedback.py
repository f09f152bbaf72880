"""有用 and 没用: counted against the version that was read, the reason asked for once, the next question never held up."""

from dataclasses import replace

from bot.dialogs import plain
from bot.intents import lexicon
from bot.memory import Standing
from bot.messages import Chip, Inbound, Reply
from bot.scene import Scene
from bot.turns import Kind, Topic
from core.text import key
from core.work import Work
from knowledge.rules.votes import REASON_NAMES, UselessReason
from knowledge.services import feedback

REASONS = {key(name): reason for reason, name in REASON_NAMES.items()}
LONGEST_REASON = 60
UNUSED = frozenset({Kind.REJECT, Kind.CLARIFY})

THANKS = "谢谢，记下了。"
WHY = "抱歉没帮上忙。哪里不好？点一下，或者打几个字，编辑会看；也可以直接问下一个问题。"
SAY_WHY = "请打几个字说说哪里不好，编辑会看。"
NOTED = "谢谢，已记给编辑。想补充，再打几个字就行；也可以换个说法再问。"
NOTED_WORDS = "谢谢，已记给编辑。要是您在问新的问题，请再发一次。"
PERSON = Chip("人工", "人工")


def concerns(inbound: Inbound, standing: Standing, scene: Scene) -> bool:
    """Tell whether a message judges an answer, or says why it was no use.

    While a report is being filled in, what is typed belongs to it, and only a tap judges.
    """
    short, topic = key(inbound.text), standing.topic
    if inbound.about or standing.filling:
        return inbound.about > 0 and (short in lexicon.USEFUL or short in REASONS)
    if short in lexicon.USEFUL:
        return topic.version > 0
    return topic.useless > 0 and (short in REASONS or _is_reason(inbound.text.strip(), short, scene))


def turn(work: Work, inbound: Inbound, *, topic: Topic) -> tuple[Reply, Topic]:
    """Take a vote or its reason, in a unit of work of its own."""
    said = inbound.text.strip()
    short, about = key(said), inbound.about
    if short in lexicon.USEFUL:
        version = about or topic.version
        question = topic.asked if topic.version == version else ""
        return _vote(work, inbound.openid, version, useful=short == "有用", question=question, topic=topic)
    version = about or topic.useless
    reason = REASONS.get(short, UselessReason.OTHER)
    words = "" if short in REASONS else said
    feedback.explain(work, openid=inbound.openid, version_id=version, reason=reason, words=words)
    if short in REASONS and reason is UselessReason.OTHER:
        return Reply(SAY_WHY), replace(topic, useless=version, at=work.now)
    if words:
        return Reply(NOTED_WORDS, chips=(PERSON,)), replace(topic, useless=0, at=work.now)
    return Reply(NOTED, chips=(PERSON,)), replace(topic, useless=version, at=work.now)


def _vote(
    work: Work, openid: str, version: int, *, useful: bool, question: str, topic: Topic
) -> tuple[Reply, Topic]:
    feedback.vote(work, openid=openid, version_id=version, useful=useful, question=question)
    if useful:
        return Reply(THANKS), replace(topic, useless=0, at=work.now)
    why = tuple(Chip(name, name, about=version) for name in REASON_NAMES.values())
    return Reply(WHY, chips=(*why, PERSON)), replace(topic, useless=version, at=work.now)


def _is_reason(said: str, short: str, scene: Scene) -> bool:
    """Tell whether free words after 没用 say why: short, no question, and nothing we would know how to answer."""
    if not short or len(said) > LONGEST_REASON or lexicon.QUESTION.search(said) or plain.wants_report(said):
        return False
    meant = plain.at_once(said, scene=scene, topic=Topic())
    return meant is not None and meant.kind in UNUSED and meant.entry_id is None
