"""Work it out: which of the sums a message asks for; always 初步计算, never a verdict."""

import re
from dataclasses import replace
from datetime import datetime

from bot.dialogs.sums import due, fuel, lots, meters, packages, prices, refunds, retail, scales, taxi, units
from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum, turned
from bot.intents import lexicon
from bot.turns import Turn
from complaints.rules.drafts import DraftFacts
from metrology.assessment import RetailAssessment
from metrology.grammar import QuantityError

QUANTITY = re.compile(
    r"[\d零一二两三四五六七八九十百半几][\d.]*\s*(?:多|来|万)?\s*(?:公?[斤里顷分升尺]|市?[斤两尺寸里亩]|千?克|[钱担丈码磅吨米方毫平亩加盎品英海立厘"
    r"度条只个片张抽枚支根粒颗包双卷袋件盒瓶元块]|kg|g|ml|l|m|cm|mm|oz|lb|年|月)|\d{4}[./-]\d{1,2}[./-]\d",
    re.IGNORECASE,
)
CONVERSION = re.compile(r"换算|批量|怎么[换折]|咋[换折]|多少(?:公?斤|千?克|两|钱重|毫?升|厘?米|平方|公里|亩)")
SUBJECTS = (
    lots.work_out,
    due.work_out,
    units.work_out,
    refunds.work_out,
    taxi.work_out,
    fuel.work_out,
    meters.work_out,
    scales.work_out,
    prices.work_out,
    packages.work_out,
    retail.work_out,
)
"""The most particular first: each takes only what its own words name."""
LONGEST = 600
FRAGMENT = 20


def turn(text: str, *, now: datetime, before: str = "") -> Turn | None:
    """Work out a message that asks for a sum, or that completes the sum asked `before`; None when it does neither."""
    words, found = text[:LONGEST], None
    if QUANTITY.search(words) or CONVERSION.search(words):
        found = _worked_out(Said(words, now=now))
    if found is None and before and len(text) <= FRAGMENT and not lexicon.QUESTION.search(text):
        words = f"{before}，{text}"[:LONGEST]
        found = _completed(words, before, now=now)
    if found is None:
        return None
    told = turned(found)
    return replace(told, topic=replace(told.topic, sum=words))


def _completed(words: str, before: str, *, now: datetime) -> Sum | None:
    """Work the sum out again with what was added; None when that changes nothing."""
    first, again = (_worked_out(Said(one, now=now)) for one in (before, words))
    if first is None or again is None or (first.result, first.lines) == (again.result, again.lines):
        return None
    return again


def _worked_out(said: Said) -> Sum | None:
    for subject in SUBJECTS:
        try:
            found = subject(said)
        except QuantityError:
            continue
        if found is not None:
            return found
    return None


def assessment(facts: DraftFacts, *, now: datetime) -> RetailAssessment | None:
    """Return the sum over a draft's facts; None while a mass is missing or nothing is short."""
    return retail.assessment(facts, said=Said("", now=now, kept_facts=facts))
