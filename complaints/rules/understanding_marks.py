"""What stands where in a citizen's sentence: dates, prices, sums of money, masses and volumes, each with its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.numerals import NUMBER, narrow, number
from core.spoken_dates import spoken_dates
from metrology.goods import categorise
from metrology.grammar import Span
from metrology.prices import Money, UnitPrice, find_money, find_prices
from metrology.quantities import Mass, Volume, find_masses, find_volumes

BLANK = " "

_NO_QUANTITY = re.compile(r"[\d.,]{13,}|[零〇一二两三四五六七八九十百千万点]{13,}")
_PER_PIECE = re.compile(r"\s?(?:一|每|/|1)\s?(?:盒|个|只|条|瓶|袋|箱|份|桶|件|捆|把|升|L|l|位|串|方|立方|度)")
_PER_LITRE = re.compile(
    rf"(?:{NUMBER})\s?(?:块钱|块|元)?(?:{NUMBER})?\s?(?:(?<![十百千万])一|每|/|(?<![\d.])1)\s?(?:升|L|l|公升)(?!装)"
)
_SOME_FOR_MONEY = re.compile(
    rf"(?<![了买称要的是给])(?P<amount>{NUMBER}\s?(?:公斤|千克|斤))\s?(?P<money>{NUMBER}(?:块钱|块|元))(?!\s?[一每/])"
)
_JIN_OF_GOODS = re.compile(
    rf"(?<![了买称要])(?:一|1)斤(?P<goods>[\u4e00-\u9fff]{{1,4}}?)(?P<money>{NUMBER}(?:块钱|块|元))(?!\s?[一每/])"
)
_JIN_AT = re.compile(
    r"(?<![了买称要有是才重\d])(?:一|1)斤\s?(?P<yuan>[一二三四五六七八九]?十[一二三四五六七八九]?|[1-9]\d{1,2})(?=[，。,；;、！!\s]|$)"
)
_PIECE = re.compile(
    r"一块(?=儿|称|秤|去|走|来|地|多|买|卖|吃)|[一二两三四五六七八九十\d]+块(?=豆腐|老豆腐|五花|肉|排骨|姜|生姜|老姜|蛋糕|里脊|牛|羊|猪|糖|饼|地瓜|红薯|藕|山药|月饼|鱼|砖|石|香皂|表)"
)
_SPENT_BEFORE = re.compile(r"(?:花|付|收|给|掏|要)[了我]*\s?$")
_PAID_BARE = re.compile(
    rf"(?:付款|付|花|收|掏|结账|结|共|总共|合计)[了我他她的钱]{{0,3}}(?:是|：|:)?\s?(?P<sum>{NUMBER})(?:整|钱)?"
    r"(?!\s?(?:[\d.一二三四五六七八九十百千]|公?斤|两|克|千克|kg|g|块|元|毛|角|分|个|只|条|样|天|盒|箱|袋|包|升|毫升|次|家|位|口|起|称|看|回))"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A mass or a volume with its place."""

    span: Span
    value: Mass | Volume


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money with its place; `bare` when only the verb tells that it is money."""

    span: Span
    value: Money
    bare: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything found in one narrowed text; `rest` is the text with what was found blanked out, places kept."""

    text: str
    dates: tuple[tuple[Span, date], ...]
    prices: tuple[tuple[Span, UnitPrice], ...]
    sums: tuple[Sum, ...]
    amounts: tuple[Amount, ...]
    rest: str


def mark(text: str, *, today: date) -> Marks:
    """Find every date, price, sum and amount in `text`; a stretch read once is not read again."""
    narrowed = narrow(text)
    readable = blanked(narrowed, (Span(*m.span()) for m in _NO_QUANTITY.finditer(narrowed)))
    dates = tuple((Span(*said.span), said.day) for said in spoken_dates(readable, today=today))
    left = blanked(readable, (span for span, _ in dates))
    left = blanked(left, (Span(*m.span()) for m in _PER_LITRE.finditer(left)))
    prices = (*find_prices(left), *_some_for_money(left))
    left = blanked(left, (span for span, _ in prices))
    amounts = tuple(sorted(_amounts(left), key=lambda amount: amount.span.start))
    left = blanked(left, (amount.span for amount in amounts))
    sums = tuple(_sums(left))
    left = blanked(left, (one.span for one in sums))
    return Marks(narrowed, dates, prices, sums, amounts, left)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with the stretches replaced by blanks, so that places stay the same."""
    for span in spans:
        text = text[: span.start] + BLANK * (span.end - span.start) + text[span.end :]
    return text


def _some_for_money(text: str) -> Iterable[tuple[Span, UnitPrice]]:
    """Read 两斤十块 as a price, unless a verb before it makes it a purchase."""
    for found in _SOME_FOR_MONEY.finditer(text):
        mass, money = Mass.parse(found["amount"]), Money.parse(found["money"])
        if mass.grams:
            per_kg = (money.yuan * 1000 / mass.grams).quantize(Decimal("0.0001"))
            yield Span(*found.span()), UnitPrice(per_kg)
    for found in _JIN_OF_GOODS.finditer(text):
        if categorise(found["goods"]) is not None:
            yield Span(*found.span("money")), UnitPrice.per_jin(Money.parse(found["money"]).yuan)
    for found in _JIN_AT.finditer(text):
        if (yuan := number(found["yuan"])) is not None:
            yield Span(*found.span()), UnitPrice.per_jin(yuan)


def _amounts(text: str) -> Iterable[Amount]:
    for span, mass in find_masses(text):
        yield Amount(span, mass)
    for span, volume in find_volumes(text):
        yield Amount(span, volume)


def _sums(text: str) -> Iterable[Sum]:
    pieces = [
        Span(*found.span())
        for found in _PIECE.finditer(text)
        if not _SPENT_BEFORE.search(text, max(0, found.start() - 4), found.start())
    ]
    taken: list[Span] = []
    for span, money in find_money(text):
        if any(span.overlaps(piece) for piece in pieces) or _PER_PIECE.match(text, span.end):
            continue
        taken.append(span)
        yield Sum(span, money, bare=False)
    for found in _PAID_BARE.finditer(text):
        span, value = Span(*found.span("sum")), number(found["sum"])
        if value is not None and value < 1_000_000 and not any(span.overlaps(other) for other in taken):
            yield Sum(span, Money.of(value), bare=True)
