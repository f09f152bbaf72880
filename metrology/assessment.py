"""The whole sum a citizen asks for: short by how much, allowed or not, money short, what fraud would add."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from metrology.compensation import Compensation, if_fraud, money_short
from metrology.goods import Category, categorise
from metrology.grammar import QuantityError, grouped, plain
from metrology.outcomes import Outcome
from metrology.quantities import LIANG_G, Mass, Money, UnitPrice
from metrology.tolerances import (
    Basis,
    Method,
    Reading,
    RetailResult,
    judge_food,
    judge_precious,
    readings_by_price,
)

RECOGNISED = (Method.HIGH_ACCURACY, Method.EQUAL_ACCURACY)
PRECIOUS = (Category.GOLD, Category.SILVER, Category.OTHER_PRECIOUS)
NOT_DECIDED = "最终以市场监管部门核称为准。"


@dataclass(frozen=True, slots=True)
class RetailAssessment:
    """A first calculation on one weighing.

    `cases` holds one result for the method used, or one for each recognised method when it is not known;
    `elsewhere` are the rows other unit prices would select while no price is known; `lines` are ready Chinese
    sentences, the conclusion first; `category` is None for goods we do not know; `spread` tells that the price
    was worked out from what was paid in all.
    """

    product: str | None
    category: Category | None
    claimed: Mass
    measured: Mass
    price: UnitPrice | None
    spread: bool
    method: Method
    outcome: Outcome
    cases: tuple[RetailResult, ...]
    elsewhere: tuple[Reading, ...]
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
    paid: Money | None = None,
) -> RetailAssessment:
    """Work out one weighing from what the citizen said; `on` is the day of the purchase, `paid` the whole bill.

    An unknown method shows the case of a more accurate and of an equally accurate scale; a household scale
    concludes nothing. Source: 零售商品称重计量监督管理办法; 消费者权益保护法第55条.
    Raises: QuantityError when nothing was paid for.
    """
    if not claimed.grams:
        raise QuantityError("结算重量要大于 0，请核对后再填。")
    category = categorise(product) if product else None
    price = unit_price or _spread(paid, claimed)
    cases = tuple(_judge(category, claimed, measured, price, one, on) for one in _methods(method))
    outcome = _outcome(cases, method)
    short = claimed.grams - measured.grams
    bill = paid or (None if price is None else Money.of(claimed.kilograms * price.yuan_per_kg))
    doubtful = outcome in (Outcome.OVER, Outcome.CANNOT_TELL) and short > 0
    open_price = price is None and category not in PRECIOUS and outcome is not Outcome.NOT_APPLICABLE
    bare = RetailAssessment(
        product=product,
        category=category,
        claimed=claimed,
        measured=measured,
        price=price,
        spread=unit_price is None and price is not None,
        method=method,
        outcome=outcome,
        cases=cases,
        elsewhere=readings_by_price(claimed, short, _methods(method)[0], on=on) if open_price else (),
        money_short=None if price is None else money_short(short, price),
        paid=bill,
        if_fraud=if_fraud(bill, on=on) if bill is not None and doubtful else None,
        lines=(),
    )
    return replace(bare, lines=_lines(bare))


def _spread(paid: Money | None, claimed: Mass) -> UnitPrice | None:
    """Return the unit price that one bill for one weighing comes to."""
    if paid is None or not paid.cents:
        return None
    per_kg = (paid.yuan * 1000 / claimed.grams).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return UnitPrice(Decimal(plain(per_kg)))


def _methods(method: Method) -> tuple[Method, ...]:
    """A household scale is shown against both limits too, so that the person sees how far it would be."""
    return (method,) if method not in (Method.UNKNOWN, Method.HOUSEHOLD) else RECOGNISED


def _judge(
    category: Category | None,
    claimed: Mass,
    measured: Mass,
    price: UnitPrice | None,
    method: Method,
    on: date,
) -> RetailResult:
    if category in PRECIOUS and category is not None:
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
    lines = [_headline(sum_), *limit_lines(sum_), *_missing(sum_)]
    if sum_.money_short is not None and sum_.money_short.cents:
        lines.append(f"少给的部分约合 {sum_.money_short.text()}。")
    if sum_.if_fraud is not None:
        lines.append(sum_.if_fraud.text)
    return tuple(lines)


def _headline(sum_: RetailAssessment) -> str:
    amount = amount_short(sum_.shortage_g)
    first = sum_.cases[0].text
    match sum_.outcome:
        case Outcome.WITHIN if sum_.shortage_g <= 0:
            return f"初步计算：{amount}。"
        case Outcome.WITHIN if any(one.outcome is Outcome.OVER for one in sum_.elsewhere):
            return f"初步计算：{amount}，按种类未超过允许的负偏差；单价高的按单价查可能超过，请告诉我单价。"
        case Outcome.WITHIN:
            return f"初步计算：{amount}，未超过允许的负偏差。"
        case Outcome.OVER if sum_.method is Method.UNKNOWN:
            return (
                f"初步计算：{amount}，超过允许的负偏差（公平秤或更准的秤复称的话）；"
                f"家里的秤只能作线索。{NOT_DECIDED}"
            )
        case Outcome.OVER:
            return f"初步计算：{amount}，超过允许的负偏差。{NOT_DECIDED}"
        case Outcome.NOT_APPLICABLE:
            return first
        case Outcome.CANNOT_TELL if sum_.shortage_g <= 0:
            return f"初步计算：{amount}。"
        case Outcome.CANNOT_TELL if sum_.method is Method.HOUSEHOLD:
            return f"初步计算：{amount}。家用秤的结果只能作线索，建议尽快到公平秤复称并拍照。"
        case Outcome.CANNOT_TELL if not sum_.readings and _over_anyway(sum_):
            return f"初步计算：{amount}；如果是食品，按哪一档单价都超过允许的负偏差，公平秤按 2 倍也超过。{NOT_DECIDED}"
        case Outcome.CANNOT_TELL if len({case.outcome for case in sum_.cases}) > 1:
            return f"初步计算：{amount}，超没超过允许的负偏差，要看用什么秤复称的。"
        case Outcome.CANNOT_TELL:
            return first


def _over_anyway(sum_: RetailAssessment) -> bool:
    limits = [one.limit_g for one in sum_.elsewhere]
    return bool(limits) and all(one is not None and sum_.shortage_g > 2 * one for one in limits)


def amount_short(short: Decimal) -> str:
    """Say how much was short: 少了 300 克（6两）; what was too much is said as such."""
    if short <= 0:
        return f"多了 {grouped(-short)} 克，没有少" if short else "分量刚好，没有少"
    spoken = f"（{Mass(short).spoken()}）" if short % LIANG_G == 0 else ""
    return f"少了 {grouped(short)} 克{spoken}"


def limit_lines(sum_: RetailAssessment) -> list[str]:
    """Say the rows used, one line for each: by name, by price, with the limit of every method."""
    found = [
        (
            _by(basis, sum_),
            [(case, one) for case in sum_.cases for one in case.readings if one.basis is basis],
        )
        for basis in Basis
    ]
    told: dict[str, list[str]] = {}
    for by, rows in found:
        if rows:
            told.setdefault(f"（{rows[0][1].ground.row}）：{_limits(rows, sum_)}。", []).append(by)
    return ["、".join(names) + row for row, names in told.items()]


def _limits(rows: list[tuple[RetailResult, Reading]], sum_: RetailAssessment) -> str:
    """Say the limit of each method, and once for all of them where they agree."""
    known = [(case, one) for case, one in rows if one.limit_g is not None]
    if not known:
        return "超出附表范围，本表不适用"
    ends = {one.outcome for _, one in known}
    alone = sum_.shortage_g <= 0 or len(ends) == 1
    said = [
        f"{case.method.short}允许少 {plain(one.limit_g or Decimal(0))} 克"
        + ("" if alone else f"，{one.outcome.verb}")
        for case, one in known
    ]
    if sum_.shortage_g <= 0 or not alone:
        return "；".join(said)
    return "，".join(said) + f"，{'都' if len(known) > 1 else ''}{ends.pop().verb}"


def _by(basis: Basis, sum_: RetailAssessment) -> str:
    if basis is Basis.NAME:
        return "附表2" if sum_.category in PRECIOUS else f"按种类{sum_.category}"
    return f"按单价 {sum_.price.text()}" if sum_.spread and sum_.price else "按单价"


def _missing(sum_: RetailAssessment) -> list[str]:
    if sum_.outcome is Outcome.NOT_APPLICABLE or sum_.category in PRECIOUS:
        return []
    if sum_.price is None:
        return [_other_prices(sum_)]
    lines = ["单价按共付的钱折算。"] if sum_.spread else []
    return lines if sum_.category else [*lines, "没有认出商品种类，以上按单价、并假定是食品来算。"]


def _other_prices(sum_: RetailAssessment) -> str:
    """Say what other unit prices would allow while none is known; with a name only the stricter rows."""
    known = [one.limit_g for case in sum_.cases[:1] for one in case.readings if one.limit_g is not None]
    rows = [(one.ground.row, one.limit_g) for one in sum_.elsewhere if one.limit_g is not None]
    if not known:
        said = "、".join(f"{row}的 {plain(limit)} 克" for row, limit in rows)
        return f"请告诉我单价{'' if sum_.category else '或商品种类'}。食品按单价查，更准的秤允许少：{said}；公平秤按 2 倍。"
    stricter = "、".join(f"{row}的 {plain(limit)} 克" for row, limit in rows if limit < min(known))
    if not stricter:
        return "没有单价，以上只按商品种类查表；告诉我单价可以算得更准。"
    if sum_.outcome is Outcome.OVER:
        return (
            "没有单价，只按种类查表；按单价查可能更严，不会更宽。"
            if _never_wider(rows, min(known))
            else "没有单价，只按种类查表；告诉我单价可以接着算。"
        )
    return f"没有单价，只按种类查表；按单价查会更严：{stricter}。"


def _never_wider(rows: list[tuple[str, Decimal]], limit: Decimal) -> bool:
    return all(other <= limit for _, other in rows)
