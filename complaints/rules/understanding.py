"""Free text to facts: what a citizen's sentence says about a purchase, and nothing it does not say."""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal

from complaints.rules.clocks import shanghai_day
from complaints.rules.understanding_goods import product
from complaints.rules.understanding_marks import Marks, Sum, blanked, mark
from complaints.rules.understanding_places import where
from complaints.rules.understanding_weights import weights
from metrology.goods import Category
from metrology.quantities import Mass, Money, UnitPrice, Volume
from metrology.tolerances import Method

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Facts:
    """What one message says; None where it says nothing. `spans` gives the place of each named slot."""

    merchant: str | None = None
    product: str | None = None
    claimed: Mass | Volume | None = None
    measured: Mass | Volume | None = None
    unit_price: UnitPrice | None = None
    paid: Money | None = None
    date: dt.date | None = None
    place: str | None = None
    category: Category | None = None
    method: Method | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was understood."""
        return self == Facts()


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction in the citizen's words: `old` is what was wrong, if it was said."""

    old: str | None
    new: str


_METHODS = (
    (Method.EQUAL_ACCURACY, r"公平秤|公平称|复核秤|校验秤"),
    (Method.HIGH_ACCURACY, r"计量所|计量院|计量检测|质检所|检定机构|高精度|高准确度|更准的?秤|天平"),
    (
        Method.HOUSEHOLD,
        r"家里的?[\u4e00-\u9fff]{0,3}[秤称](?!的?钱)|家用秤|家用电子秤|厨房秤|体重秤|弹簧秤|手提秤|自己家?的(?:电子|厨房|弹簧|杆)?秤|自家的?秤|自己家[秤称]|家电子秤|邻居家?的?秤|我家的?[\u4e00-\u9fff]{0,3}秤",
    ),
    (
        Method.EQUAL_ACCURACY,
        r"(?:拿|到|去|上|在)[^，。]{0,6}(?:超市|药店|摊上?|别家|别的店|别的摊|另一家|隔壁店?)[^，。]{0,3}(?:复?[称秤])|超市复[称秤]|别的秤|别家的?秤|另一台秤",
    ),
    (Method.ORIGINAL_SCALE, r"原来的秤|原来那台|原秤|他的秤再|同一台秤|他那秤再"),
)
_CHANGE = re.compile(r"(?:找|退|还)[了我给他]*\s?$")
_NOT_PAID = re.compile(
    r"(?:找|退款?|赔偿?|罚款?|差价|便宜|贵|涨|奖|要求|差|多收|少收|标价|原价|单价|优惠|减|另)[了我给他你们]*\s?$"
)
_CORRECTION = re.compile(
    r"^\s*(?:不对[，,]?|错了[，,]?|说错了[，,]?)?(?:"
    r"不是(?P<old>.+?)[，,、\s]*(?:而是|应该是|是)(?P<new>.+)"
    r"|(?:把.{1,8})?(?:改成|改为|更正为|应该是|其实是)(?P<only>.+)"
    r"|把(?P<from>.+?)(?:改成|改为)(?P<to>.+))$"
)


def understand(text: str, *, now: dt.datetime) -> Facts:
    """Return what `text` says; `now` fixes 昨天, in Asia/Shanghai when it has no zone.

    A stated shortage gives the measured amount, a stated tare does not; litres never become grams.
    """
    marks = mark(text[:LONGEST], today=shanghai_day(now))
    found = where(marks.rest)
    named = [span for span in (found.merchant_span, found.place_span) if span is not None]
    goods = product(marks, blanked(marks.rest, named))
    said = weights(marks)
    spans = {
        "merchant": found.merchant_span,
        "place": found.place_span,
        "product": goods[2] if goods else None,
    }
    if marks.dates:
        spans["date"] = marks.dates[0][0]
    if marks.prices:
        spans["unit_price"] = marks.prices[0][0]
    return Facts(
        merchant=found.merchant,
        product=goods[0] if goods else None,
        claimed=said.claimed,
        measured=said.measured,
        unit_price=marks.prices[0][1] if marks.prices else None,
        paid=_paid(marks),
        date=marks.dates[0][1] if marks.dates else None,
        place=found.place,
        category=goods[1] if goods else None,
        method=_method(marks.text),
        spans={slot: (span.start, span.end) for slot, span in spans.items() if span is not None},
    )


def flat(facts: Facts) -> dict[str, object]:
    """Return the flat keys other programs read: g, mL, yuan and yuan/kg as numbers, the date as ISO text."""
    return {
        "merchant": facts.merchant,
        "product": facts.product,
        "claimed_g": _plain(facts.claimed.grams) if isinstance(facts.claimed, Mass) else None,
        "measured_g": _plain(facts.measured.grams) if isinstance(facts.measured, Mass) else None,
        "claimed_ml": _plain(facts.claimed.millilitres) if isinstance(facts.claimed, Volume) else None,
        "measured_ml": _plain(facts.measured.millilitres) if isinstance(facts.measured, Volume) else None,
        "unit_price_per_kg": _plain(facts.unit_price.yuan_per_kg) if facts.unit_price else None,
        "paid": _plain(facts.paid.yuan) if facts.paid else None,
        "date": facts.date.isoformat() if facts.date else None,
        "place": facts.place,
        "category": facts.category.value if facts.category else None,
    }


def correction(text: str) -> Correction | None:
    """Read 不是3斤是2斤 or 改成2斤4两; None when the message corrects nothing."""
    found = _CORRECTION.match(text)
    if found is None:
        return None
    old, new = found["old"] or found["from"], found["new"] or found["to"] or found["only"]
    return Correction(old.strip() if old else None, new.strip().rstrip("。.了吧"))


def _plain(value: Decimal) -> int | float:
    """Give JSON a number people recognise: 1500, not 1500.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def _method(text: str) -> Method | None:
    return next((method for method, pattern in _METHODS if re.search(pattern, text)), None)


def _paid(marks: Marks) -> Money | None:
    """Return what was paid in all: the sum handed over, less the change that was named."""
    given = [one for one in marks.sums if not _before(marks, one, _NOT_PAID)]
    if not given:
        return None
    change = [one for one in marks.sums if _before(marks, one, _CHANGE)]
    cents = given[0].value.cents - sum(one.value.cents for one in change if _said_change(marks, one))
    return Money(cents) if cents > 0 else given[0].value


def _before(marks: Marks, one: Sum, pattern: re.Pattern[str]) -> bool:
    return pattern.search(marks.text[max(0, one.span.start - 8) : one.span.start]) is not None


def _said_change(marks: Marks, one: Sum) -> bool:
    return "找" in marks.text[max(0, one.span.start - 4) : one.span.start]
