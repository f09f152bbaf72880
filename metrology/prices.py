"""Money and unit prices as people say them: 三块五, 68一斤, 十块三斤; printed as ¥42.50 and 136 元/公斤."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from core.numerals import NUMBER, number
from metrology.grammar import QuantityError, Span, checked, grouped, plain, readable, spans

MOST_CENTS = Decimal(10_000_000_000)
DEAREST_YUAN_PER_KG = Decimal(10_000_000)
_PRICE_STEP = Decimal("0.0001")

_MONEY_HINT = "没有看懂这个金额，请写成“42.5元”或“42块5”这样。"
_PRICE_HINT = "没有看懂这个单价，请写上钱数和单位，例如“68元一斤”或“12元/公斤”。"

_YUAN = r"(?:块钱|块|元钱|元|圆)"
_END_DIGIT = r"(?:[1-9](?![\d.斤两克公千kK])|[一二三四五六七八九](?![斤两克公千个百十万]))"
_JIAO = rf"(?:零?{NUMBER}(?:毛|角)(?:钱)?(?:{NUMBER}分(?:钱)?|{_END_DIGIT})?)"
_YUAN_AND = (
    rf"[¥]\s?{NUMBER}"
    rf"|{NUMBER}\s?万\s?{_YUAN}?"
    rf"|{NUMBER}\s?块{_JIAO}"
    rf"|{NUMBER}\s?块(?:零|半)?{_END_DIGIT}(?:毛|角)?"
    rf"|{NUMBER}\s?块半(?:钱)?"
    rf"|{NUMBER}\s?{_YUAN}{_JIAO}?(?:整)?"
    rf"|{_JIAO}|{NUMBER}分钱"
)
_MONEY_IN_TEXT = re.compile(f"(?:{_YUAN_AND})")
_MONEY_PARTS = re.compile(
    rf"¥?\s?(?P<bare>{NUMBER})\s?(?P<bare_wan>万)?"
    rf"|(?:(?P<yuan>{NUMBER})\s?(?P<wan>万)?\s?{_YUAN}(?P<half>半)?)?"
    rf"(?:零?(?P<jiao>{NUMBER})(?:毛|角))?(?:(?P<zero>零)?(?P<tail>{NUMBER})(?P<fen>分)?)?(?:钱|整)?"
)

_NUMBERS = ("bare", "yuan", "jiao", "tail")

_PER_UNIT = {
    "公斤": "1000", "千克": "1000", "kg": "1000", "市斤": "500", "斤": "500", "市两": "50", "两": "50",
    "钱": "5", "克": "1", "g": "1", "吨": "1000000",
}  # fmt: skip
_WEIGHT = rf"(?:(?:{NUMBER})?\s?(?:公斤|千克|kg|市斤|斤|市两|两(?!个|只|条|次)|克(?!拉)|g(?![a-z])|吨)|半(?:公|市)?斤)"
_AMOUNT = rf"(?:{_YUAN_AND}|{NUMBER})"
_UNIT_PRICE = (
    rf"(?P<a>{_AMOUNT})\s?(?:/|每|(?<![十百千万])一(?=公斤|千克|市斤|斤|两|克)|(?<!\d)1(?=\s?(?:公斤|千克|kg|市斤|斤|两|克|g)))\s?(?P<au>{_WEIGHT})"
    rf"|每\s?(?P<bu>{_WEIGHT})\s?(?:卖|是|要|的价格是|价格|价|收)?\s?(?P<b>{_AMOUNT})(?!\s?(?:公斤|千克|kg|斤|两|克|g))"
    rf"|(?<![0-9.零一二两三四五六七八九十百])(?P<cu>(?:一|1)\s?(?:公斤|千克|kg|市斤|斤|两|克))\s?(?:卖|要|是|卖价|的价格是|价格|合)?\s?"
    rf"(?P<c>{_YUAN_AND}|\d+(?:\.\d+)?(?!\s?(?:\d|公斤|千克|kg|斤|两|克|g|个|只|条)))"
    rf"|(?P<d>{_YUAN_AND})\s?(?P<du>{_WEIGHT})"
)
_PRICE_IN_TEXT = re.compile(_UNIT_PRICE, re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole cents (分), never negative."""

    cents: int

    def __post_init__(self) -> None:
        """Refuse what nobody pays in a market. Raises: QuantityError."""
        checked(
            Decimal(self.cents), most=MOST_CENTS, low="金额不能小于 0，请核对后再填。",
            high="金额超过 1 亿元，请核对后再填。",
        )  # fmt: skip

    @classmethod
    def of(cls, yuan: Decimal) -> Self:
        """Round an amount in yuan to whole cents, half up. Raises: QuantityError for what is not a number."""
        checked(
            yuan,
            most=MOST_CENTS / 100,
            low="金额不能小于 0，请核对后再填。",
            high="金额超过 1 亿元，请核对后再填。",
        )
        return cls(int((yuan * 100).to_integral_value(ROUND_HALF_UP)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount: 3块5, 两块五, 1毛, ¥42.50, 一百二十块; a bare number is yuan.

        Raises: QuantityError with a sentence saying what would be right.
        """
        yuan = _yuan(readable(text))
        if yuan is None:
            raise QuantityError(_MONEY_HINT)
        return cls.of(yuan)

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan."""
        return Decimal(self.cents) / 100

    def text(self) -> str:
        """Print as ¥42.50."""
        return f"¥{self.yuan:,.2f}"


@dataclass(frozen=True, slots=True, order=True)
class UnitPrice:
    """A price in yuan per kilogram, to four decimals; 元/斤 is doubled on the way in."""

    yuan_per_kg: Decimal

    def __post_init__(self) -> None:
        """Refuse what is no price. Raises: QuantityError."""
        checked(
            self.yuan_per_kg, most=DEAREST_YUAN_PER_KG, low="单价不能小于 0，请核对后再填。",
            high="单价太高，请核对数字和单位后再填。",
        )  # fmt: skip

    @classmethod
    def per_jin(cls, yuan: Decimal) -> Self:
        """Take a price in yuan per 斤."""
        return cls(yuan * 2)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a price with its unit: 68一斤, 5块一公斤, 十块三斤, 每斤12元, 600元/克.

        Raises: QuantityError with a sentence saying what would be right.
        """
        found = _PRICE_IN_TEXT.fullmatch(_unbracketed(readable(text)).removesuffix("钱"))
        price = None if found is None else _per_kg(found)
        if price is None:
            raise QuantityError(_PRICE_HINT)
        return cls(price)

    @property
    def yuan_per_jin(self) -> Decimal:
        """The price in yuan per 斤."""
        return self.yuan_per_kg / 2

    def text(self) -> str:
        """Print in the legal unit: 136 元/公斤."""
        return f"{grouped(self.yuan_per_kg)} 元/公斤"

    def echo(self) -> str:
        """Print both ways for confirmation: 136 元/公斤（68 元/斤）."""
        return f"{self.text()}（{plain(self.yuan_per_jin)} 元/斤）"


def find_prices(text: str) -> Iterator[tuple[Span, UnitPrice]]:
    """Yield every unit price by weight said in `text` with its place, in order."""
    for span, words in spans(_PRICE_IN_TEXT, text):
        found = _PRICE_IN_TEXT.fullmatch(words)
        price = None if found is None else _per_kg(found)
        if price is not None and price <= DEAREST_YUAN_PER_KG:
            yield span, UnitPrice(price)


def find_money(text: str) -> Iterator[tuple[Span, Money]]:
    """Yield every amount said with its unit in `text` with its place, in order."""
    for span, words in spans(_MONEY_IN_TEXT, text):
        yuan = _yuan(words)
        if yuan is not None and yuan * 100 <= MOST_CENTS:
            yield span, Money.of(yuan)


def _unbracketed(text: str) -> str:
    return re.split(r"[（(]", text, maxsplit=1)[0].strip()


def _yuan(text: str) -> Decimal | None:
    found = _MONEY_PARTS.fullmatch(text)
    if found is None or any(said and number(said) is None for said in found.group(*_NUMBERS)):
        return None
    if found["bare"]:
        return _value(found["bare"]) * (10000 if found["bare_wan"] else 1)
    if found["yuan"] is None and found["jiao"] is None and not found["fen"]:
        return None
    total = _value(found["yuan"]) * (10000 if found["wan"] else 1) + _value(found["jiao"]) / 10
    if found["half"]:
        total += Decimal("0.5")
    return total + _tail(found)


def _tail(found: re.Match[str]) -> Decimal:
    """Value the last bare digit: 分 when said so, after 毛 or after 零, else 毛."""
    if not found["tail"]:
        return Decimal(0)
    in_fen = found["fen"] or found["jiao"] or found["zero"]
    return _value(found["tail"]) / (100 if in_fen else 10)


def _value(said: str | None) -> Decimal:
    return (number(said) or Decimal(0)) if said else Decimal(0)


def _per_kg(found: re.Match[str]) -> Decimal | None:
    for money, unit in (("a", "au"), ("b", "bu"), ("c", "cu"), ("d", "du")):
        if found[money] is not None:
            yuan, grams = _yuan(found[money].strip()), _grams(found[unit])
            if yuan is None or not grams:
                return None
            return Decimal(plain((yuan * 1000 / grams).quantize(_PRICE_STEP)))
    return None


def _grams(text: str) -> Decimal | None:
    text = text.strip().lower()
    unit = next((u for u in _PER_UNIT if text.endswith(u)), None)
    if unit is None:
        return None
    said = text.removesuffix(unit).strip()
    if said in ("半", "半市"):
        return Decimal(_PER_UNIT[unit]) / 2
    count = number(said) if said else Decimal(1)
    return None if count is None else count * Decimal(_PER_UNIT[unit])
