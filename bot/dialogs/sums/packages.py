"""A package against its label: by mass, volume, length, area or count; loose goods and packages told apart."""

import re
from decimal import Decimal

from bot.dialogs.sums import retail
from bot.dialogs.sums.labels import LABEL, PACK, Package, read
from bot.dialogs.sums.said import AGAIN, Said
from bot.dialogs.sums.sheet import FIRST, Sum
from complaints.rules.drafts import DraftFacts
from metrology.goods import Category, categorise
from metrology.grammar import grouped, plain
from metrology.outcomes import Outcome
from metrology.prepackaged import (
    ItemResult,
    Kind,
    allowed_shortage,
    content_ground,
    excluded_kind,
    judge_item,
    said_short,
)
from metrology.tolerances import Method, by_measure

_SHOP = re.compile(r"超市|网购|网上|网店|快递|直播|淘宝|拼多多|京东|抖音|旗舰店|商场")
_LOOSE = re.compile(
    r"[元块毛]?(?:钱)?一斤|一公斤|/斤|每斤|散装|散称|现称|称了\S{0,4}斤|摊|老板|菜市场|集上|赶集|市场买|割了|秤上|公平秤|小票"
)
_TYPICAL = re.compile(
    r"奶粉|牙膏|洗衣液|洗衣粉|洗发水|沐浴露|洗洁精|面膜|护肤|精华|面霜|化肥|复合肥|尿素|种子|饲料|狗粮|猫粮|猫砂|漆|涂料|腻子|饮料|方便面|薯片|味精|食用油|花生油|豆油|麦片|蜂蜜|酸奶|牛奶|火腿肠|罐头|果冻|湿巾|纸巾|抽纸"
)
_NET = re.compile(r"净含量|预包装|定量包装|包装上|[袋盒瓶罐]装")
_THING = re.compile(r"[克gG](?:的|装)[\u4e00-\u9fff]")
_POURED = re.compile(r"散装|散啤|散酒|散打|打了|灌了|舀")
_STAPLE_KG = Decimal("2.5")
_FRESH = (Category.FRUIT, Category.VEGETABLE, Category.MEAT, Category.SEAFOOD, Category.POULTRY, Category.EGG)
_CONTENT = re.compile(rf"[称秤装标]|(?<!多)少|差|短|缺|亏|{AGAIN}|{retail.ALLOWED.pattern}")
_OUTSIDE = (
    Category.LIVE_FISH,
    Category.LIVE_POULTRY,
    Category.SOAKED,
    Category.DELICACY,
    Category.DRIED_VEGETABLE,
)
_PRECIOUS = (Category.GOLD, Category.SILVER, Category.OTHER_PRECIOUS)


def work_out(said: Said) -> Sum | None:
    """Work out one package, or what its label allows; loose goods are left to the retail tables."""
    if not _CONTENT.search(said.text) or retail.NOT_ONLY_GOODS.search(said.text):
        return None
    package = read(said)
    if package is None:
        return None
    category = categorise(said.facts.product) if said.facts.product else None
    if category in _PRECIOUS:
        return None
    label = bool(LABEL.search(said.text))
    loose = bool(_LOOSE.search(said.text)) or said.facts.unit_price_cents_per_kg is not None
    kept = _facts(said)
    if package.kind is Kind.VOLUME and _POURED.search(said.text):
        return _poured(said, package, kept)
    if package.kind is not Kind.MASS:
        return _told(said, package, kept)
    if loose:
        return None
    packed = label or PACK.search(said.text) or _TYPICAL.search(said.text)
    if (label and (category not in _FRESH or _NET.search(said.text))) or (packed and category not in _FRESH):
        return _told(said, package, kept)
    staple = category is Category.GRAIN and package.nominal >= _STAPLE_KG * 1000
    metric = package.metric
    dry = (said.facts.product or _THING.search(said.text)) and category not in (
        *_FRESH,
        *_OUTSIDE,
        Category.GRAIN,
    )
    if not (packed or staple or (metric and (dry or _SHOP.search(said.text)))):
        return None
    return _either(said, package)


def _poured(said: Said, package: Package, kept: DraftFacts | None) -> Sum | None:
    """Tell that what is poured by volume has neither table: the measure's own error decides."""
    if package.low is None or package.low != package.high:
        return None
    rule = by_measure(said.bought_on)
    return Sum(
        f"{said_short(package.kind, package.low)}；散卖按体积结算的，两个办法的表都不适用，看量具本身允许的误差，需由工作人员判断。",
        (
            f"按您说的：{_amount(package, package.nominal)}，实际 {_amount(package, package.nominal - package.low)}。",
        ),
        (rule,) if rule else (),
        kept,
        sure=0.88,
    )


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
        (_label(package, found), *_not_decided(found), _clue(said) if found.shortage > 0 else ""),
        (found.ground,) if found.ground else (),
        kept,
    )


def _label(package: Package, found: ItemResult) -> str:
    actual = package.nominal - found.shortage
    return f"标注 {_amount(package, package.nominal)}，实际 {_amount(package, actual)}。{_rule(package)}"


def _clue(said: Said) -> str:
    household = said.facts.method == Method.HOUSEHOLD.value
    return "家里的秤没有检定过，结果只能作线索。" if household else ""


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
