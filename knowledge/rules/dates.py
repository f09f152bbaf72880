"""Finds the day a question itself names, so that older questions meet the law of their time."""

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1
    )
}
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月"
_DAY = r"(?:份?\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?"
_YEAR = r"(?P<year>20\d{2}\s*年|去年|前年|今年)"
_NAMED = re.compile(rf"(?:{_YEAR}\s*(?:{_MONTH}{_DAY})?)\s*(?P<before>以前|之前)?")
_MONTH_ONLY = re.compile(rf"(?<!\d){_MONTH}(?:份|{_DAY})\s*(?P<before>以前|之前)?(?!底)")
_BACK = {"今年": 0, "去年": 1, "前年": 2}
_OLD_LAW = re.compile(
    r"旧(?:的)?(?:办法|规|法|条例|暂行)|老(?:规定|办法|规矩)|暂行办法|20号令|令20号|新规(?:以前|之前|出来前)"
)


def named_date(text: str, today: date) -> date | None:
    """Return the day that normalised `text` names, or None.

    A month alone stands for its first day, a past year alone for its middle; with 以前 the day before is meant.
    A month without a year is the latest one that has begun; a day still to come is not taken.
    """
    found = _NAMED.search(text)
    if found is None:
        return _of_month(text, today)
    word = found["year"].rstrip("年 ") if found["year"] not in _BACK else found["year"]
    if word == "今年" and not found["month"]:
        return None
    year = today.year - _BACK[word] if word in _BACK else int(word)
    return _day(year, found, today)


def meant_day(text: str, today: date) -> date | None:
    """Return the day whose law normalised `text` is about; None where it asks about old rules, which have many."""
    return None if names_old_law(text) else named_date(text, today) or today


def undated(text: str, today: date) -> str:
    """Return normalised `text` without the day it names: the day chooses the law and says nothing of the matter."""
    if named_date(text, today) is None:
        return text
    found = _NAMED.search(text) or _MONTH_ONLY.search(text)
    return text if found is None else f"{text[: found.start()]}{text[found.end() :]}".strip()


def names_old_law(text: str) -> bool:
    """Tell whether normalised `text` asks about rules that are no longer in force."""
    return _OLD_LAW.search(text) is not None


def _of_month(text: str, today: date) -> date | None:
    found = _MONTH_ONLY.search(text)
    if found is None or not (found["day"] or "份" in found[0]):
        return None
    return _day(today.year, found, today) or _day(today.year - 1, found, today)


def _day(year: int, found: re.Match[str], today: date) -> date | None:
    word = found["month"]
    month = 7 if word is None else _MONTHS.get(word) or int(word)
    try:
        day = date(year, month, int(found["day"] or 1))
    except ValueError:
        return None
    if found["before"]:
        day -= timedelta(days=1)
    return day if day <= today else None
