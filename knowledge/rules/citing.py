"""Reads which article of which law a sentence refers to, however people write it (消法55条, 《计量法》第九条第一款)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.text import number_of, simplify
from core.text_pinyin import reading

Order = tuple[int, int]

_DIGITS = "零一二三四五六七八九"
_NUMERAL = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百千]{1,9})"
_ARTICLE = rf"第?(?P<main>{_NUMERAL})条(?:之(?P<sub>{_NUMERAL}))?"
_PART = rf"(?:第?(?P<paragraph>{_NUMERAL})款)?(?:第?[(]?(?P<item>{_NUMERAL})[)]?项)?"
_VERSION = r"(?:[(][^()]{1,12}[)]|(?:19|20)\d\d年?(?:版|修正|修订|修)?)?"
_BETWEEN = r"(?:的|里面?|中|规定的?|当中)?"
_ONE = re.compile(rf"{_ARTICLE}{_PART}")
_AFTER = re.compile(rf"{_VERSION}{_BETWEEN}(?:{_ARTICLE}{_PART}|第?(?P<bare>\d{{1,3}})$)")
_CLAUSE = re.compile(rf"{_VERSION}{_BETWEEN}第(?P<main>{_NUMERAL})项")
_HALF = re.compile(rf"(?:{_ARTICLE})?{_PART}")
_ASIDE = re.compile(r"^(?:那么?|还有|再)")
_NEAR = re.compile(r"(?:那么?|再)?(?:看看?)?([下后上前])一?条(?:呢|吧)?")
_NEXT = re.compile(rf"(?:和|与|及|以及|还有|、|,|跟)?(?:它的|该法)?{_ONE.pattern}")
_ORDER = re.compile(
    rf"(?P<by>国务院|(?:国家)?(?:市场监管|市场监督管理|市监)?总局)?(?:令第?(?P<a>{_NUMERAL})号|第?(?P<b>{_NUMERAL})号令)"
)
_IN_NUMBER = re.compile(r"(国务院|总局)?令第(\d+)号")
# A law's name goes on after these, so that it is another law's (计量法实施条例), or no law at all (计量法规).
_GOES_ON = r"(?![规律定院官学]|实施|条例|细则|办法|解释)"
_STRANGE = re.compile(
    rf"《?(?P<name>[\u4e00-\u9fff]{{1,24}}?(?:法|法典|条例|办法|规定|细则|规则|规程|解释))》?{_VERSION}{_BETWEEN}{_ARTICLE}"
)
_MARKS = re.compile(r"[\s《》〈〉<>“”\"'‘’「」【】\[\]]+")
_POLITE = re.compile(
    r"请问|您好|你好|麻烦|帮我|帮忙|给我|告诉我|我想知道|我想|想知道|想|看一?下|看看|查一?下|查查|查询|查|找一?下|找|一下|下|"
    r"原文|全文|条文|内容|正文|具体|是什么|是啥|什么|怎么|如何|怎样|咋|啥|哪些|规定|意思|说明|说了|说的|说|讲了|讲的|讲|"
    r"写了|写的|写|念|引用|现行|现在|最新|当时|那时候?|的|了|吗|呢|吧|啊|呀|嘛|里面?|中|是|都|有|在|看|版|旧|老|新|"
    r"(?:19|20)\d\d年?(?:\d{1,2}月份?)?(?:\d{1,2}[日号])?|\d{1,2}月份?(?:\d{1,2}[日号])?|去年|前年|今年|以前|之前|施行|有效"
)
_MAY_CITE = re.compile(r"[条條款项項]|[0-9０-９]\s*$")
# A title with characters left out must still be long, and most of the real one.
SHORTEST_LOOSE, LOOSE = 6, 0.7
_NEEDS_ARTICLE = frozenset(
    {"细则", "实施细则", "省条例", "山东条例", "山东省条例", "新办法", "暂行办法", "办法"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A law by its code and, where they were said, article (number, 之 number), paragraph 款 and item 项."""

    code: str
    article: Order | None = None
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Citing:
    """What a sentence refers to, in order; `strange` is a law named with an article that we do not know.

    `rest` is what the sentence says besides, without courtesies: nothing is left where only the text is wanted.
    """

    references: tuple[Reference, ...]
    strange: str
    rest: str


@dataclass(frozen=True, slots=True)
class Names:
    """Every way to name a law, ready to be looked for: folded names, how they sound, orders by issuer and number."""

    codes: Mapping[str, str]
    sounds: Mapping[str, str]
    orders: Mapping[tuple[str, int], str]
    pattern: re.Pattern[str]


def article_number(order: Order | None, *, unit: str = "条") -> str:
    """Return an article's number as it is printed (9, 1: 第九条之一), "" for none."""
    if order is None:
        return ""
    main, sub = order
    return f"第{numeral(main)}{unit}" + (f"之{numeral(sub)}" if sub else "")


def numeral(number: int) -> str:
    """Return a number below ten thousand as a legal text prints it (148 is 一百四十八)."""
    if not 0 < number < 10_000:
        return str(number)
    printed = ""
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            printed += _DIGITS[digit] + word
        elif printed and not printed.endswith("零"):
            printed += "零"
    printed = printed.rstrip("零")
    return printed.removeprefix("一") if 10 <= number < 20 else printed


def folded(text: str) -> str:
    """Return text as names are compared: NFKC, simplified, without blanks, quotes and title marks."""
    return _MARKS.sub("", simplify(unicodedata.normalize("NFKC", text)))


def names_of(called: Iterable[tuple[str, Iterable[str], str | None]]) -> Names:
    """Prepare names for reading; `called` gives a law's code, its names, and its order number or version.

    Of two laws with one name the first keeps it. An order number that several laws bear names none.
    """
    codes: dict[str, str] = {}
    orders: dict[tuple[str, int], set[str]] = {}
    for code, names, number in called:
        for name in map(folded, names):
            if len(name) > 1:
                codes.setdefault(name, code)
        found = _IN_NUMBER.search(number or "")
        if found is not None:
            for by in {found[1] or "", ""}:
                orders.setdefault((by, int(found[2])), set()).add(code)
    longest_first = sorted(codes, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    sounds: dict[str, set[str]] = {}
    for name, code in codes.items():
        sounds.setdefault(_sound(name), set()).add(code)
    return Names(
        codes=codes,
        sounds={sound: min(held) for sound, held in sounds.items() if len(held) == 1},
        orders={key: min(held) for key, held in orders.items() if len(held) == 1},
        pattern=pattern,
    )


def goes_on(text: str, before: Reference) -> Reference | None:
    """Return what half a reference (那第十条呢, 第二款, 下一条) means after `before`, or None where it is none."""
    if before.article is None:
        return None
    main, sub = before.article
    near = _NEAR.fullmatch(folded(text))
    if near is not None:
        return Reference(before.code, (main + (1 if near[1] in "下后" else -1), 0))
    said = _bare(_ASIDE.sub("", folded(text)))
    found = _HALF.fullmatch(said)
    if found is None or not said:
        return None
    if found["main"]:
        return _reference(before.code, found)
    part = _reference(before.code, found)
    paragraph = part.paragraph or (before.paragraph if part.item else None)
    return Reference(before.code, (main, sub), paragraph, part.item)


def may_cite(text: str) -> bool:
    """Tell cheaply whether `text` can name an article at all."""
    return _MAY_CITE.search(text) is not None


def read(text: str, names: Names) -> Citing:
    """Return what `text` refers to; nothing where it names no law we know and no article of a strange one."""
    said = folded(text)
    references: list[Reference] = []
    left: list[str] = []
    at = 0
    while (found := _name(said, at, names)) is not None:
        start, end, code = found
        left.append(said[at:start])
        taken, at = _articles(said, end, code)
        if not taken and said[start:end] in _NEEDS_ARTICLE:
            left.append(said[start:at])
            continue
        references += taken or [Reference(code)]
    left.append(said[at:])
    strange = _STRANGE.search(said) if not references else None
    if strange is None:
        return Citing(tuple(dict.fromkeys(references)), "", _bare("".join(left)))
    start, meant = _meant(strange["name"], names)
    if meant is None:
        return Citing((), strange["name"], _bare(said[: strange.start()] + said[strange.end() :]))
    taken, at = _articles(said, strange.end("name"), meant)
    return Citing(tuple(taken), "", _bare(said[: strange.start("name") + start] + said[at:]))


def _name(said: str, at: int, names: Names) -> tuple[int, int, str] | None:
    """Return where the next name of a law stands, and whose it is."""
    by_order = _ORDER.search(said, at)
    by_name = names.pattern.search(said, at)
    while by_name is not None and re.match(_GOES_ON, said[by_name.end() :]) is None:
        by_name = names.pattern.search(said, by_name.start() + 1)
    if by_order is not None and (by_name is None or by_order.start() < by_name.start()):
        code = _ordered(by_order, names)
        if code is not None:
            return by_order.start(), by_order.end(), code
    return (by_name.start(), by_name.end(), names.codes[by_name[0]]) if by_name else None


def _meant(name: str, names: Names) -> tuple[int, str | None]:
    """Return the law that a name we do not know must mean, and where in the name it begins.

    One that sounds the same (记量法), or the only one that has all its characters in order and few besides.
    """
    for start in range(len(name) - 1):
        code = names.sounds.get(_sound(name[start:]))
        if code is not None:
            return start, code
    fuller = {
        code
        for known, code in names.codes.items()
        if len(name) >= SHORTEST_LOOSE
        and LOOSE * len(known) <= len(name) < len(known)
        and _within(name, known)
    }
    return 0, fuller.pop() if len(fuller) == 1 else None


def _sound(name: str) -> str:
    return " ".join(reading(name))


def _within(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _ordered(found: re.Match[str], names: Names) -> str | None:
    by = "国务院" if found["by"] == "国务院" else "总局" if found["by"] else ""
    return names.orders.get((by, _value(found["a"] or found["b"])))


def _articles(said: str, at: int, code: str) -> tuple[list[Reference], int]:
    """Return the articles named from `at` on, and where what follows them begins."""
    found = _AFTER.match(said, at) or _CLAUSE.match(said, at)
    taken: list[Reference] = []
    while found is not None:
        taken.append(_reference(code, found))
        at = found.end()
        found = _NEXT.match(said, at)
    return taken, at


def _reference(code: str, found: re.Match[str]) -> Reference:
    parts = found.groupdict()
    main = _value(parts.get("main") or parts.get("bare") or "0")
    article = (main, _value(parts.get("sub") or "0"))
    paragraph, item = parts.get("paragraph"), parts.get("item")
    return Reference(code, article, _value(paragraph) if paragraph else None, _value(item) if item else None)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isascii() else number_of(numeral) or 0


def _bare(rest: str) -> str:
    return re.sub(r"[^\w]|_", "", _POLITE.sub("", rest))
