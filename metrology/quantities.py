"""Mass, volume and length as people say them and as we print them, exact to the last digit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from metrology.grammar import Ladder, QuantityError, Span, checked, grouped, ladder, plain, readable, spans
from metrology.prices import Money, UnitPrice

__all__ = [
    "Length",
    "Mass",
    "Money",
    "QuantityError",
    "Span",
    "UnitPrice",
    "Volume",
    "find_masses",
    "find_volumes",
]

JIN_G = Decimal(500)
LIANG_G = Decimal(50)
QIAN_G = Decimal(5)
HEAVIEST_G = Decimal(10_000_000)
LARGEST_ML = Decimal(10_000_000)
LONGEST_M = Decimal(100_000)

_MASS = ladder(
    {
        "吨": "1000000", "公斤": "1000", "千克": "1000", "kg": "1000", "㎏": "1000", "市斤": "500", "斤": "500",
        "市两": "50", "两": "50", "钱": "5", "百克": "100", "克": "1", "g": "1", "毫克": "0.001", "mg": "0.001",
    },
    below={"斤": "两", "市斤": "两", "两": "钱", "市两": "钱", "公斤": "百克", "千克": "百克"},
    halves="斤 公斤",
)  # fmt: skip
_VOLUME = ladder(
    {"升": "1000", "公升": "1000", "l": "1000", "毫升": "1", "ml": "1", "立方米": "1000000"},
    below={},
    halves="升",
)
_LENGTH = ladder(
    {"公里": "1000", "米": "1", "m": "1", "分米": "0.1", "厘米": "0.01", "公分": "0.01", "cm": "0.01",
     "毫米": "0.001", "mm": "0.001"},
    below={"米": "分米"},
    halves="米",
)  # fmt: skip
_MASS_IN_TEXT = re.compile(_MASS.pattern(), re.IGNORECASE)
_VOLUME_IN_TEXT = re.compile(_VOLUME.pattern(), re.IGNORECASE)
_RESTATED = re.compile(r"(?P<first>[^（(]+)[（(](?P<again>[^）)]+)[）)]")

_MASS_HINT = "没有看懂这个重量，请写上数字和单位，例如“3斤2两”“1.6公斤”或“800克”。"
_VOLUME_HINT = "没有看懂这个体积，请写上数字和单位，例如“30升”或“500毫升”。"
_LENGTH_HINT = "没有看懂这个长度，请写上数字和单位，例如“3.5米”或“80厘米”。"


@dataclass(frozen=True, slots=True, order=True)
class Mass:
    """A mass in grams, from nothing to ten tonnes.

    Source of the customary units: 1 斤 = 500 g, 1 两 = 50 g, 1 钱 = 5 g (市制; 国务院 1984-02-27 命令).
    """

    grams: Decimal

    def __post_init__(self) -> None:
        """Refuse what no goods can weigh. Raises: QuantityError."""
        checked(
            self.grams, most=HEAVIEST_G, low="重量不能小于 0，请核对后再填。",
            high="重量超过 10 吨，请核对数字和单位后再填。",
        )  # fmt: skip

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a mass as people say it: 3斤2两, 两斤半, 斤半, 4两2, 1.5kg, 五百克.

        Raises: QuantityError with a sentence saying what would be right.
        """
        return cls(_read(_MASS, text, _MASS_HINT))

    @property
    def kilograms(self) -> Decimal:
        """The mass in kilograms."""
        return self.grams / 1000

    def text(self) -> str:
        """Print in grams: 1,250 克."""
        return f"{grouped(self.grams)} 克"

    def spoken(self) -> str:
        """Print in 斤, 两 and 钱 where that is exact, else in decimal 斤."""
        if self.grams % QIAN_G or not self.grams:
            return f"{plain(self.grams / JIN_G)}斤"
        jin, rest = divmod(self.grams, JIN_G)
        liang, rest = divmod(rest, LIANG_G)
        steps = ((jin, "斤"), (liang, "两"), (rest / QIAN_G, "钱"))
        return "".join(f"{plain(count)}{unit}" for count, unit in steps if count)

    def echo(self) -> str:
        """Print both ways for confirmation: 1,250 克（2斤5两）."""
        return f"{self.text()}（{self.spoken()}）"


@dataclass(frozen=True, slots=True, order=True)
class Volume:
    """A volume in millilitres, from nothing to ten cubic metres; it never becomes a mass."""

    millilitres: Decimal

    def __post_init__(self) -> None:
        """Refuse what nobody buys at once. Raises: QuantityError."""
        checked(
            self.millilitres, most=LARGEST_ML, low="体积不能小于 0，请核对后再填。",
            high="体积超过 10 立方米，请核对数字和单位后再填。",
        )  # fmt: skip

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a volume: 500ml, 1升, 2.5L, 两升半.

        Raises: QuantityError with a sentence saying what would be right.
        """
        return cls(_read(_VOLUME, text, _VOLUME_HINT))

    @property
    def litres(self) -> Decimal:
        """The volume in litres."""
        return self.millilitres / 1000

    def text(self) -> str:
        """Print in litres from one litre on, else in millilitres."""
        if self.millilitres >= 1000:
            return f"{grouped(self.litres)} 升"
        return f"{plain(self.millilitres)} 毫升"

    def echo(self) -> str:
        """Print for confirmation: 2.5 升（2,500 毫升）."""
        return f"{plain(self.litres)} 升（{grouped(self.millilitres)} 毫升）"


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length in metres, from nothing to a hundred kilometres."""

    metres: Decimal

    def __post_init__(self) -> None:
        """Refuse what no goods measure. Raises: QuantityError."""
        checked(
            self.metres, most=LONGEST_M, low="长度不能小于 0，请核对后再填。",
            high="长度超过 100 公里，请核对数字和单位后再填。",
        )  # fmt: skip

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a length: 10米, 三米五, 80厘米, 5.2m.

        Raises: QuantityError with a sentence saying what would be right.
        """
        return cls(_read(_LENGTH, text, _LENGTH_HINT))

    def text(self) -> str:
        """Print in metres: 3.5 米."""
        return f"{grouped(self.metres)} 米"


def find_masses(text: str) -> Iterator[tuple[Span, Mass]]:
    """Yield every mass said in `text` with its place, in order; what is impossible is left out."""
    for span, words in spans(_MASS_IN_TEXT, text):
        grams = _MASS.total(words)
        if grams is not None and grams <= HEAVIEST_G:
            yield span, Mass(grams)


def find_volumes(text: str) -> Iterator[tuple[Span, Volume]]:
    """Yield every volume said in `text` with its place, in order; what is impossible is left out."""
    for span, words in spans(_VOLUME_IN_TEXT, text):
        amount = _VOLUME.total(words)
        if amount is not None and amount <= LARGEST_ML:
            yield span, Volume(amount)


def _read(units: Ladder, text: str, hint: str) -> Decimal:
    tidy = readable(text)
    restated = _RESTATED.fullmatch(tidy)
    if restated is None:
        return _one(units, tidy, hint)
    first, again = (_one(units, part.strip(), hint) for part in (restated["first"], restated["again"]))
    if first != again:
        raise QuantityError("括号里外的数量不一样，请只写一个。")
    return first


def _one(units: Ladder, text: str, hint: str) -> Decimal:
    if text.startswith(("-", "−", "负")):
        raise QuantityError("数量不能小于 0，请核对后再填。")
    amount = units.total(text.lower())
    if amount is None:
        raise QuantityError(hint)
    return amount
