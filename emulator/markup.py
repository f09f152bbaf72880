"""XML as the platform writes and reads it: flat CDATA fields out, a strict small tree in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat


class MarkupBroken(ValueError):
    """A reply that is not the XML the platform takes, with the reason."""


@dataclass(slots=True)
class Node:
    """An element with its text and children."""

    tag: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def child(self, tag: str) -> "Node | None":
        """Return the first child of that name."""
        return next((child for child in self.children if child.tag == tag), None)

    def value(self, tag: str) -> str:
        """Return the text of a child, empty when it is missing."""
        found = self.child(tag)
        return found.text if found else ""


def cdata(text: str) -> str:
    """Wrap text so that nothing in it ends the section early."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def write(fields: Iterable[tuple[str, str | int]]) -> str:
    """Write a flat message: numbers bare, texts in CDATA, as the platform does."""
    rows = (f"<{k}>{v if isinstance(v, int) else cdata(v)}</{k}>" for k, v in fields)
    return "<xml>" + "".join(rows) + "</xml>"


def read(body: bytes) -> Node:
    """Read one XML document rooted in `<xml>`. Raises: MarkupBroken, also for any DOCTYPE."""
    root = Node("")
    path = [root]

    def start(tag: str, _attributes: dict[str, str]) -> None:
        node = Node(tag)
        path[-1].children.append(node)
        path.append(node)

    def end(_tag: str) -> None:
        path.pop()

    def characters(text: str) -> None:
        path[-1].text += text

    def doctype(*_: object) -> None:
        raise MarkupBroken("has a DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.ParseFile(BytesIO(body))
    except expat.ExpatError as error:
        raise MarkupBroken(f"not well-formed: {error}") from error
    if root.children[0].tag != "xml":
        raise MarkupBroken("root is not <xml>")
    return root.children[0]
