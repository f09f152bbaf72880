"""One message as the sums read it: unit words found, bare numbers completed, facts understood once."""

import re
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from complaints.rules import telling as kept
from complaints.rules.drafts import DraftFacts
from core.clock import local_date
from core.numerals import narrow, number
from core.text import simplify
from metrology.conversion import Dimension, Measure, as_decimal, find_measures, unit_pattern
from metrology.prices import find_prices
from metrology.rough import Rough, find_rough

AGAIN = (
    r"(?:只有|只剩|就剩|剩下?|实称|实测|实重|实际(?:上|是|有|只有|重|称|量)*|称出来?|称了|[量测称数]得|量出来?|量了|倒出来?|一称|一秤|一量|复称|复秤"
    r"|表?显示?|表上|(?:天平|秤)上(?:一称)?|跳[了到成]|打表|数了(?:才|只有)?|数出来?|数数?|才|就)(?:的?是|有|才|只有|就|得)*\s?"
)
_BARE = re.compile(
    rf"(?P<cue>{AGAIN})(?P<n>\d+(?:\.\d+)?)(?!\s?(?:[\d.%％:：号]|块|元|毛|角|年|月|日|天|次|点|折|倍|个月|分钟|小时))"
)
_COUNTER = re.compile(r"\s?[只个片张抽枚支根粒颗条包双卷袋件盒瓶箱头]")
_SCALE = re.compile(r"(?<=公平|家用|电子|复核|厨房|体重|弹簧|校验|标准|计价)称")
_MORE = re.compile(r"(?<!顶)多(?:了|给|称|秤|出|送)")
MOST = Fraction(13, 10)


class Said:
    """A message on its day; everything found in it is found once."""

    def __init__(self, text: str, *, now: datetime, kept_facts: DraftFacts | None = None) -> None:
        """Take the words; `kept_facts` stand in for understanding them where they are known already."""
        self.text = completed(_SCALE.sub("秤", simplify(narrow(text))))
        self.now = now
        self._facts = kept_facts

    @property
    def today(self) -> date:
        """The calendar day in Asia/Shanghai."""
        return local_date(self.now)

    @cached_property
    def facts(self) -> DraftFacts:
        """What the message says about a purchase."""
        return self._facts or self._repaired(self._drafted)

    @cached_property
    def _drafted(self) -> DraftFacts:
        return kept.drafted(self.text, now=self.now)

    @property
    def spread(self) -> bool:
        """Whether the weight paid for was worked out from the money and the price."""
        return (
            self._facts is None and self._drafted.claimed_mg is None and _worth_mg(self._drafted) is not None
        )

    def _repaired(self, facts: DraftFacts) -> DraftFacts:
        """Set right two masses whose scale was named before the goods: 公平秤上一称，2斤的鱼只有1斤9两.

        People complain of less, so the larger of two is what was paid for, unless more is what they say.
        """
        worth = _worth_mg(facts)
        if worth is not None:
            return replace(facts, claimed_mg=worth)
        masses = [one for one in self.measures if one.kind is Dimension.MASS]
        if len(masses) != 2 or _MORE.search(self.text):
            return facts
        first, second = (round(as_decimal(one.base) * 1000) for one in masses)
        swapped = facts.claimed_mg == second and facts.measured_mg == first
        lacking = facts.claimed_mg is None and facts.measured_mg == first
        if first <= second or not (swapped or lacking):
            return facts
        return replace(facts, claimed_mg=first, measured_mg=second)

    @property
    def bought_on(self) -> date:
        """The day whose rules count: that of the purchase, else today."""
        return self.facts.bought_on or self.today

    @cached_property
    def rough(self) -> tuple[Rough, ...]:
        """What is only estimated."""
        return tuple(find_rough(self.text))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What is said exactly."""
        estimated = [one.span for one in self.rough]
        return tuple(
            one for one in find_measures(self.text) if not any(one.span.overlaps(span) for span in estimated)
        )


def _worth_mg(facts: DraftFacts) -> int | None:
    """Return what the money paid was worth at the price, where only the second weight was said."""
    cents, per_kg = facts.paid_cents, facts.unit_price_cents_per_kg
    if facts.claimed_mg is not None or not facts.measured_mg or not cents or not per_kg:
        return None
    return round(Fraction(cents * 1_000_000, per_kg))


def completed(text: str) -> str:
    """Give a number said after weighing again the unit said before it: 标10克实称9.97 → 9.97克."""
    prices = [span for span, _ in find_prices(text)]
    said = [
        one
        for one in find_measures(text)
        if len(one.units) == 1 and not any(one.span.overlaps(span) for span in prices)
    ]
    if len(said) != 1:
        return text
    first = said[0]
    found = next((one for one in _BARE.finditer(text, first.span.end)), None)
    if found is None or re.match(rf"\s?{unit_pattern()}", text[found.end() :].lower()):
        return text
    if _COUNTER.match(text, found.end()):
        return text
    value = Fraction(number(found["n"]) or 0) * first.units[0].size
    if not 0 < value <= first.base * MOST:
        return text
    word = re.sub(r"^[\d.,零〇一二两三四五六七八九十百千万点半\s]+", "", first.said) or first.units[0].name
    return text[: found.end()] + word + text[found.end() :]
