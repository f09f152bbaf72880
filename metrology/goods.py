"""Which category a word for goods belongs to, from a list people can read and extend."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from core.numerals import narrow
from metrology.grammar import Span


class Category(StrEnum):
    """Kinds of goods the law of retail weighing tells apart; the value is what people read."""

    GRAIN = "粮食"
    VEGETABLE = "蔬菜"
    FRUIT = "水果"
    MEAT = "肉"
    EGG = "蛋"
    POULTRY = "禽"
    SEAFOOD = "海水产品"
    PASTRY = "糕点"
    SWEETS = "糖果"
    SEASONING = "调味品"
    DRIED_VEGETABLE = "干菜"
    DELICACY = "山海珍品"
    LIVE_FISH = "活鱼"
    LIVE_POULTRY = "活禽"
    SOAKED = "水发物"
    OTHER_FOOD = "其他食品"
    NON_FOOD = "非食品"
    GOLD = "金饰品"
    SILVER = "银饰品"
    OTHER_PRECIOUS = "其他贵金属"
    FUEL = "燃料"


@dataclass(frozen=True, slots=True)
class GoodsWord:
    """A word for goods found in a text, with its category and place."""

    word: str
    category: Category
    span: Span


@cache
def lexicon() -> dict[str, Category]:
    """Return every word with its category. Raises: ValueError when one word stands in two categories."""
    listed = yaml.safe_load(Path(__file__).with_name("goods.yaml").read_text(encoding="utf-8"))
    words: dict[str, Category] = {}
    for name, line in listed.items():
        category = Category(name)
        for word in line.split():
            if words.setdefault(word, category) is not category:
                raise ValueError(f"{word} stands in {words[word]} and in {category}")
    return words


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(lexicon(), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first))


def find_goods(text: str) -> Iterator[GoodsWord]:
    """Yield every word for goods in `text`, the longest first at each place."""
    for found in _pattern().finditer(narrow(text)):
        yield GoodsWord(found.group(), lexicon()[found.group()], Span(found.start(), found.end()))


def categorise(product: str) -> Category | None:
    """Return the category of a product's name, or None when the list does not know it.

    The last word decides, since Chinese puts the kind of thing last: 活的梭子蟹 is a crab, 苹果醋 a vinegar.
    """
    name = narrow(product).strip()
    if name in lexicon():
        return lexicon()[name]
    words = list(find_goods(name))
    return _alive(name, words[-1].category) if words else None


def _alive(name: str, category: Category) -> Category:
    """Move fowl said to be alive to the live goods the table leaves out."""
    if category is Category.POULTRY and name.startswith("活"):
        return Category.LIVE_POULTRY
    return category
