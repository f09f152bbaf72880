"""Work it out: short by how much, allowed or not, what it comes to; always 初步计算, never a verdict."""

from datetime import datetime
from decimal import Decimal

from bot.dialogs import facts as said
from bot.intents import lexicon
from bot.messages import Chip, Reply
from bot.turns import Cited, Kind, Topic, Turn
from complaints.rules.drafts import DraftFacts, to_json
from core.clock import local_date
from metrology.assessment import RetailAssessment, assess_retail
from metrology.prices import UnitPrice
from metrology.tolerances import Method


def turn(text: str, *, now: datetime) -> Turn | None:
    """Work out a message that names a claimed and a measured mass; None when it does not."""
    drafted = said.drafted(text, now=now)
    sum_ = assessment(drafted, now=now)
    if sum_ is None:
        return None
    chips = (Chip(lexicon.WITH_THESE, lexicon.WITH_THESE),)
    return Turn(
        Kind.CALCULATION,
        Reply(f"{_understood(drafted)}\n\n{worded(sum_)}", chips=chips),
        citations=cited(sum_),
        confidence=0.95,
        topic=Topic(facts=to_json(drafted)),
    )


def assessment(facts: DraftFacts, *, now: datetime) -> RetailAssessment | None:
    """Return the sum over a draft's facts; None while a mass is missing or nothing is short."""
    if not facts.claimed_mg or facts.measured_mg is None:
        return None
    cents = facts.unit_price_cents_per_kg
    return assess_retail(
        facts.product,
        said.mass(facts.claimed_mg),
        said.mass(facts.measured_mg),
        None if cents is None else UnitPrice(Decimal(cents) / 100),
        Method(facts.method or Method.UNKNOWN),
        on=facts.bought_on or local_date(now),
    )


def worded(sum_: RetailAssessment) -> str:
    """Return the sum's sentences and the law it rests on."""
    lines = list(sum_.lines)
    sources = [f"《{cite.law}》{cite.article or ''}" for cite in cited(sum_)]
    if sources:
        lines.append("依据：" + "；".join(sources))
    return "\n".join(lines)


def cited(sum_: RetailAssessment) -> tuple[Cited, ...]:
    """Return the laws of the rows used, without repeats."""
    grounds = [reading.ground for reading in sum_.readings]
    if sum_.if_fraud is not None:
        grounds.append(sum_.if_fraud.ground)
    return tuple(dict.fromkeys(Cited(ground.source.law, ground.source.article) for ground in grounds))


def _understood(facts: DraftFacts) -> str:
    claimed, measured = (said.mass(mg) for mg in (facts.claimed_mg or 0, facts.measured_mg or 0))
    parts = [facts.product or "商品", f"结算 {claimed.echo()}", f"复称 {measured.echo()}"]
    if price := said.price(facts):
        parts.append(price)
    if facts.method:
        parts.append(said.METHOD_NAMES[Method(facts.method)])
    return "按您说的：" + "，".join(parts) + "。"
