"""Reads the platform's XML, which is flat: the text of each element below the root."""

import re
from typing import Final
from xml.etree.ElementTree import ParseError, XMLParser

_BEGINNING = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]{0,100}\?>\s*)?<xml[\s>]")


class NotText:
    """Stands for an element that occurs twice, has attributes or holds others."""


NOT_TEXT: Final = NotText()


def is_message(xml: bytes) -> bool:
    """Tell whether nothing stands before the root: a document type could redefine what follows."""
    return _BEGINNING.match(xml) is not None


def elements(xml: bytes) -> dict[str, str | NotText]:
    """Return what stands below the root, by name; text without the blanks around it.

    Raises:
        ValueError: it is no message, or not XML in UTF-8.
    """
    if not is_message(xml):
        raise ValueError("no message")
    parser = XMLParser(encoding="utf-8")  # noqa: S314 (no document type, no entities of its own)
    try:
        parser.feed(xml)
        root = parser.close()
    except ParseError as error:
        raise ValueError(str(error)) from error
    found: dict[str, str | NotText] = {}
    for one in root:
        flat = one.tag not in found and not one.attrib and not len(one)
        found[one.tag] = (one.text or "").strip() if flat else NOT_TEXT
    return found
