"""Questions: one answer with its law, or a choice of at most three, or an honest 不知道 with a way on."""

from bot.dialogs import statutes
from bot.messages import Chip, Link, Reply
from bot.scene import Scene
from bot.turns import Cited, Kind, Topic, Turn
from knowledge.rules.answers import Answer, AnswerKind
from knowledge.rules.entries import Entry, NextStep
from knowledge.rules.spoken import spoken

NOT_OURS = "elsewhere"


def turn(text: str, *, scene: Scene, topic: Topic) -> Turn:
    """Answer a question from the knowledge base."""
    found = scene.knowledge.answer(text, on=scene.today)
    match found.kind:
        case AnswerKind.ANSWER | AnswerKind.REJECT if found.entry is not None:
            return _answered(found, found.entry, scene)
        case AnswerKind.CLARIFY:
            return statutes.mentioned(text, scene=scene) or _clarify(found)
        case _:
            articles = statutes.mentioned(text, scene=scene) or statutes.related(text, scene=scene)
            return articles or _unknown(found, scene, misses=topic.misses + 1)


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


def _clarify(found: Answer) -> Turn:
    questions = tuple(hit.entry.question for hit in found.candidates[:3])
    chips = (
        *(Chip(f"{n}. {question}", question) for n, question in enumerate(questions, 1)),
        Chip("都不是", "都不是"),
    )
    return Turn(
        Kind.CLARIFY,
        Reply("您是想问（点一下，或回复数字）：", chips=chips),
        confidence=found.confidence,
        candidates=questions,
        topic=Topic(choices=questions),
    )


def _unknown(found: Answer, scene: Scene, *, misses: int) -> Turn:
    if misses > 1:
        text = (
            "还是没有找到，抱歉。这个问题已记下，编辑会补上。\n"
            f"着急的话，请拨打 {scene.hotline}（市场监管）或 12345（政务服务），他们能答复或转办。"
        )
        chips: tuple[Chip, ...] = (Chip("人工", "人工"), Chip("我要投诉", "我要投诉"))
    else:
        text = (
            "这个我不知道，不敢乱答。\n"
            "我只懂计量方面的事：秤准不准、缺斤少两、检定、加油机、水电气表、定量包装、怎么投诉。\n"
            f"您可以换个说法再问；别的政务事项请拨 12345，市场监管方面的请拨 {scene.hotline}。"
        )
        chips = (Chip("我要投诉", "我要投诉"), Chip("人工", "人工"))
    return Turn(
        Kind.REJECT, Reply(text, chips=chips), confidence=found.confidence, topic=Topic(misses=misses)
    )
