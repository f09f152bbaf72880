"""What the editors' screens share: their tabs, and the words for what is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from knowledge.rules.differences import FieldChange, Piece
from knowledge.rules.entries import Audience, Confidence, Content, Law, Level, NextStep, Topic
from knowledge.rules.versions import STATE_NAMES
from knowledge.web.keys import known
from portal.pages import respond

LONGEST_NUMBER = 15
STEP_NAMES = {
    NextStep.CALCULATE: "算一算",
    NextStep.REPORT: "投诉举报",
    NextStep.LOOKUP: "查店",
    NextStep.CERTIFICATE: "查秤",
    NextStep.PHONE: "打电话",
}
AUDIENCE_NAMES = {Audience.BOTH: "市民和商户", Audience.CITIZEN: "市民", Audience.MERCHANT: "商户"}
CONFIDENCE_NAMES = {Confidence.A: "A 已核对原文", Confidence.B: "B 可靠转引", Confidence.C: "C 待核对"}
LEVEL_NAMES = {
    Level.LAW: "法律",
    Level.REGULATION: "行政法规",
    Level.LOCAL: "山东地方法规和文件",
    Level.RULE: "部门规章",
    Level.STANDARD: "标准",
    Level.VERIFICATION_REGULATION: "检定规程",
    Level.NOTICE: "文件",
}
STATE_TONES = {
    "draft": "paused",
    "in_review": "warn",
    "returned": "danger",
    "approved": "ok",
    "published": "ok",
    "replaced": "paused",
    "withdrawn": "paused",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the editors' screens."""

    url: str
    name: str


TABS = (
    Tab("/console/knowledge", "总览"),
    Tab("/console/knowledge/questions", "未答问题"),
    Tab("/console/knowledge/entries", "词条"),
    Tab("/console/knowledge/review", "审核"),
    Tab("/console/knowledge/publish", "发布"),
    Tab("/console/knowledge/synonyms", "同义词"),
    Tab("/console/knowledge/hot", "热门问题"),
    Tab("/console/knowledge/feedback", "反馈"),
    Tab("/console/knowledge/laws", "依据提醒"),
    Tab("/console/knowledge/regression", "回归题"),
    Tab("/console/knowledge/bench", "试问"),
)


def screen(request: web.Request, template: str, /, *, status: int = 200, **context: object) -> web.Response:
    """Render one of the editors' screens with the tabs above it."""
    here = max((tab.url for tab in TABS if request.path.startswith(tab.url)), key=len, default="")
    return respond(
        request,
        template,
        status=status,
        tabs=TABS,
        here=here,
        topics={topic.id: topic.name for topic in known(request).content.topics},
        state_names={state.value: name for state, name in STATE_NAMES.items()},
        state_tones=STATE_TONES,
        confidence_names=CONFIDENCE_NAMES,
        audience_names=AUDIENCE_NAMES,
        step_names=STEP_NAMES,
        **context,
    )


def readable(changes: Iterable[FieldChange], content: Content) -> list[FieldChange]:
    """Return changes with the words people know for the ids that are stored."""
    names: dict[str, Mapping[str, str]] = {
        "topic": {topic.id: topic.name for topic in content.topics},
        "next": {step.value: name for step, name in STEP_NAMES.items()},
        "audience": {one.value: name for one, name in AUDIENCE_NAMES.items()},
        "confidence": {one.value: name for one, name in CONFIDENCE_NAMES.items()},
    }
    return [
        replace(
            change, pieces=tuple(_worded(piece, change.field, names, content.laws) for piece in change.pieces)
        )
        for change in changes
    ]


def laws_by_level(content: Content) -> list[tuple[str, list[Law]]]:
    """Return every law that may be cited, by rank, those in force first as the table has them."""
    return [
        (name, [law for law in content.laws.values() if law.level is level])
        for level, name in LEVEL_NAMES.items()
        if any(law.level is level for law in content.laws.values())
    ]


def number_of(value: object) -> int:
    """Return a number from a form or an address, 0 for anything else."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def topic_choices(topics: Iterable[Topic]) -> list[tuple[str, str]]:
    """Return topics as a form offers them."""
    return [("", "请选择"), *((topic.id, topic.name) for topic in topics)]


def _worded(
    piece: Piece, field: str, names: Mapping[str, Mapping[str, str]], laws: Mapping[str, Law]
) -> Piece:
    if field == "citations":
        law = max((law for law in laws if piece.text.startswith(law)), key=len, default="")
        return replace(piece, text=f"《{laws[law].short}》{piece.text[len(law) :]}") if law else piece
    return replace(piece, text=names.get(field, {}).get(piece.text, piece.text))
