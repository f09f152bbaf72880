"""The whole sum a citizen asks for: short by how much, allowed or not, money short, what fraud would add."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from metrology.compensation import Compensation, if_fraud, money_short
from metrology.goods import Category, categorise
from metrology.grammar import QuantityError, grouped, plain
from metrology.outcomes import Outcome
from metrology.quantities import LIANG_G, Mass, Money, UnitPrice
from metrology.tolerances import Method, Reading, RetailResult, judge_food, judge_precious

_RECOGNISED = (Method.HIGH_ACCURACY, Method.EQUAL_ACCURACY)
_PRECIOUS = (Category.GOLD, Category.SILVER, Category.OTHER_PRECIOUS)


@dataclass(frozen=True, slots=True)
class RetailAssessment:
    """A first calculation on one weighing.

    `cases` holds one result for the method used, or one for each recognised method when it is not known;
    `lines` are ready Chinese sentences, the conclusion first; `category` is None for goods we do not know.
    """

    product: str | None
    category: Category | None
    claimed: Mass
    measured: Mass
    price: UnitPrice | None
    method: Method
    outcome: Outcome
    cases: tuple[RetailResult, ...]
    money_short: Money | None
    paid: Money | None
    if_fraud: Compensation | None
    lines: tuple[str, ...]

    @property
    def shortage_g(self) -> Decimal:
        """Grams not given; negative when too much was given."""
        return self.claimed.grams - self.measured.grams

    @property
    def headline(self) -> str:
        """The conclusion in one line."""
        return self.lines[0]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The table rows used, without repeats."""
        return tuple(dict.fromkeys(reading for case in self.cases for reading in case.readings))


def assess_retail(
    product: str | None,
    claimed: Mass,
    measured: Mass,
    unit_price: UnitPrice | None,
    method: Method,
    *,
    on: date,
) -> RetailAssessment:
    """Work out one weighing from what the citizen said; `on` is the day of the purchase.

    An unknown method shows the case of a more accurate and of an equally accurate scale; a household scale
    concludes nothing. Source: 零售商品称重计量监督管理办法; 消费者权益保护法第55条.
    Raises: QuantityError when nothing was paid for.
    """
    if not claimed.grams:
        raise QuantityError("结算重量要大于 0，请核对后再填。")
    category = categorise(product) if product else None
    cases = tuple(_judge(category, claimed, measured, unit_price, one, on) for one in _methods(method))
    outcome = _outcome(cases, method)
    short = claimed.grams - measured.grams
    paid = None if unit_price is None else Money.of(claimed.kilograms * unit_price.yuan_per_kg)
    doubtful = outcome in (Outcome.OVER, Outcome.CANNOT_TELL) and short > 0
    bare = RetailAssessment(
        product=product,
        category=category,
        claimed=claimed,
        measured=measured,
        price=unit_price,
        method=method,
        outcome=outcome,
        cases=cases,
        money_short=None if unit_price is None else money_short(short, unit_price),
        paid=paid,
        if_fraud=if_fraud(paid, on=on) if paid is not None and doubtful else None,
        lines=(),
    )
    return replace(bare, lines=_lines(bare))


def _methods(method: Method) -> tuple[Method, ...]:
    """A household scale is shown against both limits too, so that the person sees how far it would be."""
    return (method,) if method not in (Method.UNKNOWN, Method.HOUSEHOLD) else _RECOGNISED


def _judge(
    category: Category | None,
    claimed: Mass,
    measured: Mass,
    price: UnitPrice | None,
    method: Method,
    on: date,
) -> RetailResult:
    if category in _PRECIOUS and category is not None:
        return judge_precious(claimed, measured, category=category, method=method, on=on)
    return judge_food(claimed, measured, category=category, price=price, method=method, on=on)


def _outcome(cases: tuple[RetailResult, ...], method: Method) -> Outcome:
    outcomes = {case.outcome for case in cases}
    if outcomes == {Outcome.NOT_APPLICABLE}:
        return Outcome.NOT_APPLICABLE
    if method is Method.HOUSEHOLD or len(outcomes) > 1:
        return Outcome.CANNOT_TELL
    return outcomes.pop()


def _lines(sum_: RetailAssessment) -> tuple[str, ...]:
    lines = [_headline(sum_), *_case_lines(sum_.cases), *_missing(sum_)]
    if sum_.money_short is not None and sum_.money_short.cents:
        lines.append(f"按单价算，少给的部分约合 {sum_.money_short.text()}。")
    if sum_.if_fraud is not None:
        lines.append(sum_.if_fraud.text)
    return tuple(lines)


def _headline(sum_: RetailAssessment) -> str:
    amount = _amount(sum_.shortage_g)
    first = sum_.cases[0].text
    match sum_.outcome:
        case Outcome.WITHIN:
            return f"初步计算：{amount}，在允许范围内。"
        case Outcome.OVER if sum_.method is Method.UNKNOWN:
            return (
                f"初步计算：{amount}，用公平秤或更准的秤复称都超过允许的负偏差；如果是家里的秤，只能作线索。"
            )
        case Outcome.OVER:
            return f"初步计算：{amount}，超过允许的负偏差，最终以市场监管部门核称为准。"
        case Outcome.NOT_APPLICABLE:
            return first
        case Outcome.CANNOT_TELL if sum_.method is Method.HOUSEHOLD:
            return f"初步计算：{amount}。家用秤的结果只能作线索，建议尽快到公平秤复称并拍照。"
        case Outcome.CANNOT_TELL if len({case.outcome for case in sum_.cases}) > 1:
            return f"初步计算：{amount}，算不算超出要看用什么秤复称的。"
        case Outcome.CANNOT_TELL:
            return first


def _amount(short: Decimal) -> str:
    if short <= 0:
        return f"多了 {grouped(-short)} 克，没有少" if short else "分量刚好，没有少"
    spoken = f"（{Mass(short).spoken()}）" if short % LIANG_G == 0 else ""
    return f"少了 {grouped(short)} 克{spoken}"


def _case_lines(cases: tuple[RetailResult, ...]) -> list[str]:
    """Say each case's limit in one line; where name and price lead to two rows, say both."""
    lines = []
    for case in cases:
        said = dict.fromkeys(
            f"{_by(reading, case)}允许少 {plain(reading.limit_g)} 克，{reading.outcome.label}"
            for reading in case.readings
            if reading.limit_g is not None
        )
        if said:
            lines.append(f"{case.method.label}：" + "；".join(said) + "。")
    return lines


def _by(reading: Reading, case: RetailResult) -> str:
    if len({r.limit_g for r in case.readings}) == 1:
        return ""
    return "按商品类别" if reading.basis == "name" else "按单价"


def _missing(sum_: RetailAssessment) -> list[str]:
    if sum_.outcome is Outcome.NOT_APPLICABLE or sum_.category in _PRECIOUS:
        return []
    if sum_.price is None:
        known = sum_.category is not None
        return [
            "没有单价，以上只按商品种类查表；告诉我单价可以算得更准。" if known else "请告诉我单价是多少。"
        ]
    return [] if sum_.category else ["没有认出商品种类，以上按单价、并假定是食品来算。"]
