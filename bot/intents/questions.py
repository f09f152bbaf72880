"""Finds the questions in a message that holds more than one, or one in a long story."""

import re

from bot.intents import lexicon

SHORTEST = 3
LONGEST = 60
MOST = 4
_BREAKS = re.compile(
    r"[?？。；;！!\n]+|(?:[，, ]\s*)?(?:还有就是|还有|另外|顺便(?:问一?下)?|再问一?下|以及)[，, ]?|[，,、]\s*|\s{1,}"
)
_STORY = re.compile(
    r"^(?:我想问一?下?|想问一?下?|请问一?下?|问一?下|我就?想知道|那么?|就是|您好|你好|麻烦您?|请您?)+"
)


def parts(text: str) -> list[str]:
    """Return the clauses that ask something, at most four; nothing where the message is one clause."""
    return [clause for clause in clauses(text) if lexicon.QUESTION.search(clause)][:MOST]


def clauses(text: str) -> list[str]:
    """Return the clauses of a message that has more than one; short ones and very long ones are left out."""
    found = [_STORY.sub("", clause.strip()) for clause in _BREAKS.split(text)]
    if len([clause for clause in found if clause]) < 2:
        return []
    return [clause for clause in found if SHORTEST <= len(clause) <= LONGEST]
