"""Which shop and which place a citizen's sentence names; a shop without a name of its own is none."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

import accounts
from complaints.rules.understanding_marks import blanked
from metrology.goods import lexicon
from metrology.grammar import Span

HAN = r"[\u4e00-\u9fff]"
_LOCAL = (
    r"(?:批发市场|农贸市场|海鲜市场|水产市场|蔬菜市场|综合市场|菜市场|市场|大集|集市|早市|夜市|步行街|商业街|大街|古城|古镇|海鲜大世界|大世界"
    r"|广场|商场|商城|百货大楼|大厦|街道|社区|小区|新村|家园|花园|码头|火车站|汽车站|批发城|水产城|路|街|巷|镇|乡|村|庄)"
)
_LONG_LOCAL = _LOCAL.replace("|路|街|巷|镇|乡|村|庄", "")
_IN = r"(?:在|去|到|从|于|逛|上|赶)"

_WORDS = yaml.safe_load(Path(__file__).with_name("understanding_shops.yaml").read_text(encoding="utf-8"))
_TRADES: list[str] = _WORDS["trades"].split()
_NEEDS_OWNER: set[str] = set(_WORDS["need_owner"].split())
_CHAINS: list[str] = _WORDS["chains"].split()
_GENERIC: list[str] = _WORDS["generic"].split()
_SURNAMES: str = _WORDS["surnames"]
_OWNER = (
    rf"(?:[老小大阿][{_SURNAMES}强明军伟华刚勇东海亮平波涛杰鹏飞四五六二三幺][家记]?|[{_SURNAMES}](?:老[大二三四五六七]|大[妈爷娘哥嫂姐叔婶]|[记家氏姐哥叔婶嫂妈爷姨]|师傅)"
    rf"|{HAN}{{1,3}}(?:记|姐|哥|嫂|叔|家))"
)
_AFTER_SHOP = re.compile(r"(?:旁边?|对面|附近|隔壁|门口|后面|边上|那边|码头|复[秤称]|办公室|老板娘)")
_BOUNDARY = re.compile(
    r"在|去|到|从|找|逛|跟|给|被|是|叫|名|的|了|那家|这家|一家|有家|有个|一个|那个|这个|我要|投诉|举报|反映|我|俺|咱|您|说|买|卖|问|里面|里头|旁边|对面|附近|隔壁|楼下|门口|路口|路过|他|她|拿"
)
_CLAUSE = re.compile(rf"[{HAN[1:-1]}A-Za-z0-9]+(?:\([^()]{{1,10}}店\))?")
_SAID_NAME = re.compile(
    rf"(?<![没无])(?<!没有)(?<!不知道)(?:店名|店铺名|商家|商户|店家|招牌|摊位名)(?:名字|名称)?\s?(?:叫做?|是|写的是|为|[:：])?\s?(?P<name>{HAN}{{2,14}})(?=$|[，。,；;\s])"
)
_TRADE = "|".join(re.escape(trade) for trade in sorted(_TRADES, key=len, reverse=True))
_CHAIN = re.compile(
    rf"(?P<chain>{'|'.join(sorted(_CHAINS, key=len, reverse=True))})"
    rf"(?P<kind>超市|商城|购物中心|购物广场|生鲜|珠宝|水果店|水果|{HAN}{{0,6}}加油站)?(?P<branch>(?:(?![买称要的在了])[\u4e00-\u9fff]){{2,4}}店(?![员里主])|\([^()]{{1,10}}店\))?"
)


@dataclass(frozen=True, slots=True)
class Where:
    """A shop and a place with their stretches; None where none was named."""

    merchant: str | None
    merchant_span: Span | None
    place: str | None
    place_span: Span | None


@cache
def _divisions() -> tuple[str, str]:
    """Return regular expressions for full names of divisions and for their short forms."""
    rows = yaml.safe_load(Path(accounts.__file__).with_name("regions.yaml").read_text(encoding="utf-8"))
    full = {str(row["name"]) for row in rows}
    short = {name[:-1] for name in full if len(name) > 2} - {"市中", "市南", "市北", "东港", "山东"} | {
        "山东"
    }
    return _longest_first(full), _longest_first(short)


def _longest_first(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _place_pattern() -> re.Pattern[str]:
    full, short = _divisions()
    stop = r"(?!有|的|卖|买|那|这|一家|一个)"
    local = (
        rf"(?:(?:{stop}[\u4e00-\u9fff]){{1,6}}?{_LOCAL}(?:(?:{stop}[\u4e00-\u9fff]){{0,6}}?{_LONG_LOCAL})?)"
    )
    named = rf"(?:{full}|{short})(?:{full}|{short})*(?:{local}|{_LONG_LOCAL})?"
    start = r"(?:(?<![\u4e00-\u9fff])|(?<=[在去到从来于是的俺我咱逛]))"
    return re.compile(rf"{start}(?P<named>{named})|{_IN}(?!{full}|{short})(?P<local>{local})")


def where(text: str) -> Where:
    """Find the shop and the place in `text` (dates and amounts already blanked)."""
    place_span, divided = _place(text)
    left = blanked(text, [place_span] if place_span else [])
    merchant_span = _said_name(left) or _chain(left, divided=divided) or _named_shop(left)
    if merchant_span:
        merchant_span, before = _split_owner(text, merchant_span)
        place_span = _joined(place_span, before)
    place_span = _widened(text, place_span, merchant_span) if divided and place_span else place_span
    return Where(_cut(text, merchant_span), merchant_span, _cut(text, place_span), place_span)


def _cut(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


def _place(text: str) -> tuple[Span | None, bool]:
    """Return the first place and whether it begins with a division's name."""
    for found in _place_pattern().finditer(text):
        divided = found["named"] is not None
        span = Span(*found.span("named" if divided else "local"))
        words = text[span.start : span.end]
        if divided and not _starts_goods(text, span) and not _is_shop_name(text, span):
            return span, True
        if not divided and not _is_generic(re.sub(rf"{_LOCAL}$", "", words)) and "超市" not in words:
            return span, False
    return None, False


def _starts_goods(text: str, span: Span) -> bool:
    """A division may be the first half of goods: 德州扒鸡, 莱阳梨."""
    return any(
        text.startswith(word, span.start) and len(word) > span.end - span.start for word in _regional_goods()
    )


@cache
def _regional_goods() -> tuple[str, ...]:
    _, short = _divisions()
    return tuple(word for word in lexicon() if re.match(short, word))


def _is_shop_name(text: str, span: Span) -> bool:
    """A bare short name right before a trade is the shop's own: 泰安煎饼店."""
    return span.end - span.start == 2 and re.match(rf"(?:{_TRADE})", text[span.end :]) is not None


def _is_generic(name: str) -> bool:
    """Tell whether nothing of a name is left once words that name nobody are taken away."""
    return _naming_nobody().fullmatch(name) is not None


@cache
def _naming_nobody() -> re.Pattern[str]:
    words = _longest_first({*_GENERIC, *_TRADES})
    return re.compile(f"(?:{words}|{_goods()})*")


@cache
def _goods() -> str:
    return _longest_first(
        {word for word in lexicon() if len(word) > 1} | {"肉", "鱼", "菜", "果", "蛋", "茶", "鸡", "面"}
    )


def _said_name(text: str) -> Span | None:
    found = _SAID_NAME.search(text)
    return None if found is None else Span(*found.span("name"))


def _chain(text: str, *, divided: bool) -> Span | None:
    """Find a chain; what stands before its name belongs to the shop unless a division came before."""
    for found in _CHAIN.finditer(text):
        if _AFTER_SHOP.match(text, found.end()) and found["branch"] is None:
            continue
        keep = 0 if divided else _front(text[: found.start()])
        return Span(found.start() - keep, found.end())
    return None


def _front(before: str) -> int:
    """Count the characters before a chain that belong to its name, as in 在八一银座; none without a preposition."""
    found = re.search(rf"{_IN}(?P<front>{HAN}{{1,3}})$", before)
    return len(found["front"]) if found and not _is_generic(found["front"]) else 0


def _named_shop(text: str) -> Span | None:
    for clause in _CLAUSE.finditer(text):
        start = 0
        for edge in [*_BOUNDARY.finditer(clause.group()), None]:
            end = len(clause.group()) if edge is None else edge.start()
            span = _shop_in(text, clause.start() + start, clause.start() + end)
            if span is not None:
                return span
            start = 0 if edge is None else edge.end()
    return None


def _shop_in(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    found = re.match(
        rf"(?P<name>[{HAN[1:-1]}A-Za-z0-9]{{1,9}}?)(?P<trade>(?:{_TRADE})+)(?P<branch>\([^()]{{1,10}}店\))?",
        piece,
    )
    if found is None or _AFTER_SHOP.match(text, start + found.end()):
        return None
    name, trade = found["name"], found["trade"]
    if _is_generic(name) or (len(name) < 2 and not re.fullmatch(_OWNER, name)):
        return None
    if (
        trade in _NEEDS_OWNER
        and not re.search(rf"{_OWNER}(?:{_goods()})?$", name)
        and not _announced(text, start)
    ):
        return None
    return Span(start, start + found.end())


def _announced(text: str, start: int) -> bool:
    """Tell whether the words before say that a shop's name follows."""
    return re.search(r"(?:那家|这家|叫|名|投诉|举报|反映|店是|在|去|到)\s?$", text[:start]) is not None


def _split_owner(text: str, span: Span) -> tuple[Span, Span | None]:
    """Cut 八里桥老王海鲜 into the place before the owner and the shop."""
    words = text[span.start : span.end]
    found = re.match(
        rf"(?P<place>{HAN}{{2,6}}?)(?P<shop>(?:[老小阿][{_SURNAMES}]|[{_SURNAMES}](?:记|姐|哥|大[妈爷哥姐])).+)$",
        words,
    )
    if found is None:
        return span, None
    cut = span.start + found.start("shop")
    return Span(cut, span.end), Span(span.start, cut)


def _joined(place: Span | None, before: Span | None) -> Span | None:
    """Join a place to the one that follows it at once: 历城区 and 洪家楼."""
    if place is None or before is None:
        return place or before
    return Span(place.start, before.end) if place.end == before.start else place


def _widened(text: str, place: Span, merchant: Span | None) -> Span:
    """Join to a division what stands between it and the shop: 青岛台东 before 鲜丰水果店."""
    if merchant is None or merchant.start <= place.end:
        return place
    between = text[place.end : merchant.start]
    joined = re.fullmatch(rf"{HAN}{{2,6}}", between) and not _BOUNDARY.search(between)
    return Span(place.start, merchant.start) if joined else place
