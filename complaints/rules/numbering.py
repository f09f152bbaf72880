"""Case numbers people can read out and nobody can guess."""

import re
from datetime import date

PREFIX = "JL"
RANDOM_LENGTH = 6
_NUMBER = re.compile(r"JL\d{6}[2-9A-HJKMNP-Z]{6}")


def number(received_on: date, drawn: str) -> str:
    """Return the number of a case received on that day: JL, yyMMdd and six drawn characters (31⁶ per day)."""
    return f"{PREFIX}{received_on:%y%m%d}{drawn}"


def found(text: str) -> str | None:
    """Return the first case number in what somebody wrote, whatever the case, spaces or hyphens, or None."""
    match = _NUMBER.search(re.sub(r"[\s\-－—]", "", text).upper())
    return match.group() if match else None
