"""Short weight at the counter: a weighing against the retail tables, a shortage only estimated, an allowance asked for."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from complaints.rules import telling as kept
from complaints.rules.drafts import DraftFacts
from metrology.assessment import PRECIOUS, RetailAssessment, assess_retail, limit_lines
from metrology.conversion import Dimension, as_decimal
from metrology.goods import Category, categorise
from metrology.grammar import grouped, plain
from metrology.outcomes import Ground, Outcome
from metrology.quantities import HEAVIEST_G, JIN_G, LIANG_G, Mass, Money, UnitPrice
from metrology.rough import Rough
from metrology.tolerances import Basis, Method, ranges

ALLOWED = re.compile(
    r"(?:最多|允许|能|可以|可|容许|许可)[\u4e00-\u9fff]{0,4}?(?:少|差|短|缺)|(?:少|差|短|缺)[了个]?(?:多少|几)[^，。]{0,5}?(?:算|才|就|以内|正常|合格|违|超|行|可以|能)"
    r"|(?:允差|负偏差|误差|偏差)[^，。]{0,6}?(?:是|多少|几)|差多少|正常误差"
)
SHORT = re.compile(
    r"(?:(?<!多)少|差|短|缺|亏)(?:了|给|我|俺|我们|称|秤|约|大概|大约|有|将近|足足|整整|个|的)*\s?$"
)
NOT_ONLY_GOODS = re.compile(
    r"绳|皮筋|皮重|袋子|[泡沫纸]箱|箱子|冰块|冰衣|包冰|干燥剂|壳|宰|杀好|现杀|杀了|液化气|煤气罐|气瓶|钢瓶|解冻|化冻|沥水|控水|毛重|今天称|隔天|第二天|隔夜|砝码|试秤|控干|沥干|吊秤|地磅|网约车|快递|驿站|寄|市斤秤|两市斤"
    r"|每次|分[两三四五二\d]次|要求补|补给我|退给我|最大称量|分度值|多少钱一|几块钱?一|一[斤两]多少钱|证据"
)

_ALIVE = "鲜活的虾蟹算不算附表注里的“活鱼”，要由执法人员认定；算的话本表不适用。"
_LACK = re.compile(r"(?<!多)少|差|短|缺|亏|只|才|就|称|秤")
_FOOD = re.compile(r"食品|吃的|[元块]\S{0,2}[斤克两]|菜|缺斤|短两|东西")


def work_out(said: Said) -> Sum | None:
    """Work out a weighing, a shortage, or what may be missing."""
    if not _weighed(said) or NOT_ONLY_GOODS.search(said.text):
        return None
    facts = said.facts
    if facts.claimed_mg and facts.measured_mg is not None:
        return _weighing(said, facts)
    estimated = _short_by(said)
    if estimated is not None:
        return _estimated(said, facts, *estimated)
    if not ALLOWED.search(said.text) or (not facts.product and not _FOOD.search(said.text)):
        return None
    return _allowance(said, facts) if facts.claimed_mg else None


def _weighed(said: Said) -> bool:
    """Tell, before anything dear is read, whether masses are said that a sum could be about."""
    kinds = [one.kind for one in said.measures] + [one.kind for one in said.rough]
    masses = kinds.count(Dimension.MASS)
    return masses > 1 or (masses == 1 and bool(_LACK.search(said.text) or ALLOWED.search(said.text)))


def assessment(facts: DraftFacts, *, said: Said) -> RetailAssessment | None:
    """Return the sum over two masses; None while one is missing."""
    if not facts.claimed_mg or facts.measured_mg is None:
        return None
    return _assessed(facts, kept.mass(facts.measured_mg), said)


def _assessed(facts: DraftFacts, measured: Mass, said: Said) -> RetailAssessment:
    cents = facts.unit_price_cents_per_kg
    return assess_retail(
        facts.product,
        kept.mass(facts.claimed_mg or 0),
        measured,
        None if cents is None else UnitPrice(Decimal(cents) / 100),
        Method(facts.method or Method.UNKNOWN),
        on=said.bought_on,
        paid=None if facts.paid_cents is None else Money(facts.paid_cents),
    )


def _weighing(said: Said, facts: DraftFacts) -> Sum | None:
    sum_ = assessment(facts, said=said)
    if sum_ is None or (sum_.shortage_g <= 0 and sum_.price is None and facts.product is None):
        return None
    alive = sum_.category is Category.SEAFOOD and "活" in said.text
    by_money = said.spread and "分量按付的钱和单价折算。"
    return Sum(
        sum_.lines[0],
        (*sum_.lines[1:], by_money or "", (alive and _ALIVE) or "", understood(facts)),
        grounds(sum_),
        facts,
    )


def grounds(sum_: RetailAssessment) -> tuple[Ground, ...]:
    """Return where the rows used stand, and what fraud rests on where it is mentioned."""
    used = [reading.ground for reading in sum_.readings]
    used = used or [case.outside for case in sum_.cases if case.outside is not None]
    used = used or [replace(one.ground, row="") for one in sum_.elsewhere[:1]]
    if sum_.if_fraud is not None:
        used.append(sum_.if_fraud.ground)
    return tuple(dict.fromkeys(replace(ground, row=ground.row.split("，")[0]) for ground in used))


def understood(facts: DraftFacts) -> str:
    """Say back what was understood, so that a mistake is seen."""
    parts = [facts.product or "商品"]
    if facts.claimed_mg:
        parts.append(f"结算 {_both(kept.mass(facts.claimed_mg))}")
    if facts.measured_mg is not None:
        parts.append(f"复称 {_both(kept.mass(facts.measured_mg))}")
    if price := kept.price(facts):
        parts.append(price)
    if facts.method:
        parts.append(kept.METHOD_NAMES[Method(facts.method)])
    return "按您说的：" + "，".join(parts) + "。"


def _both(mass: Mass) -> str:
    """Print in grams, and in 斤两 where that is how people would say it."""
    return mass.echo() if mass.grams >= JIN_G / 2 and mass.grams % LIANG_G == 0 else mass.text()


def _short_by(said: Said) -> tuple[Rough | None, Fraction, Fraction] | None:
    """Return a shortage that was said, estimated or exact, with its bounds in grams."""
    for rough in said.rough:
        if rough.kind is Dimension.MASS and SHORT.search(said.text[: rough.span.start]):
            return rough, rough.low, rough.high
    for exact in said.measures:
        if exact.kind is Dimension.MASS and SHORT.search(said.text[: exact.span.start]):
            return None, exact.base, exact.base
    return None


def _estimated(
    said: Said, facts: DraftFacts, rough: Rough | None, low: Fraction, high: Fraction
) -> Sum | None:
    """Judge a shortage at both of its bounds; without the weight paid for, show every range of the table."""
    amount = _amount(rough, low)
    if not facts.claimed_mg:
        return _every_range(said, facts, amount, as_decimal(low))
    claimed = kept.mass(facts.claimed_mg)
    if high > claimed.grams or high > HEAVIEST_G:
        return None
    least, most = (_assessed(facts, Mass(claimed.grams - as_decimal(short)), said) for short in (low, high))
    if least.outcome is Outcome.OVER:
        result = f"少了{amount}，按最少算也超过允许的负偏差。最终以市场监管部门核称为准。"
    elif most.outcome is Outcome.WITHIN:
        result = f"少了{amount}，按最多算也未超过允许的负偏差。"
    elif least.outcome is Outcome.NOT_APPLICABLE:
        result = least.headline
    else:
        result = f"少了{amount}，超没超过允许的负偏差，要看准确的差数和用什么秤复称的。"
    lines = (*limit_lines(least), "请把准确的差数告诉我，可以算得更准。", understood(facts))
    return Sum(result, lines, grounds(least), facts, sure=0.9)


def _amount(rough: Rough | None, low: Fraction) -> str:
    if rough is None:
        return f" {grouped(as_decimal(low))} 克"
    return f"“{rough.said}”（{grouped(as_decimal(rough.low))}～{grouped(as_decimal(rough.high))} 克）"


def _every_range(said: Said, facts: DraftFacts, amount: str, short: Decimal) -> Sum | None:
    """Show a row's ranges while the weight paid for is missing, and ask for it."""
    category = categorise(facts.product) if facts.product else None
    cents = facts.unit_price_cents_per_kg
    price = None if cents is None else UnitPrice(Decimal(cents) / 100)
    if category in PRECIOUS or (category is None and price is None):
        return None
    rows = ranges(category, price, on=said.bought_on)
    if not rows:
        return None
    asked = f"少了{amount}，超没超过允许的负偏差，要看一共买了多少、用什么秤复称的。"
    lines = [
        f"{_by(row.basis)}允许少："
        + "；".join(
            f"{plain(band.up_to_kg)} 公斤以内 {plain(band.allowed_g)} 克（公平秤 {plain(band.allowed_g * 2)} 克）"
            for band in row.bands
        )
        + "。"
        for row in rows
    ]
    lines.append("括号外是更准的秤复称的允许值，公平秤复称按 2 倍，家里的秤只能作线索。")
    if all(short > 2 * band.allowed_g for row in rows for band in row.bands):
        asked = (
            f"少了{amount}，比表里各重量段的允许值都大，公平秤按 2 倍算也超过。最终以市场监管部门核称为准。"
        )
    lines.append("请告诉我一共买了多少，可以算得更准。")
    return Sum(asked, tuple(lines), tuple(dict.fromkeys(row.ground for row in rows)), facts, sure=0.9)


def _allowance(said: Said, facts: DraftFacts) -> Sum | None:
    """Say how much may be missing from a weight that was named."""
    claimed = kept.mass(facts.claimed_mg or 0)
    sum_ = _assessed(facts, claimed, said)
    goods = facts.product or "食品"
    if sum_.outcome is Outcome.NOT_APPLICABLE:
        return Sum(sum_.headline, (_echo(claimed, facts),), grounds(sum_), sure=0.9)
    if not sum_.readings:
        rows = "；".join(
            f"{one.ground.row}的 {plain(one.limit_g)} 克" for one in sum_.elsewhere if one.limit_g is not None
        )
        if not rows:
            return None
        return Sum(
            f"{_weight(claimed)}{goods}允许少多少，要看单价。",
            (f"按单价：{rows}；公平秤复称按 2 倍。", "请告诉我单价或商品种类。"),
            grounds(sum_),
            sure=0.85,
        )
    first = sum_.cases[0].readings
    said_limits = "，".join(
        f"{_by(one.basis) if len(first) > 1 else ''}允许少 {plain(one.limit_g)} 克"
        for one in first
        if one.limit_g is not None
    )
    return Sum(
        f"{_weight(claimed)}{goods}{said_limits}{_open(sum_)}，正好少这么多不算超过。",
        (*limit_lines(sum_), *_dearer(sum_), "每次称重单独看，多给不算。"),
        grounds(sum_),
        sure=0.93,
    )


def _weight(mass: Mass) -> str:
    return f"{grouped(mass.kilograms)} 公斤" if mass.grams >= 1000 else mass.text()


def _open(sum_: RetailAssessment) -> str:
    """Warn in the result itself where a dearer price would allow less."""
    limits = [one.limit_g for one in sum_.readings if one.limit_g is not None]
    dearer = limits and any(one.limit_g is not None and one.limit_g < min(limits) for one in sum_.elsewhere)
    return "（没说单价；单价高的更少，见下）" if dearer else ""


def _by(basis: Basis) -> str:
    return "按种类" if basis is Basis.NAME else "按单价"


def _dearer(sum_: RetailAssessment) -> list[str]:
    return [line for line in sum_.lines if line.startswith("没有单价")]


def _echo(claimed: Mass, facts: DraftFacts) -> str:
    return f"按您说的：{facts.product or '商品'} {claimed.echo()}。"
