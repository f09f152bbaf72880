"""Administrative divisions: names for codes, codes for what people write."""

from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import Region
from core.work import Reading

SUFFIXES = ("省", "市", "区", "县", "自治县")


@dataclass(frozen=True, slots=True)
class Place:
    """A division with its full name, as in 济南市历下区."""

    code: str
    name: str
    full_name: str
    level: str


def place(reading: Reading, *, code: str) -> Place | None:
    """Return the division with this six-digit code."""
    return places(reading).get(code)


def places(reading: Reading) -> dict[str, Place]:
    """Return every division of the province by code."""
    rows = {row.code: row for row in reading.session.scalars(select(Region).order_by(Region.code))}

    def full(row: Region) -> str:
        above = rows.get(row.parent or "")
        return (above.name if above is not None and above.level != "province" else "") + row.name

    return {row.code: Place(row.code, row.name, full(row), row.level) for row in rows.values()}


def find(reading: Reading, *, text: str) -> Place | None:
    """Return the smallest division named in `text` (历下区, 青岛市南区, 济南), or None.

    A bare name without its suffix counts when it has at least two characters.
    """
    found = [
        (position, item)
        for item in places(reading).values()
        if item.level != "province" and (position := _position(text, item.name)) >= 0
    ]
    if not found:
        return None
    cities = {item.code[:4] for _, item in found if item.level == "city"}
    inside = [item for _, item in found if item.level == "county" and (not cities or item.code[:4] in cities)]
    if inside:
        return max(inside, key=lambda item: len(item.name))
    return min(found, key=lambda pair: pair[0])[1] if cities else None


def _position(text: str, name: str) -> int:
    position = text.find(name)
    if position < 0 and len(name) > 2:
        position = text.find(name[:-1])
    return position
