"""Work it out: short by how much, allowed or not, what it comes to; always 初步计算, never a verdict."""

import re
from datetime import datetime
from decimal import Decimal

from bot.dialogs import facts as said
from bot.intents import lexicon
from bot.messages import Chip, Reply
from bot.turns import Cited, Kind, Topic, Turn
from complaints.rules.drafts import DraftFacts, to_json
from core.clock import local_date
from metrology.assessment import RetailAssessment, assess_retail
from metrology.prepackaged import Kind as Measure
from metrology.prepackaged import judge_item
from metrology.prices import UnitPrice
from metrology.tolerances import Method

QUANTITY = re.compile(
    r"[\d零一二两三四五六七八九十百半几][\d.]*\s*(?:多|来)?\s*(?:公斤|千克|斤|两|克|钱|毫升|升|kg|g|ml|l)",
    re.IGNORECASE,
)
PACKAGED = re.compile(
    r"袋|瓶|罐|桶装|盒装|箱装|净含量|包装|标(?:着|的|注|明|称|了)?\s*[\d一二两三四五六七八九十]|毫升|ml|mL"
)
LOOSE = re.compile(r"[元块]?一斤|一公斤|散装|现称|称了")


def turn(text: str, *, now: datetime) -> Turn | None:
    """Work out a message that names a claimed and a measured mass; None when it does not."""
    if not QUANTITY.search(text):
        return None
    drafted = said.drafted(text, now=now)
    if PACKAGED.search(text) and not LOOSE.search(text):
        return _packaged(drafted, now=now)
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


def _packaged(facts: DraftFacts, *, now: datetime) -> Turn | None:
    """Work out one package against its label; None while label or content is missing."""
    if facts.claimed_mg and facts.measured_mg is not None:
        kind, nominal, actual = (
            Measure.MASS,
            Decimal(facts.claimed_mg) / 1000,
            Decimal(facts.measured_mg) / 1000,
        )
    elif facts.claimed_ml and facts.measured_ml is not None:
        kind, nominal, actual = Measure.VOLUME, Decimal(facts.claimed_ml), Decimal(facts.measured_ml)
    else:
        return None
    found = judge_item(kind, nominal, actual, on=facts.bought_on or local_date(now))
    sources = () if found.ground is None else (Cited(found.ground.source.law, found.ground.source.article),)
    lines = [found.text, *(f"依据：《{cite.law}》{cite.article or ''}" for cite in sources)]
    return Turn(
        Kind.CALCULATION,
        Reply("\n".join(lines), chips=(Chip(lexicon.WITH_THESE, lexicon.WITH_THESE),)),
        citations=sources,
        confidence=0.9,
        topic=Topic(facts=to_json(facts)),
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
