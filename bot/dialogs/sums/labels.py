"""What a message says of one package: its label, what was found in it, or what is short, by any measure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.dialogs.sums import retail
from bot.dialogs.sums.said import AGAIN, Said
from core.numerals import NUMBER, number
from metrology.conversion import Dimension, Measure, as_decimal
from metrology.grammar import ROUGH
from metrology.prepackaged import Kind

LABEL = re.compile(
    r"净含量|预包装|定量包装|标(?:签|称|注|的|着|明|示|了|有|是)*\s?[\d一二两三四五六七八九十半]|写(?:着|的)\s?\d|(?:斤|克|g|升|l|片|只|个|抽|张|支|粒|枚|米|ml)装|毫升|ml",
    re.IGNORECASE,
)
PACK = re.compile(r"袋|瓶|罐|桶|盒|箱|包装|一包|卷|提|听装")
_COUNTER = r"[只个片张抽枚支根粒颗条包双卷袋件盒瓶贴丸节]"
_COUNTED = re.compile(
    rf"(?P<n>{NUMBER})\s?(?P<of>{_COUNTER})(?!半|多少|钱|月|小时|人|店|市场|地方)(?P<more>多)?"
)
_MADE = re.compile(rf"标|\d\s?{_COUNTER}装")
_PRINTED = re.compile(r"装|标|净含量")
_BARE = re.compile(rf"{AGAIN}(?P<n>\d+)(?![\d.]|\s?[元块年月日天%])")
_COUNT_CUE = re.compile(
    rf"标|装|写着|净含量|包装|一[包盒袋箱卷提罐瓶]|网购|抽纸|纸巾|棉签|口罩|垃圾袋|药片|胶囊|A4纸|一板|牙签|电池|{_COUNTER}/|\d{_COUNTER}[的装]"
)
_KINDS = {
    Dimension.MASS: Kind.MASS,
    Dimension.VOLUME: Kind.VOLUME,
    Dimension.LENGTH: Kind.LENGTH,
    Dimension.AREA: Kind.AREA,
}
_ROLLS = re.compile(r"保鲜膜|锡纸|铝箔|胶带|卷纸|卫生纸|玻璃纸|缎带|丝带|彩带|壁纸|墙纸|地板贴|贴膜")
_NOT_LENGTH = re.compile(r"公里|打车|出租|计价器|身高|里程|腰围|千米")
_NOT_VOLUME = re.compile(r"加油|油箱|汽油|柴油|油枪|加油机|加气|立方|水表|燃气表|排量")


@dataclass(frozen=True, slots=True)
class Package:
    """What a message says of one package: the label, and between which bounds it is short; None where only asked.

    `metric` tells that the label was said in a legal unit, not in 斤 and 两.
    """

    kind: Kind
    unit: str
    nominal: Decimal
    low: Decimal | None
    high: Decimal | None
    rough: str = ""
    metric: bool = True


def read(said: Said) -> Package | None:
    """Return the package a message is about; None when it says none."""
    return _measured(said) or _counted(said)


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
        wrapped = LABEL.search(text) or PACK.search(text) or _ROLLS.search(text)
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
        return Package(kind, kind.unit, nominal, *short, metric=whole[0].units[0].legal)
    if len(whole) == 1 and retail.ALLOWED.search(said.text):
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
    stated = [
        one
        for one in exact
        if one not in whole and (one.span.start > whole[0].span.start or _PRINTED.search(said.text))
    ]
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
    again = [
        one
        for one in whole[1:]
        if one["of"] == of
        and (_MADE.search(said.text) or re.search(AGAIN, said.text[first.end() : one.start()]))
    ]
    actual = again[0] if again else _BARE.search(said.text, first.end())
    if actual is not None:
        short = nominal - (number(actual["n"]) or Decimal(0))
        return Package(Kind.COUNT, of, nominal, short, short)
    return Package(Kind.COUNT, of, nominal, None, None) if retail.ALLOWED.search(said.text) else None
