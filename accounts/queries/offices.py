"""The office directory: who is competent where, and how to reach them."""

from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import Office
from core.work import Reading


@dataclass(frozen=True, slots=True)
class Desk:
    """An office as a citizen sees it."""

    region_code: str
    name: str
    phone: str
    hours: str
    address: str


def competent(reading: Reading, *, region_code: str) -> Desk | None:
    """Return the office of a division, or of the one above it (Order 121 Art. 13: the county office first)."""
    codes = [region_code, region_code[:4] + "00", region_code[:2] + "0000"]
    rows = {
        row.region_code: row
        for row in reading.session.scalars(select(Office).where(Office.region_code.in_(codes)))
    }
    for code in codes:
        if code in rows:
            row = rows[code]
            return Desk(row.region_code, row.name, row.phone, row.hours, row.address)
    return None


def directory(reading: Reading) -> list[Desk]:
    """Return every office in order of its division's code."""
    rows = reading.session.scalars(select(Office).order_by(Office.region_code).limit(500))
    return [Desk(row.region_code, row.name, row.phone, row.hours, row.address) for row in rows]
