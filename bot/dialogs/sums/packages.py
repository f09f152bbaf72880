"""A package against its label: by mass, volume, length, area or count; loose goods and packages told apart."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.dialogs.sums import retail
from bot.dialogs.sums.said import AGAIN, Said
from bot.dialogs.sums.sheet import FIRST, Sum
from complaints.rules.drafts import DraftFacts
from core.numerals import NUMBER, number
from metrology.conversion import Dimension, Measure, as_decimal
from metrology.goods import Category, categorise
from metrology.grammar import ROUGH, grouped, plain
from metrology.outcomes import Outcome
from metrology.prepackaged import (
    ItemResult,
    Kind,
    allowed_shortage,
    content_ground,
    excluded_kind,
    judge_item,
)

_LABEL = re.compile(
    r"净含量|预包装|定量包装|标(?:签|称|注|的|着|明|示|了|有|是)*\s?[\d一二两三四五六七八九十半]|写(?:着|的)\s?\d|(?:斤|克|g|升|l|片|只|个|抽|张|支|粒|枚|米|ml)装|毫升|ml",
    re.IGNORECASE,
)
_PACK = re.compile(r"袋|瓶|罐|桶|盒|箱|包装|一包|卷|提|听装")
_SHOP = re.compile(r"超市|网购|网上|网店|快递|直播|淘宝|拼多多|京东|抖音|旗舰店|商场")
_LOOSE = re.compile(
    r"[元块毛]?(?:钱)?一斤|一公斤|/斤|每斤|散装|散称|现称|称了|摊|老板|菜市场|集上|赶集|市场买|割了|秤上|公平秤"
)
_TYPICAL = re.compile(
    r"奶粉|牙膏|洗衣液|洗衣粉|洗发水|沐浴露|洗洁精|面膜|护肤|精华|面霜|化肥|复合肥|尿素|种子|饲料|狗粮|猫粮|猫砂|漆|涂料|腻子|饮料|方便面|薯片|味精|食用油|花生油|豆油|麦片|蜂蜜"
)
_STAPLE_KG = Decimal("2.5")
_METRIC = re.compile(r"克|kg|g(?![a-z])|公斤", re.IGNORECASE)
_FRESH = (Category.FRUIT, Category.VEGETABLE, Category.MEAT, Category.SEAFOOD, Category.POULTRY, Category.EGG)
_PRECIOUS = (Category.GOLD, Category.SILVER, Category.OTHER_PRECIOUS)
_COUNTER = r"[只个片张抽枚支根粒颗条包双卷袋件盒瓶贴丸节块]"
_COUNTED = re.compile(
    rf"(?P<n>{NUMBER})\s?(?P<of>{_COUNTER})(?!半|多少|钱|月|小时|人|店|市场|地方)(?P<more>多)?"
)
_BARE = re.compile(rf"{AGAIN}(?P<n>\d+)(?![\d.]|\s?[元块年月日天%])")
_COUNT_CUE = re.compile(
    rf"标|装|写着|净含量|包装|一[包盒袋箱卷提罐瓶]|网购|抽纸|纸巾|棉签|口罩|垃圾袋|药片|牙签|电池|{_COUNTER}/"
)
_KINDS = {
    Dimension.MASS: Kind.MASS,
    Dimension.VOLUME: Kind.VOLUME,
    Dimension.LENGTH: Kind.LENGTH,
    Dimension.AREA: Kind.AREA,
}
_ASKED = retail.ALLOWED
_ROLLS = re.compile(r"保鲜膜|锡纸|铝箔|胶带|卷纸|卫生纸|玻璃纸|缎带|丝带|壁纸|墙纸|地板贴|贴膜")
_NOT_LENGTH = re.compile(r"公里|打车|出租|计价器|身高|里程|腰围|千米")
_NOT_VOLUME = re.compile(r"加油|油箱|汽油|柴油|油枪|加油机|加气|立方|水表|燃气表|排量")


@dataclass(frozen=True, slots=True)
class Package:
    """What a message says of one package: the label, and between which bounds it is short; None where only asked."""

    kind: Kind
    unit: str
    nominal: Decimal
    low: Decimal | None
    high: Decimal | None
    rough: str = ""


def work_out(said: Said) -> Sum | None:
    """Work out one package, or what its label allows; loose goods are left to the retail tables."""
    category = categorise(said.facts.product) if said.facts.product else None
    if category in _PRECIOUS:
        return None
    package = None if retail.NOT_ONLY_GOODS.search(said.text) else _measured(said) or _counted(said)
    if package is None:
        return None
    label, loose = bool(_LABEL.search(said.text)), bool(_LOOSE.search(said.text))
    kept = _facts(said)
    if package.kind is not Kind.MASS:
        return _told(said, package, kept)
    if loose:
        return None
    packed = _PACK.search(said.text) or _TYPICAL.search(said.text)
    if label or (packed and category not in _FRESH):
        return _told(said, package, kept)
    staple = category is Category.GRAIN and package.nominal >= _STAPLE_KG * 1000
    if not (packed or staple or (_SHOP.search(said.text) and _METRIC.search(said.text))):
        return None
    return _either(said, package)


def _told(said: Said, package: Package, kept: DraftFacts | None) -> Sum | None:
    kind = excluded_kind(said.text, on=said.bought_on)
    if kind is not None:
        ground = content_ground(said.bought_on)
        return Sum(
            f"{kind}不适用定量包装商品的规定，本表不适用，需由主管部门按各自的规定判断。",
            ("药品分量的事，可以向药品监督管理部门或 12315 反映。",) if kind == "药品" else (),
            (ground,) if ground else (),
            kept,
        )
    if package.low is None or package.high is None:
        return _allowance(said, package)
    if package.low != package.high:
        return _estimated(said, package, kept)
    found = judge_item(package.kind, package.nominal, package.nominal - package.low, on=said.bought_on)
    return Sum(
        _of_unit(found.text, package),
        (_label(package, found), *_not_decided(found)),
        (found.ground,) if found.ground else (),
        kept,
    )


def _label(package: Package, found: ItemResult) -> str:
    actual = package.nominal - found.shortage
    return f"标注 {_amount(package, package.nominal)}，实际 {_amount(package, actual)}。{_rule(package)}"


def _rule(package: Package) -> str:
    return "计数的 1% 有小数就进一位。" if package.kind is Kind.COUNT and package.nominal > 50 else ""


def _not_decided(found: ItemResult) -> tuple[str, ...]:
    if found.outcome is Outcome.NOT_APPLICABLE or found.shortage <= 0:
        return ()
    return ("这是单件的算法；整批还要看平均净含量，平均不足也可能不合格。净含量不含包装。",)


def _allowance(said: Said, package: Package) -> Sum | None:
    allowed = allowed_shortage(package.kind, package.nominal, on=said.bought_on)
    found = judge_item(package.kind, package.nominal, package.nominal, on=said.bought_on)
    ground = found.ground
    if ground is None:
        return None
    if allowed is None:
        return Sum(found.text.replace("分量刚好，没有少，但", ""), (), (ground,), sure=0.85)
    none = "不允许少" if not allowed else f"单件允许少 {_amount(package, allowed)}"
    least = package.nominal - allowed
    return Sum(
        f"标注 {_amount(package, package.nominal)}的包装商品{none}。",
        (
            f"也就是实际不少于 {_amount(package, least)}，正好等于也算未超过。{_rule(package)}",
            "整批还要看平均净含量，平均不足也可能不合格；散装现称的看零售称重的允许值。",
        ),
        (ground,),
        sure=0.92,
    )


def _estimated(said: Said, package: Package, kept: DraftFacts | None) -> Sum | None:
    low, high = package.low or Decimal(0), package.high or Decimal(0)
    if high > package.nominal:
        return None
    least, most = (
        judge_item(package.kind, package.nominal, package.nominal - short, on=said.bought_on)
        for short in (low, high)
    )
    amount = f"“{package.rough}”（{plain(low)}～{plain(high)} {package.unit}）"
    allowed = "" if least.allowed is None else f"单件允许短缺量 {_amount(package, least.allowed)}"
    if least.outcome is Outcome.NOT_APPLICABLE:
        result = least.text.removeprefix(FIRST)
    elif least.outcome is Outcome.OVER:
        result = f"少了{amount}，按最少算也超过{allowed}。是否合格以检验为准。"
    elif most.outcome is Outcome.WITHIN:
        result = f"少了{amount}，按最多算也未超过{allowed}。"
    else:
        result = f"少了{amount}，{allowed}，超没超过要看准确的差数，请再称一次告诉我。"
    lines = (f"标注 {_amount(package, package.nominal)}。{_rule(package)}", *_not_decided(least))
    return Sum(result, lines, (least.ground,) if least.ground else (), kept, sure=0.9)


def _either(said: Said, package: Package) -> Sum | None:
    """Show both cases where nothing tells a package from loose goods."""
    packed, loose = _told(said, package, _facts(said)), retail.work_out(said)
    if packed is None or loose is None:
        return packed or loose
    first = packed.result.removeprefix(FIRST).split("是否合格")[0]
    weighed = loose.result.removeprefix(FIRST).partition("，")[2] or loose.result.removeprefix(FIRST)
    return Sum(
        f"要看是预包装还是散装现称。预包装（标了净含量）：{first}",
        (f"散装现称：{weighed.removeprefix('但')}", *loose.lines),
        (*packed.grounds, *loose.grounds),
        loose.facts,
        sure=0.88,
    )


def _measured(said: Said) -> Package | None:
    """Read a package by mass, volume, length or area from the quantities said."""
    for dimension, kind in _KINDS.items():
        if not _meant(said.text, dimension):
            continue
        found = _of_dimension(said, dimension, kind)
        if found is not None:
            return found
    return None


def _meant(text: str, dimension: Dimension) -> bool:
    if dimension is Dimension.LENGTH:
        wrapped = _LABEL.search(text) or _PACK.search(text) or _ROLLS.search(text)
        return bool(wrapped) and not _NOT_LENGTH.search(text)
    if dimension is Dimension.VOLUME:
        return not _NOT_VOLUME.search(text)
    return True


def _of_dimension(said: Said, dimension: Dimension, kind: Kind) -> Package | None:
    exact = [one for one in said.measures if one.kind is dimension]
    whole = [one for one in exact if not retail.SHORT.search(said.text[: one.span.start])]
    if not whole or (dimension is Dimension.MASS and _many(said, exact)):
        return None
    nominal = as_decimal(whole[0].base)
    if said.facts.claimed_mg and kind is Kind.MASS:
        nominal = Decimal(said.facts.claimed_mg) / 1000
    if nominal <= 0:
        return None
    short = _shortage(said, dimension, exact, whole, nominal)
    if short is not None:
        return Package(kind, kind.unit, nominal, *short)
    if len(whole) == 1 and _ASKED.search(said.text):
        return Package(kind, kind.unit, nominal, None, None)
    return None


def _many(said: Said, exact: list[Measure]) -> bool:
    """Leave more than two masses to what the sentence's parts say, when it was understood."""
    return len(exact) > 2 and said.facts.measured_mg is None


def _shortage(
    said: Said, dimension: Dimension, exact: list[Measure], whole: list[Measure], nominal: Decimal
) -> tuple[Decimal, Decimal, str] | None:
    if dimension is Dimension.MASS and said.facts.measured_mg is not None:
        short = nominal - Decimal(said.facts.measured_mg) / 1000
        return short, short, ""
    rough = [
        one
        for one in said.rough
        if one.kind is dimension and retail.SHORT.search(said.text[: one.span.start])
    ]
    if rough:
        return as_decimal(rough[0].low), as_decimal(rough[0].high), rough[0].said
    stated = [one for one in exact if one not in whole]
    if stated:
        return as_decimal(stated[0].base), as_decimal(stated[0].base), ""
    if len(whole) == 2 and re.search(AGAIN, said.text[whole[0].span.end : whole[1].span.start]):
        short = nominal - as_decimal(whole[1].base)
        return short, short, ""
    return None


def _counted(said: Said) -> Package | None:
    """Read a package by count: 标100只，数了才38只; 500根少了88根."""
    if said.facts.claimed_mg or not _COUNT_CUE.search(said.text):
        return None
    found = [one for one in _COUNTED.finditer(said.text) if not ROUGH.fullmatch(one["n"])]
    whole = [one for one in found if not retail.SHORT.search(said.text[: one.start()])]
    whole = [one for one in whole if (number(one["n"]) or 0) > 1]
    if not whole:
        return None
    first = whole[0]
    nominal, of = number(first["n"]) or Decimal(0), first["of"]
    stated = [one for one in found if one not in whole and one["of"] == of]
    if stated:
        short = number(stated[0]["n"]) or Decimal(0)
        return Package(Kind.COUNT, of, nominal, short, short) if short <= nominal else None
    again = [one for one in whole[1:] if one["of"] == of]
    actual = again[0] if again else _BARE.search(said.text, first.end())
    if actual is not None:
        short = nominal - (number(actual["n"]) or Decimal(0))
        return Package(Kind.COUNT, of, nominal, short, short)
    return Package(Kind.COUNT, of, nominal, None, None) if _ASKED.search(said.text) else None


def _amount(package: Package, value: Decimal) -> str:
    """Print an amount in the unit of the label: 5,000 克（5 公斤）."""
    text = f"{grouped(value)} {package.unit}"
    if package.kind is Kind.MASS and value >= 1000:
        return f"{text}（{grouped(value / 1000)} 公斤）"
    if package.kind is Kind.VOLUME and value >= 1000:
        return f"{text}（{grouped(value / 1000)} 升）"
    return text


def _of_unit(text: str, package: Package) -> str:
    return text.replace(f" {package.kind.unit}", f" {package.unit}") if package.kind is Kind.COUNT else text


def _facts(said: Said) -> DraftFacts | None:
    """Keep what was understood for a complaint, when there is something to keep."""
    return said.facts if said.facts != DraftFacts() else None
