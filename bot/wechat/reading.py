"""Reads the platform's XML, which is flat: the text of each element below the root."""

from collections.abc import Mapping
from typing import Final
from xml.parsers import expat


class NotText:
    """Stands for an element that occurs twice, has attributes or holds others."""


NOT_TEXT: Final = NotText()


def elements(xml: bytes) -> dict[str, str | NotText]:
    """Return what stands below the root, by name; text without the blanks around it.

    Raises:
        ValueError: it is not XML in UTF-8, or declares a document type.
    """
    found: dict[str, str | NotText] = {}
    parts: list[str] = []
    depth, plain = 0, True

    def start(_name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, plain
        depth += 1
        if depth == 2:
            parts.clear()
            plain = not attributes
        elif depth > 2:
            plain = False

    def end(name: str) -> None:
        nonlocal depth
        if depth == 2:
            found[name] = "".join(parts).strip() if plain and name not in found else NOT_TEXT
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = parts.append
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003 (expat takes it by position only)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return found


def _refuse(*_declared: object) -> None:
    raise ValueError("a document type")
