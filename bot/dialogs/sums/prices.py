"""Money for a weight: what a weighing costs, what a price comes to in another unit, what was charged too much."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from complaints.rules.understanding_marks import Marks, blanked, mark
from core.numerals import NUMBER, number
from metrology.grammar import Span, grouped, plain
from metrology.prices import find_money, find_prices
from metrology.quantities import Mass, Money, UnitPrice

_BAD = re.compile(
    r"(?<!多)少(?!钱)|差|短|缺|只有|复称|复秤|实际|实称|允许|误差|赔|投诉|举报|一称|到家|回家|绳|皮重|检定|到期"
)
_PER = re.compile(
    r"(?:多少|几)(?:钱|块钱?|元钱?)?\s?(?:一|每|/|1)\s?(?P<a>公斤|千克|斤|两|克|kg)|(?:一|每|1)\s?(?P<b>公斤|千克|斤|两|克|kg)(?:是|要|合|等于|卖|得|就是|那就是|应该是)*(?:多少|几)(?:钱|块钱?|元)?"
    r"|(?:合|折合?|换算?成|等于|是)(?:多少|几)?\s?元/(?P<c>公斤|千克|斤|kg|500克)"
)
_TOTAL = re.compile(
    r"(?:一共|总共|共|总价|合计|应该|应付|应收|得|要|该|付|是|花)*(?:给|付|收|花)?(?:多少钱|多少元|几块钱|几元|多钱)|怎么算钱|总价|(?:应付|应收|应该付|该付|要付|付|给)多少"
)
_RIGHT = re.compile(r"对[吗么不]|对不对|算对|多收|算错|错了吗|有没有错|正确|对头|没算错|合理吗|坑")
_GRAMS = {"公斤": 1000, "千克": 1000, "kg": 1000, "斤": 500, "两": 50, "克": 1, "500克": 500}
_LITRE_PRICE = re.compile(rf"(?P<n>{NUMBER})\s?(?:块钱?|元)?\s?(?:一|每|/|1)\s?升")
_LITRES = re.compile(r"多少升|几升|多少油")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Deal:
    """One price, one mass and one bill, each where it was said alone."""

    price: UnitPrice | None
    mass: Mass | None
    bill: Money | None


def work_out(said: Said) -> Sum | None:
    """Work out a cost, a price in another unit, or whether a bill is right."""
    if _BAD.search(said.text):
        return None
    if _LITRES.search(said.text) and (price := _LITRE_PRICE.search(said.text)):
        return _litres(said, price)
    asked = _PER.search(blanked(said.text, (span for span, _ in find_prices(said.text))))
    deal = _deal(mark(said.text, today=said.today), asked)
    if asked is not None and deal.price is not None and deal.mass is None:
        return _per(deal.price, next(word for word in asked.groups() if word))
    if asked is not None and deal.price is None and deal.mass is not None and deal.bill is not None:
        return _spread(deal.mass, deal.bill)
    if deal.price is None or deal.mass is None:
        return None
    cost = Money.of(deal.mass.kilograms * deal.price.yuan_per_kg)
    if deal.bill is not None and _RIGHT.search(said.text):
        return _checked(deal.price, deal.mass, cost, deal.bill)
    return _cost(deal.price, deal.mass, cost) if _TOTAL.search(said.text) and deal.bill is None else None


def _deal(marks: Marks, asked: re.Match[str] | None) -> _Deal:
    """Take what was said once; the unit that is asked about (多少钱一斤) is no mass."""
    about = Span(*asked.span()) if asked else Span(0, 0)
    masses = [
        one.value for one in marks.amounts if isinstance(one.value, Mass) and not one.span.overlaps(about)
    ]
    bills = [one.value for one in marks.sums] or [
        money
        for span, money in find_money(marks.text)
        if not any(span.overlaps(other) for other, _ in marks.prices)
    ]
    return _Deal(
        marks.prices[0][1] if len(marks.prices) == 1 else None,
        masses[0] if len(masses) == 1 and masses[0].grams else None,
        bills[0] if len(bills) == 1 else None,
    )


def _per(price: UnitPrice, word: str) -> Sum | None:
    yuan = price.yuan_per_kg * _GRAMS[word] / 1000
    said = f"每{word} {grouped(yuan.quantize(Decimal('0.0001')).normalize())} 元"
    other = f"{price.echo()}。"
    return Sum(f"{said}。", (f"也就是 {other}", "查允许少多少时，要先把元/斤乘 2 换成元/公斤。"), sure=0.95)


def _spread(mass: Mass, bill: Money) -> Sum:
    per_kg, per_jin = (_cents(bill.yuan * grams / mass.grams) for grams in (1000, 500))
    return Sum(
        f"约合 {grouped(per_kg)} 元/公斤（{grouped(per_jin)} 元/斤）。",
        (f"按 {mass.echo()}共付 {bill.text()} 算，四舍五入到分。",),
        sure=0.94,
    )


def _cost(price: UnitPrice, mass: Mass, cost: Money) -> Sum:
    return Sum(f"{mass.echo()}应付 {cost.text()}。", (f"按单价 {price.echo()}算，四舍五入到分。",), sure=0.95)


def _checked(price: UnitPrice, mass: Mass, cost: Money, bill: Money) -> Sum:
    more = bill.cents - cost.cents
    if not more:
        result = f"应付 {cost.text()}，和收的一样。"
    elif more > 0:
        result = f"应付 {cost.text()}，收了 {bill.text()}，多收 {Money(more).text()}。"
    else:
        result = f"应付 {cost.text()}，收了 {bill.text()}，少收 {Money(-more).text()}。"
    lines = (
        f"按 {mass.echo()}、单价 {price.echo()}算，四舍五入到分。",
        "这只核对了算术；分量对不对，可以到公平秤复称，把结果发给我接着算。",
    )
    return Sum(result, lines, sure=0.94)


def _litres(said: Said, price: re.Match[str]) -> Sum | None:
    """Turn money into litres of fuel: 加200块钱的油 7.8一升 应该多少升."""
    per_litre = number(price["n"])
    sums = [
        one.value
        for one in mark(said.text, today=said.today).sums
        if not price.start() <= one.span.start < price.end()
    ]
    if not per_litre or len(sums) != 1:
        return None
    litres = _cents(sums[0].yuan / per_litre)
    return Sum(
        f"{sums[0].text()} ÷ {plain(per_litre)} 元/升 ≈ {plain(litres)} 升。",
        ("按加油机显示的单价算，优惠另计；加油机允许误差 ±0.30%。",),
        sure=0.93,
    )


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
