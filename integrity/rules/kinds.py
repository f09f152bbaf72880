"""The catalogue's word for an instrument, from what a table or a label calls it."""

from metrology.instruments import Instrument, instrument, instrument_law


def kind_of(name: str) -> str:
    """Return the catalogue key of an instrument's name, or "" when the catalogue does not know it."""
    found = instrument(name)
    return found.key if found is not None else ""


def catalogued(kind: str) -> Instrument | None:
    """Return the catalogue row of a key, or None."""
    return next((row for row in instrument_law().instruments if row.key == kind), None)
