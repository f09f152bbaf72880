"""Finds the day a question itself names, so that older questions meet the law of their time."""

import re
from datetime import date

_NAMED = re.compile(
    r"(?P<year>20\d{2}|去年|前年|今年)\s*年?\s*(?:(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?)?"
)
_BACK = {"今年": 0, "去年": 1, "前年": 2}


def named_date(text: str, today: date) -> date | None:
    """Return the day that normalised `text` names, or None.

    A month alone stands for its first day, a year alone for its middle; a day still to come is not taken.
    """
    for found in _NAMED.finditer(text):
        word = found["year"]
        year = today.year - _BACK[word] if word in _BACK else int(word)
        month = int(found["month"] or 0)
        if not month and word not in _BACK and not text[found.start() :].startswith(f"{word}年"):
            continue
        if word == "今年" and not month:
            continue
        try:
            day = date(year, month or 7, int(found["day"] or 1))
        except ValueError:
            continue
        return day if day <= today else None
    return None
