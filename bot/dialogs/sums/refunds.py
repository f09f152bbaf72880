"""What may come back: the difference in money, and what is added only where fraud is found."""

import re
from decimal import Decimal

from bot.dialogs.sums.retail import SHORT
from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from complaints.rules.drafts import DraftFacts
from complaints.rules.understanding_marks import mark
from metrology.compensation import compensation_law, if_fraud, money_short
from metrology.conversion import Dimension, as_decimal
from metrology.grammar import plain
from metrology.lawtables import in_force
from metrology.outcomes import Ground
from metrology.quantities import Money, UnitPrice

_ASKED = re.compile(
    r"(?:能|可以|该|要|会|得)?(?:赔|补|退)(?:偿|给?我|回)?(?:多少|几|啥|什么)|赔(?:多少|几|不赔)|退一赔三|假一赔三|赔三倍|三倍|[十1]0?倍|赔一?千|赔1000|能要\s?\d+|赔(?:我|给我)?[\d一二三四五六七八九十百千万]+(?:块|元)?吗|最多能?赔|赔偿.{0,4}(?:多少|怎么算|几)"
)
_EXCESS = re.compile(r"(?:多收|多要|多算|坑|骗|贵)(?:了|我|俺|走)*\s?$")
_DEMANDED = re.compile(r"(?:赔偿?|罚款?|给)(?:了|我|俺|给)*\s?$")
_TEN = re.compile(r"十倍|10倍|赔(?:我|给我|偿)?(?:一千|1000)")
_WEIGHT = re.compile(r"少|短|缺|差|鬼秤|作弊|八两秤|缺斤|多收|分量|不够|秤|坑")


def work_out(said: Said) -> Sum | None:
    """Work out a refund from what was short, and what fraud would add to it."""
    text = said.text
    if not _ASKED.search(text) or not _WEIGHT.search(text):
        return None
    facts = said.facts
    price = (
        None
        if facts.unit_price_cents_per_kg is None
        else UnitPrice(Decimal(facts.unit_price_cents_per_kg) / 100)
    )
    paid, excess = _sums(said)
    short = _short_g(said)
    if paid is None and price is not None and facts.claimed_mg:
        paid = Money.of(Decimal(facts.claimed_mg) / 1_000_000 * price.yuan_per_kg)
    if price is None and paid is not None and facts.claimed_mg and short is not None:
        price = UnitPrice((paid.yuan * 1_000_000 / Decimal(facts.claimed_mg)).quantize(Decimal("0.01")))
    back = excess
    if back is None and short is not None and price is not None:
        back = money_short(short, price)
    if back is None and paid is None:
        return None
    return _told(said, back, paid, excess=excess is not None)


def _told(said: Said, back: Money | None, paid: Money | None, *, excess: bool) -> Sum | None:
    law = in_force(compensation_law().fraud, said.bought_on)
    if law is None:
        return None
    ground = Ground(law.source, law.confidence, "")
    floor = Money.of(law.floor_yuan)
    what = "多收的部分是" if excess else "少给的部分约合"
    parts = [f"{what} {back.text()}，可要求补足或退还"] if back is not None and back.cents else []
    lines = []
    if paid is not None:
        added = if_fraud(paid, on=said.bought_on)
        if added is None:
            return None
        why = (
            f"{law.times} 倍是 {Money.of(paid.yuan * law.times).text()}，不足 {plain(law.floor_yuan)} 元按 {plain(law.floor_yuan)} 元"
            if added.floor_applied
            else f"整单 {paid.text()}的 {law.times} 倍"
        )
        parts.append(f"认定欺诈的，另加 {added.added.text()}（{why}）")
    else:
        most = (law.floor_yuan / law.times).quantize(Decimal("0.01"))
        parts.append(f"认定欺诈的，另加整单价款的 {law.times} 倍，至少 {floor.text()}")
        lines.append(
            f"整单价款不到 {plain(most)} 元的按 {plain(law.floor_yuan)} 元；告诉我这一单一共付了多少，可以算准。"
        )
    lines.append(
        "基数是整单价款，不是少给的那部分；缺斤短两不等于欺诈，要由有权机关或法院认定，能不能得到不能保证。"
    )
    if _TEN.search(said.text):
        lines.append("食品安全法的十倍、一千元是对不符合食品安全标准的食品，不适用于缺斤少两。")
    return Sum(
        "；".join(parts) + "。", tuple(lines), (ground,), said.facts if said.facts != DraftFacts() else None
    )


def _sums(said: Said) -> tuple[Money | None, Money | None]:
    """Return the whole bill and what was charged too much, where each was said."""
    marks = mark(said.text, today=said.today)
    bill = excess = None
    for one in marks.sums:
        before = said.text[max(0, one.span.start - 8) : one.span.start]
        if _EXCESS.search(before):
            excess = excess or one.value
        elif not _DEMANDED.search(before) and not re.match(r"[吗么行]", said.text[one.span.end :]):
            bill = bill or one.value
    return bill, excess


def _short_g(said: Said) -> Decimal | None:
    facts = said.facts
    if facts.claimed_mg and facts.measured_mg is not None:
        return Decimal(facts.claimed_mg - facts.measured_mg) / 1000
    for one in said.measures:
        if one.kind is Dimension.MASS and SHORT.search(said.text[: one.span.start]):
            return as_decimal(one.base)
    return None
