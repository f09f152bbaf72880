"""Numbers as Chinese speakers say and type them, turned into exact decimals."""

import re
from decimal import Decimal

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEPT_WIDE = "，！；？（）"
_NARROW = {k: v for k, v in _WIDE.items() if chr(k) not in _KEPT_WIDE} | {0x3000: 0x20, ord("￥"): ord("¥")}

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WAN = 10000

_SPOKEN_DIGIT = r"(?:[零〇一二三四五六七八九十百千万]|(?<![零〇一二三四五六七八九十])两)"
_SPOKEN = rf"{_SPOKEN_DIGIT}{{1,12}}(?:点[零〇一二三四五六七八九]{{1,9}})?"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,9}})?|\d{{1,12}}(?:\.\d{{1,9}})?|{_SPOKEN})"
"""A regular expression, without groups, for what `number` can read; its length is bounded, so no input is slow."""

_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,9})?")
_SECTION = re.compile(
    r"(?:([一二两三四五六七八九])千)?(零?(?:[一二两三四五六七八九])百)?(零?[一二两三四五六七八九]?十)?(零?[一二两三四五六七八九])?"
)


def narrow(text: str) -> str:
    """Return `text` with full-width letters, digits and signs made ASCII, every position kept."""
    return text.translate(_NARROW)


def number(text: str) -> Decimal | None:
    """Read `text` as one number, or return None when it is not one.

    Understands 12, 1,250, 2.5, 十二, 一百零五, 一百五 (= 150), 一千二百五 (= 1250), 三点五, 二〇二六.
    """
    text = narrow(text).strip()
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(c not in _DIGITS for c in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[c]) for c in fraction))


def _whole(text: str) -> int | None:
    if not text or len(text) > 12:
        return None
    if all(c in _DIGITS for c in text):
        return _digit_run(text)
    head, wan, tail = text.rpartition("万")
    if not wan:
        return _section(text)
    high = _section(head)
    if high is None:
        return None
    if len(tail) == 1 and tail in _DIGITS:
        return high * _WAN + _DIGITS[tail] * _WAN // 10
    low = _section(tail.removeprefix("零")) if tail else 0
    return None if low is None else high * _WAN + low


def _digit_run(text: str) -> int | None:
    """Read 二〇二六 digit by digit; a run of two or more must not contain 两."""
    if len(text) > 1 and "两" in text:
        return None
    return int("".join(str(_DIGITS[c]) for c in text))


def _section(text: str) -> int | None:
    """Read a number below ten thousand, the colloquial 一百五 (150) included."""
    if not text or not _SECTION.fullmatch(text):
        return None
    total, last, pending = 0, 1, None
    for c in text:
        if c in _UNITS:
            total += (1 if pending is None else pending) * _UNITS[c]
            last, pending = _UNITS[c], None
        elif c in "零〇":
            last = 1
        else:
            pending = _DIGITS[c]
    if pending is None:
        return total
    short = last >= 100
    return total + pending * (last // 10 if short else 1)
