"""Questions: one answer with its law, or a choice of at most three, or an honest 不知道 with a way on."""

from dataclasses import replace

from bot.dialogs import statutes
from bot.intents import followups, questions
from bot.messages import Chip, Link, Reply
from bot.scene import Scene
from bot.turns import Cited, Kind, Topic, Turn
from core.text import normalise
from knowledge.rules.answers import Answer, AnswerKind, Reason
from knowledge.rules.entries import Entry, NextStep
from knowledge.rules.spoken import spoken
from knowledge.rules.terms import load_terms

# Above this a message stands on its own, whatever was asked before.
WHOLE = 0.8
PART = 0.5
PARTS = 6
LONGEST_CHIP = 20
_Known = tuple[str, Answer, Entry]
NOT_OURS = "elsewhere"


def turn(text: str, *, scene: Scene, topic: Topic) -> Turn:
    """Answer a question from the knowledge base: as it stands, or as it goes on from the one before."""
    found = scene.knowledge.answer(text, on=scene.today)
    if found.reason is not Reason.EXACT:
        if continued := _continued(text, found, scene, topic):
            return continued
        if parted := _parted(text, found, scene):
            return parted
    return _told(text, found, scene, topic)


def _told(text: str, found: Answer, scene: Scene, topic: Topic) -> Turn:
    match found.kind:
        case AnswerKind.ANSWER | AnswerKind.REJECT if found.entry is not None:
            return _answered(found, found.entry, scene)
        case AnswerKind.CLARIFY:
            return statutes.mentioned(text, scene=scene) or _clarify(text, found, misses=topic.misses)
        case _:
            articles = statutes.mentioned(text, scene=scene) or statutes.related(text, scene=scene)
            return articles or _unknown(text, found, scene, misses=topic.misses + 1)


def _continued(text: str, found: Answer, scene: Scene, topic: Topic) -> Turn | None:
    """Answer half a question together with the one before; None where it stands on its own."""
    whole = found.kind is AnswerKind.ANSWER and found.confidence >= WHOLE and not followups.leans(text)
    if whole or not topic.asked:
        return None
    unsure: Turn | None = None
    for meant in followups.completed(text, topic.asked):
        answer = scene.knowledge.answer(meant, on=scene.today)
        if (
            answer.kind is AnswerKind.ANSWER
            and answer.entry is not None
            and answer.entry.id != topic.entry_id
        ):
            turn = _answered(answer, answer.entry, scene)
            reply = replace(turn.reply, text=f"接着刚才的问题，按“{meant}”回答：\n\n{turn.reply.text}")
            return replace(turn, reply=reply, topic=replace(turn.topic, asked=meant))
        if answer.kind is AnswerKind.CLARIFY and unsure is None:
            unsure = _clarify(meant, answer, misses=topic.misses)
    return unsure if found.kind is not AnswerKind.ANSWER else None


def _parted(text: str, found: Answer, scene: Scene) -> Turn | None:
    """Answer the first of two questions and offer the second, or the one question in a long story."""
    known: list[tuple[str, Answer]] = []
    before = ""
    for part in questions.parts(text):
        answer = scene.knowledge.answer(part, on=scene.today)
        for meant in followups.completed(part, before):
            if answer.kind is AnswerKind.ANSWER and answer.confidence >= WHOLE:
                break
            part, answer = meant, scene.knowledge.answer(meant, on=scene.today)  # noqa: PLW2901
        before = part
        if (
            answer.kind is AnswerKind.ANSWER
            and answer.confidence >= PART
            and load_terms().hold(normalise(part))
        ):
            known.append((part, answer))
    if not known and found.kind is not AnswerKind.ANSWER:
        known = _clearest(text, scene)
    first, others = _different(known)
    if first is None or (not others and found.kind is AnswerKind.ANSWER):
        return None
    part, answer, entry = first
    turn = _answered(answer, entry, scene)
    text = turn.reply.text
    if others and others[0][1].confidence >= WHOLE:
        text = f"{text}\n\n您还问了“{_short(others[0][0])}”：{others[0][2].answer}"
    chips = tuple(Chip(_short(question), question) for question, _, _ in others[:1])
    return replace(
        turn,
        reply=replace(turn.reply, text=text, chips=(*chips, *turn.reply.chips)),
        topic=replace(turn.topic, asked=part),
    )


def _clearest(text: str, scene: Scene) -> list[tuple[str, Answer]]:
    """Return the clause that says best what is wanted, where one does so by itself."""
    answers = [
        (clause, scene.knowledge.answer(clause, on=scene.today)) for clause in questions.clauses(text)[:PARTS]
    ]
    sure = [one for one in answers if one[1].kind is AnswerKind.ANSWER and one[1].confidence >= PART]
    return sorted(sure, key=lambda one: -one[1].confidence)[:1]


def _different(known: list[tuple[str, Answer]]) -> tuple[_Known | None, list[_Known]]:
    """Return the first question answered and the others whose entries are not its own."""
    found = [(part, answer, answer.entry) for part, answer in known if answer.entry is not None]
    if not found:
        return None, []
    return found[0], [one for one in found[1:] if one[2].id != found[0][2].id]


def _short(question: str) -> str:
    return question if len(question) <= LONGEST_CHIP else f"{question[: LONGEST_CHIP - 1]}…"


def _answered(found: Answer, entry: Entry, scene: Scene) -> Turn:
    chips, links = _next(entry, scene)
    version = scene.versions.get(entry.id, 0)
    votes = (Chip("有用", "有用", about=version), Chip("没用", "没用", about=version))
    return Turn(
        Kind.REJECT if entry.topic == NOT_OURS else Kind.ANSWER,
        Reply(spoken(entry, scene.laws), chips=(*votes, *chips), links=links),
        citations=tuple(Cited(scene.laws[cite.law].short, cite.article) for cite in entry.citations),
        entry_id=entry.id,
        confidence=found.confidence,
        topic=Topic(entry_id=entry.id, version=version),
    )


def _next(entry: Entry, scene: Scene) -> tuple[tuple[Chip, ...], tuple[Link, ...]]:
    chips: list[Chip] = []
    links: list[Link] = []
    for step in entry.next:
        match step:
            case NextStep.REPORT:
                chips.append(Chip("我要投诉", "我要投诉"))
            case NextStep.LOOKUP:
                links.append(Link("查一家店", f"{scene.public_url}/h5/merchants"))
            case NextStep.CERTIFICATE:
                links.append(Link("查一台秤", f"{scene.public_url}/h5/instruments"))
            case NextStep.PHONE:
                chips.append(Chip("人工", "人工"))
            case NextStep.CALCULATE:
                chips.append(Chip("怎么算", "怎么算缺斤少两"))
    return tuple(chips[:2]), tuple(links[:2])


def _clarify(text: str, found: Answer, *, misses: int) -> Turn:
    offered = tuple(hit.entry.question for hit in found.candidates[:3])
    chips = (
        *(Chip(f"{n}. {question}", question) for n, question in enumerate(offered, 1)),
        Chip("都不是", "都不是"),
    )
    return Turn(
        Kind.CLARIFY,
        Reply("您是想问（点一下，或回复数字）：", chips=chips),
        confidence=found.confidence,
        candidates=offered,
        topic=Topic(choices=offered, asked=text, misses=misses),
    )


def none_of_these(topic: Topic) -> Turn:
    """Take 都不是: once we ask for other words, twice we offer a person or to keep the question."""
    if topic.misses:
        return _stuck(topic.asked, confidence=1.0, misses=topic.misses + 1)
    return Turn(
        Kind.SMALLTALK,
        Reply(
            "好的。请您换个说法，或者说详细一点：是什么东西、遇到了什么事。", chips=(Chip("人工", "人工"),)
        ),
        confidence=1.0,
        topic=Topic(misses=1, asked=topic.asked),
    )


def left(topic: Topic) -> Turn:
    """Keep the question nobody could answer, and say what happens with it."""
    if not topic.misses or not topic.asked:
        return Turn(Kind.SMALLTALK, Reply("请把您的问题发给我，答不上来的我会记下来。"), confidence=1.0)
    text = (
        f"记下了：“{_short(topic.asked)}”。\n"
        "编辑会看没有答上来的问题，查清依据、经人审核后补进来；过几天再问一次，就可能有答案。\n"
        "这里不会单独通知您，也不算投诉。急的话请拨打 12345。"
    )
    return Turn(Kind.SMALLTALK, Reply(text, chips=(Chip("人工", "人工"),)), confidence=1.0, left=topic.asked)


def _unknown(text: str, found: Answer, scene: Scene, *, misses: int) -> Turn:
    if misses > 1:
        return _stuck(text, confidence=found.confidence, misses=misses)
    told = (
        "这个我不知道，不敢乱答。\n"
        "我只懂计量方面的事：秤准不准、缺斤少两、检定、加油机、水电气表、定量包装、怎么投诉。\n"
        f"您可以换个说法再问；别的政务事项请拨 12345，市场监管方面的请拨 {scene.hotline}。"
    )
    return Turn(
        Kind.REJECT,
        Reply(told, chips=(Chip("我要投诉", "我要投诉"), Chip("人工", "人工"))),
        confidence=found.confidence,
        topic=Topic(misses=misses, asked=text),
    )


def _stuck(text: str, *, confidence: float, misses: int) -> Turn:
    told = "还是没有找到，抱歉。您可以：\n· 找人问，回复“人工”\n· 把问题留给编辑，回复“留下问题”\n着急的话，直接拨打 12345。"
    return Turn(
        Kind.REJECT,
        Reply(told, chips=(Chip("人工", "人工"), Chip("留下问题", "留下问题"))),
        confidence=confidence,
        topic=Topic(misses=misses, asked=text),
    )
