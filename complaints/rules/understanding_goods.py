"""Which goods a citizen's sentence is about."""

import re

from complaints.rules.understanding_marks import Marks
from metrology.goods import Category, GoodsWord, categorise, find_goods
from metrology.grammar import Span

_BOUGHT = re.compile(
    r"(?:买|卖|要|称|割|打|加|点|捎|购|秤)(?:了|的|过|点|些|个|到|我|给我|只|条|\d|[一二两三四五六七八九十几]|\s)*$"
)
_UNKNOWN = re.compile(
    r"的?(?P<word>(?![回拿到一只就才少差花付说他她老是我俺的在给称秤复结被还没不都也又共整左多半加算按收退多左])[\u4e00-\u9fff]{2,4}?)"
    r"(?=$|[，。,；;、！!？?\s]|回|拿|只有|就|才|少|差|花了?|付|他|她|老板|到家|到手|结果|实际|一称|复)"
)
_ONLY = ("只有", "才有", "就有", "只剩")
_INSTRUMENT_OR_SHOP = tuple("表站机桩店铺摊馆行")
_NOT_GOODS = re.compile(r"东西|商品|货|以后|之后|时候|左右|整的|称重|算账|现金|微信|支付")


def product(marks: Marks, rest: str) -> tuple[str, Category | None, Span] | None:
    """Return the goods named in `rest` (dates, prices, amounts, place and merchant blanked), or None.

    A word of the list wins; beyond it only the noun right after what was bought is taken.
    """
    words = [word for word in find_goods(rest) if _trusted(marks, rest, word)]
    if words:
        best = max(words, key=lambda word: (_score(marks, rest, word), -word.span.start))
        return best.word, best.category, best.span
    return _unlisted(marks, rest)


def _trusted(marks: Marks, rest: str, word: GoodsWord) -> bool:
    """A single character is a word for goods only beside an amount or after buying."""
    if rest[word.span.end : word.span.end + 1] in _INSTRUMENT_OR_SHOP:
        return False
    return len(word.word) > 1 or _score(marks, rest, word) > 0


def _score(marks: Marks, rest: str, word: GoodsWord) -> int:
    beside = any(
        0 <= word.span.start - amount.span.end <= 2
        or 0 <= amount.span.start - word.span.end <= 1
        or rest[word.span.end : amount.span.start] in _ONLY
        for amount in marks.amounts
    )
    bought = bool(_BOUGHT.search(rest[max(0, word.span.start - 12) : word.span.start]))
    return 2 * bought + 2 * beside


def _unlisted(marks: Marks, rest: str) -> tuple[str, Category | None, Span] | None:
    for amount in marks.amounts:
        before = rest[max(0, amount.span.start - 6) : amount.span.start]
        found = _UNKNOWN.match(rest, amount.span.end)
        if (
            found
            and re.search(r"(?:买|要|称|割|捎|购)了?的?\s*$", before)
            and not _NOT_GOODS.search(found["word"])
        ):
            span = Span(*found.span("word"))
            return found["word"], categorise(found["word"]), span
    return None
