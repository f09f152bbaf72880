"""Certificate and serial numbers as they are stored and looked up."""

import re
import unicodedata

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_DASHES = re.compile(r"[‐‑‒–—―－_]")


def number(text: str) -> str:
    """Return a certificate number half-width, upper case, without blanks, every dash as a hyphen."""
    return _DASHES.sub("-", _BLANKS.sub("", unicodedata.normalize("NFKC", text))).upper()
