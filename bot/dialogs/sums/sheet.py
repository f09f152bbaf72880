"""How a sum is told: the result first, how it came about, the row and its source, what may be done with it."""

from dataclasses import dataclass, replace

from bot.intents import lexicon
from bot.messages import Chip, Reply
from bot.turns import Cited, Kind, Topic, Turn
from complaints.rules.drafts import DraftFacts, to_json
from metrology.lawtables import Confidence, Source
from metrology.outcomes import Ground

FIRST = "初步计算："
UNSURE = "依据尚待核对，请以检定规程和主管部门的答复为准。"
STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in words: `result` is the first line; `facts` are what a complaint may begin with."""

    result: str
    lines: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    facts: DraftFacts | None = None
    sure: float = 0.95


def turned(sum_: Sum) -> Turn:
    """Return the sum as a reply with its citations and, where it may become a complaint, the way there."""
    lines = [FIRST + sum_.result.removeprefix(FIRST), *filter(None, sum_.lines)]
    if sum_.grounds:
        lines.append("依据：" + "；".join(_sources(sum_.grounds)) + "。")
    if any(ground.confidence is Confidence.C for ground in sum_.grounds):
        lines.append(UNSURE)
    reply = Reply("\n".join(lines))
    turn = Turn(Kind.CALCULATION, reply, citations=cited(sum_.grounds), confidence=sum_.sure)
    if sum_.facts is None:
        return turn
    chips = (Chip(lexicon.WITH_THESE, lexicon.WITH_THESE),)
    return replace(turn, reply=replace(reply, chips=chips), topic=Topic(facts=to_json(sum_.facts)))


def cited(grounds: tuple[Ground, ...]) -> tuple[Cited, ...]:
    """Return the laws of the rows used, by their short names, without repeats."""
    return tuple(dict.fromkeys(Cited(short(ground.source), ground.source.article) for ground in grounds))


def short(source: Source) -> str:
    """Return a law's short name: a standard's number, else the title without the state's name."""
    return source.order if source.order.startswith("JJ") else source.law.removeprefix(STATE)


def _sources(grounds: tuple[Ground, ...]) -> list[str]:
    """Say each source once, with its rows and how sure we are of it."""
    rows: dict[tuple[str, str], list[str]] = {}
    for ground in grounds:
        place = f"{_named(ground.source)}{ground.source.article}"
        row = rows.setdefault((place, ground.confidence.value), [])
        if ground.row and ground.row not in row:
            row.append(ground.row)
    return [
        f"{place}{' ' if said else ''}{'、'.join(said)}（可信程度 {confidence}）"
        for (place, confidence), said in rows.items()
    ]


def _named(source: Source) -> str:
    """Name a law by its title, a standard by its number too."""
    if not source.order.startswith("JJ"):
        return f"《{source.law.removeprefix(STATE)}》"
    return f"{source.order} " if source.law == source.order else f"《{source.law}》{source.order} "
