"""Units turned into each other: 一斤是多少克, 几两是一斤, 3磅换算成公斤, 半斤和250克一样吗."""

import re
from fractions import Fraction
from functools import cache

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from metrology.conversion import (
    Dimension,
    Measure,
    Unit,
    as_decimal,
    convert,
    keyed,
    printed,
    unit,
    unit_pattern,
    unit_table,
)
from metrology.grammar import Span, grouped, plain
from metrology.lawtables import Confidence
from metrology.outcomes import Ground

_OTHER = re.compile(
    r"(?<!多)少(?!于)|差(?!不多)|短|缺|罚|口头|允许|误差|偏差|只有|多少钱|几块|几毛|赔|元|块钱|\d块|净含量|到期|检定|最多|能差|怎么办|投诉|举报|违法|合法|处罚"
)
_LINK = (
    r"(?:[\s，,、:：的]|到底|究竟|一共|总共|大概|大约|差不多|应该|就是|是|等于|等同于?|相当于|折合|折算|换算|转换|转化|合|折|换|转|变|成|为|作|有|能|可以|约"
    r"|=|＝|≈|那|得|算|请问|呢|又|公制|市制|国内|标准|里面?|包含|含|按|用|来|表示|说|实际|重|也|左右|多重|多大|黄金|白银|金子|银子|黄铜|钻石|水|地|牛奶|奶|油|酒|东西"
    r"|[\u4e00-\u9fff]{0,4}(?:是|等于|合|有))*"
)
_ASK = r"(?:多少个?|几个?|[?？])\s?"
_IDIOM = re.compile(r"半斤.{0,4}八两")
_SCREEN = re.compile(r"电视|屏|显示器|手机|平板|蛋糕|行李箱|自行车|轮胎|相框|照片|披萨|比萨")
_GOLD = re.compile(r"黄金|金子|金条|金价|白银|银子|伦敦金|国际金")
_ABROAD = re.compile(r"(?P<taiwan>台湾)|香港|港秤|港称|澳门|司马")
_SAME = r"(?:和|跟|与|还是|比|是不是|等不等于|等于|就是|是|换算成?|折合?|合|=|＝)"
_COMPARED = re.compile(r"一样|相等|等于|是不是|对[吗么不]|哪个|哪一?个|谁|对[吗么不]|[吗么]|更[重多大长]")
_SIZE = re.compile(r"(?:到底|究竟|大概)?(?:是|有)?多(?:重|大|长|少|高)(?:啊|呀|呢)?[?？。]?$")
_HOW = re.compile(r"换算|怎么[换算折转]|咋[换算折转]|怎样换|进率|进位|如何换|关系")
_INTO = r"(?:换算|转换|转化|折算|折合|换|转|化)\s?(?:成|为|到|作)?"
_OTHERS = {"ounce": ("troy_ounce",), "gallon_us": ("gallon_uk",), "pint_us": ("pint_uk",)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    u = unit_pattern()
    asked = rf"{_ASK}(?P<to>{u})(?:\s?零?(?:多少|几)\s?(?P<and>{u}))?"
    return {
        "after": re.compile(rf"(?:{_LINK}|的?[\u4e00-\u9fff]{{1,4}}?(?:有|是|能)?){asked}"),
        "before": re.compile(rf"{_ASK}(?P<to>{u}){_LINK}(?:一|每|1)?$"),
        "into": re.compile(rf"{_LINK}{_INTO}\s?(?P<to>{u})"),
        "bare": re.compile(rf"(?<![几少多\d])(?P<from>{u}){_LINK}{asked}"),
        "pair": re.compile(
            rf"(?P<from>{u})(?:和|与|跟|、|到|换算?成?|转换?成?|怎么(?:换算|换|转|折)成?|如何换算成?|同)\s?(?P<to>{u})"
        ),
    }


def work_out(said: Said) -> Sum | None:
    """Answer a question that only turns units."""
    text = said.text.lower()
    if _IDIOM.search(text):
        return _idiom() if len(text) <= 24 else None
    if _OTHER.search(text):
        return None
    if len(said.measures) == 2:
        return _compared(said, text)
    if len(said.measures) == 1:
        return _turned(said, text, said.measures[0])
    return _unmeasured(text) if not said.measures else None


def _turned(said: Said, text: str, measure: Measure) -> Sum | None:
    """Turn the one quantity said into what is asked."""
    before, after = text[: measure.span.start], text[measure.span.end :]
    patterns = _patterns()
    found = patterns["after"].match(after) or patterns["into"].match(after)
    found = found or patterns["before"].search(before)
    if found is not None:
        second = found.groupdict().get("and")
        return _answer(text, measure, found["to"], second)
    if _SIZE.search(after) and len(before) <= 4 and len(after) <= 12:
        heavy = measure.kind is Dimension.VOLUME and "重" in after
        return _answer(text, measure, "千克" if heavy else _everyday(measure).name, None)
    return None


def _unmeasured(text: str) -> Sum | None:
    """Turn one of a unit where no number was said: 斤和公斤怎么换算, 加仑是多少升."""
    pair = _patterns()["pair"].search(text) if _HOW.search(text) else None
    found = pair or _patterns()["bare"].search(text)
    if found is None or len(text) > 30:
        return None
    source, target = unit(found["from"]), unit(found["to"])
    if source.kind is target.kind and source.size < target.size:
        source, target = target, source
    return _answer(text, _one(source), target.name, None)


def _one(source: Unit) -> Measure:
    return Measure(source.size, (source,), f"1{source.name}", Span(0, 0))


def _everyday(measure: Measure) -> Unit:
    """Choose the unit people weigh and measure in at home."""
    return keyed(
        {
            Dimension.MASS: "gram",
            Dimension.VOLUME: "millilitre",
            Dimension.LENGTH: "metre" if measure.base >= 1 else "centimetre",
            Dimension.AREA: "square_metre",
            Dimension.ENERGY: "megajoule",
            Dimension.PRESSURE: "kilopascal",
        }[measure.kind]
    )


def _answer(text: str, measure: Measure, word: str, second: str | None) -> Sum | None:
    """Turn the quantity into the unit `word`, or into that and a smaller one."""
    measure, target = _meant(text, measure), _meant_unit(text, unit(word))
    if measure.kind is not target.kind:
        return _across(text, measure, target)
    if len(measure.units) == 1 and measure.units[0].key == target.key:
        return None
    smaller = unit(second) if second else None
    equal = _equal(measure, target, word, smaller)
    used = (*measure.units, target, *((smaller,) if smaller else ()))
    return Sum(
        f"{_shown(measure)} {equal}。", tuple(_notes(measure, target, used)), _grounds(*used), sure=0.97
    )


def _shown(measure: Measure) -> str:
    return re.sub(r"^([\d.,]+)", r"\1 ", measure.said)


def _equal(measure: Measure, target: Unit, word: str, second: Unit | None) -> str:
    if second is not None and second.kind is target.kind and second.size < target.size:
        whole, rest = divmod(measure.base, target.size)
        parts = [f"{whole} {target.name}"] if whole else []
        if rest or not parts:
            parts.append(f"{printed(rest / second.size)} {second.name}")
        joined = " ".join(parts)
        return f"约 {joined.replace('约 ', '')}" if "约" in joined else f"= {joined}"
    value = convert(measure.base / measure.units[0].size, measure.units[0], target)
    words = printed(value)
    sign = "≈" if words.startswith("约") else "="
    return f"{sign} {words.removeprefix('约 ')} {word}"


def _meant(text: str, measure: Measure) -> Measure:
    """Read 寸 as inches on a screen, and an ounce of gold as a troy ounce."""
    units = tuple(_meant_unit(text, one) for one in measure.units)
    if units == measure.units:
        return measure
    base = measure.base / measure.units[0].size * units[0].size if len(units) == 1 else measure.base
    return Measure(base, units, measure.said, measure.span)


def _meant_unit(text: str, one: Unit) -> Unit:
    if one.key == "cun" and _SCREEN.search(text):
        return keyed("inch")
    if one.key == "jin" and (place := _ABROAD.search(text)):
        return keyed("taiwan_jin" if place["taiwan"] else "hong_kong_jin")
    if one.key == "ounce" and _GOLD.search(text):
        return keyed("troy_ounce")
    if one.key == "ounce" and re.search(r"毫升|ml|升", text):
        return keyed("fluid_ounce_us")
    if one.key in ("gallon_us", "pint_us") and "英" in text:
        return keyed(one.key.replace("_us", "_uk"))
    return one


def _notes(measure: Measure, target: Unit, used: tuple[Unit, ...]) -> list[str]:
    """Say which of several meanings was taken, what the others come to, and which unit is not a legal one."""
    lines = []
    if measure.kind is Dimension.MASS and not {"gram", "kilogram"} & {one.key for one in used}:
        lines.append(f"也就是 {printed(measure.base)} 克。".replace("是 约", "是约"))
    lines += [
        f"{one.name}这里指{one.says}。" for one in dict.fromkeys(used) if one.says and one.name != one.says
    ]
    for one in dict.fromkeys(measure.units):
        for key in _OTHERS.get(one.key, ()):
            other = keyed(key)
            if other.kind is target.kind:
                value = printed(measure.base / one.size * other.size / target.size)
                lines.append(f"如果是{other.says}，则是 {value} {target.name}。".replace("是 约", "是约"))
    return lines + _legality(used)


def _legality(used: tuple[Unit, ...]) -> list[str]:
    foreign = [one for one in dict.fromkeys(used) if not one.legal]
    if not foreign:
        return []
    names = "、".join(one.name for one in foreign)
    systems = "、".join(dict.fromkeys(one.system.label for one in foreign))
    where = "价签、票据和秤" if foreign[0].kind is Dimension.MASS else "正式标注"
    lines = [f"{names}是{systems}单位，不是法定计量单位；口头可以说，{where}要用{_LEGAL[foreign[0].kind]}。"]
    if any(one.confidence is Confidence.C for one in foreign):
        lines.append("这个换算是通行数值，没有核到法规原文，仅供参考。")
    return lines


_LEGAL = {
    Dimension.MASS: "千克（公斤）、克",
    Dimension.VOLUME: "升、毫升",
    Dimension.LENGTH: "米、厘米",
    Dimension.AREA: "平方米、公顷",
    Dimension.ENERGY: "千瓦时",
    Dimension.PRESSURE: "千帕、兆帕",
}


def _grounds(*used: Unit) -> tuple[Ground, ...]:
    """Name the order that says which units are legal; the numbers themselves are definitions."""
    legal, customary = unit_table().orders
    order = legal if all(one.legal for one in used) else customary
    return (Ground(order.source, order.confidence, ""),)


def _across(text: str, measure: Measure, target: Unit) -> Sum | None:
    """Mass and volume meet only through a density, which nobody but the label knows."""
    if {measure.kind, target.kind} != {Dimension.MASS, Dimension.VOLUME}:
        if Dimension.ENERGY in (measure.kind, target.kind) or Dimension.PRESSURE in (
            measure.kind,
            target.kind,
        ):
            return None
        return Sum(
            f"{measure.units[0].name}量的是{measure.kind.label}，{target.name}量的是{target.kind.label}，不能互相换算。",
            ("请核对单位后再问一次。",),
            sure=0.8,
        )
    for liquid in unit_table().densities:
        if any(
            re.search(
                rf"(?<![\u4e00-\u9fff]){re.escape(word)}|[升斤克两钱里的吨仑方]{re.escape(word)}(?![果泥])",
                text,
            )
            for word in liquid.words
        ):
            kilograms = Fraction(liquid.kg_per_l)
            base = measure.base * kilograms if measure.kind is Dimension.VOLUME else measure.base / kilograms
            value = printed(base / target.size).removeprefix("约 ")
            return Sum(
                f"{_shown(measure)}{liquid.name} ≈ {value} {target.name}。",
                (f"按{liquid.says}估算；别的液体密度不同，不能照搬。",),
                sure=0.9,
            )
    return Sum(
        f"{measure.units[0].name}是{measure.kind.label}单位，{target.name}是{target.kind.label}单位，要知道密度才能换算。",
        (
            "请告诉我标签上的密度（每升多少千克）。同样 1 升，油比水轻，蜂蜜比水重。",
            "买卖时标的是升就按升核对，标的是千克就按千克核对。",
        ),
        sure=0.8,
    )


def _compared(said: Said, text: str) -> Sum | None:
    """Compare two quantities: 一公斤等于两斤吗, 半斤和250克哪个重."""
    first, second = (_meant(text, one) for one in said.measures)
    between = text[first.span.end : second.span.start]
    rest = text[second.span.end :]
    if not re.fullmatch(
        rf"[\s的，,\u4e00-\u9fff]{{0,6}}?{_SAME}[\s的]{{0,2}}", between
    ) or not _COMPARED.search(between + rest):
        return None
    if len(text) > 30 or first.kind is not second.kind:
        return None
    base = "克" if first.kind is Dimension.MASS else _everyday(first).name
    size = _everyday(first).size
    amounts = [printed(one.base / size).removeprefix("约 ") for one in (first, second)]
    if first.base == second.base:
        result = f"{_shown(first)}和{_shown(second)}一样，都是 {amounts[0]} {base}。"
    else:
        more = first if first.base > second.base else second
        result = f"{_shown(first)} = {amounts[0]} {base}，{_shown(second)} = {amounts[1]} {base}，{_shown(more)}更多。"
    return Sum(result, tuple(_legality((*first.units, *second.units))), _grounds(*first.units, *second.units))


def _idiom() -> Sum:
    old = keyed("old_liang")
    half = as_decimal(old.size * 8)
    return Sum(
        f"现在半斤 = 5 两 = {plain(half)} 克；“半斤八两”说的是旧制，一斤十六两，所以半斤正好是八两。",
        (
            f"旧制 1 两 = {grouped(as_decimal(old.size))} 克，现在市制 1 两 = 50 克，八两是 400 克，别混用。",
            "斤、两是市制单位，不是法定计量单位；价签、票据和秤要用千克（公斤）、克。",
        ),
        _grounds(old),
    )
