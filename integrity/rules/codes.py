"""What the code on a scale or a label stands for; nothing it points to is ever opened."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from integrity.rules import certificates

_NUMBER = re.compile(r"[0-9A-Z一-鿿()（）-]{6,64}")


class CodeKind(StrEnum):
    """Whose code it is: a page of ours, a bare number, somebody else's address, or something else."""

    OURS = "ours"
    NUMBER = "number"
    FOREIGN = "foreign"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Code:
    """A code's meaning: the certificate number to look up, or the host it would lead to."""

    kind: CodeKind
    number: str = ""
    host: str = ""


def meaning(text: str, *, public_url: str) -> Code:
    """Return what the content of a code stands for; `public_url` is where our own pages lie."""
    address = urlsplit(text.strip())
    if address.scheme.lower() in {"http", "https"} and address.netloc:
        if address.netloc.lower() != urlsplit(public_url).netloc.lower():
            return Code(CodeKind.FOREIGN, host=address.hostname or "")
        asked = parse_qs(address.query).get("number", [address.path.rsplit("/", 1)[-1]])
        return Code(CodeKind.OURS, number=certificates.number(asked[0]))
    number = certificates.number(text)
    if _NUMBER.fullmatch(number) and re.search(r"\d{4}", number):
        return Code(CodeKind.NUMBER, number=number)
    return Code(CodeKind.OTHER)
