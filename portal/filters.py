"""How dates, masses and money are printed; pure functions registered as template filters."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from core.clock import local, local_date
from core.privacy import masked_name, masked_phone

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
UNIT_WORDS = {"working_day": "个工作日", "natural_day": "天"}
MINUS = "−"


def day(value: date | datetime, today: date) -> str:
    """Return a date as people say it, "11月10日 周二", with the year only when it is not `today`'s."""
    shown = local_date(value) if isinstance(value, datetime) else value
    year = "" if shown.year == today.year else f"{shown.year}年"
    return f"{year}{shown.month}月{shown.day}日 {WEEKDAYS[shown.weekday()]}"


def moment(value: date | datetime, now: datetime) -> str:
    """Return a moment in Asia/Shanghai, "11月10日 周二 14:05"; a plain date has no time to show."""
    today = local_date(now)
    if not isinstance(value, datetime):
        return day(value, today)
    return f"{day(value, today)} {local(value):%H:%M}"


def thousands(number: Decimal | int) -> str:
    """Return a number with separators, without needless zeros and with a true minus sign."""
    text = f"{abs(number):,f}" if isinstance(number, Decimal) else f"{abs(number):,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if number < 0 and text.strip("0.,") else text


def signed(number: Decimal | int) -> str:
    """Return a difference with its sign, "+40", "−300", or "0"."""
    text = thousands(number)
    return f"+{text}" if number > 0 else text


def yuan(cents: int) -> str:
    """Return whole cents as money, "¥42.50"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{MINUS if cents < 0 else ''}¥{whole:,}.{rest:02d}"


def grams(mass_g: Decimal | int) -> str:
    """Return a mass in grams with its unit, "1,250 克"."""
    return f"{thousands(mass_g)} 克"


def days_left(left: int, unit: str = "natural_day") -> str:
    """Return how far a due date is, "剩 2 个工作日", "今天到期" or "已超期 3 天".

    `unit` is working_day or natural_day; any other text is printed as it is.
    """
    word = UNIT_WORDS.get(unit, unit)
    if left == 0:
        return "今天到期"
    return f"剩 {left} {word}" if left > 0 else f"已超期 {-left} {word}"


def days_tone(left: int) -> str:
    """Return the tone of a running clock: ok, warn from two days on, danger once it is past."""
    if left < 0:
        return "danger"
    return "warn" if left <= 2 else "ok"


ALL: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "day": day,
        "moment": moment,
        "thousands": thousands,
        "signed": signed,
        "yuan": yuan,
        "grams": grams,
        "days_left": days_left,
        "days_tone": days_tone,
        "masked_phone": masked_phone,
        "masked_name": masked_name,
    }
)
