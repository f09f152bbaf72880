"""What is kept of the questions citizens ask: masked, by kind, in groups that an editor answers once."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.privacy import masked_text
from core.text import key

LONGEST = 500
LONGEST_KEY = 120
HIDDEN = "〔号码〕"
_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"(?<![0-9A-Za-z])\d{6}[\s-]?\d{8}[\s-]?\d{3}[0-9Xx](?![0-9A-Za-z])"),  # of a person
    re.compile(r"(?<!\d)(?:\d{4}[\s-]){3,}\d{1,7}(?!\d)"),  # of a bank card
    re.compile(
        r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8}|\d{7,})(?!\d)"
    ),  # of a telephone
    re.compile(r"[\u4e00-\u9fff][A-Za-z][·\s]?(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{5,6}(?![A-Za-z0-9])"),  # of a car
    re.compile(r"[零〇幺一二两三四五六七八九]{7,}"),
)
# A case or a certificate; numbers of standards (JJG 539-2016, GB 7718-2025) say nothing of the asker.
_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?!(?:JJ[GF]|GB|DB|JB|QB|ISO|OIML|R)[-/T\s]*\d)(?=[0-9-]*[A-Za-z])(?=(?:[A-Za-z-]*\d){3})[0-9A-Za-z-]{9,}(?![0-9A-Za-z])",
    re.IGNORECASE,
)


class GroupState(StrEnum):
    """Where a group stands: to do, answered by a publication, or left aside with a reason."""

    OPEN = "open"
    ANSWERED = "answered"
    IGNORED = "ignored"


class Trouble(StrEnum):
    """Why a question is looked at: not known, asked back without a choice, answered unsurely, called useless.

    CHOSEN is none: it settles a question we asked back about.
    """

    REJECTED = "rejected"
    UNSETTLED = "unsettled"
    UNSURE = "unsure"
    USELESS = "useless"
    CHOSEN = "chosen"


TROUBLES = (Trouble.REJECTED, Trouble.UNSETTLED, Trouble.UNSURE, Trouble.USELESS)
TROUBLE_NAMES = {
    Trouble.REJECTED: "答不知道",
    Trouble.UNSETTLED: "反问后没有选",
    Trouble.UNSURE: "答得没把握",
    Trouble.USELESS: "被说没用",
}
SURE_ENOUGH = 0.65  # below it an answer was given, and yet is looked at


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked: the moment, what came of it, and how sure we were (0 to 1).

    `chosen_for` is the question we asked back about, where this one is the choice somebody made.
    """

    at: datetime
    text: str
    kind: str
    entry_id: str | None = None
    confidence: float = 0.0
    chosen_for: str = ""

    @property
    def trouble(self) -> Trouble | None:
        """Return why the question is looked at, or None where it was answered well or is none for us."""
        if self.chosen_for:
            return Trouble.CHOSEN
        match self.kind:
            case "reject" if self.entry_id is None:
                return Trouble.REJECTED
            case "clarify":
                return Trouble.UNSETTLED
            case "answer" if self.confidence < SURE_ENOUGH:
                return Trouble.UNSURE
            case _:
                return None


def masked(text: str) -> str:
    """Return a question without what tells who asked: numbers of people, telephones, cards, cars and cases."""
    plain = hidden = unicodedata.normalize("NFKC", text)
    for pattern in _PERSONAL:
        hidden = pattern.sub(HIDDEN, hidden)
    hidden = masked_text(_CODE.sub(HIDDEN, hidden))
    return (text if hidden == plain else hidden)[:LONGEST]


def kept_key(text: str) -> str:
    """Return the key under which a question is counted."""
    return key(text)[:LONGEST_KEY]
