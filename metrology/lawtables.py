"""Law as data: rows with validity, source and confidence, read from YAML and checked when loaded."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator


class Confidence(StrEnum):
    """How sure we are of a row: A read in the text itself, B in secondary sources, C not confirmed."""

    A = "A"
    B = "B"
    C = "C"


def _without_sign(value: object) -> object:
    """Take B+ for B: a sign is a note to ourselves, not a fourth class."""
    return value.rstrip("+-") if isinstance(value, str) else value


Trust = Annotated[Confidence, BeforeValidator(_without_sign)]


class Row(BaseModel):
    """The ground of every checked table: frozen, and no key that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Row):
    """Where a rule stands: the law's name, its order number, the article."""

    law: str
    order: str
    article: str

    def cited(self) -> str:
        """Print as one citation: 《…》（令…）第…条."""
        return f"《{self.law}》（{self.order}）{self.article}"


class LawRow(Row):
    """A rule with the dates it holds (both included), its source and our confidence in it."""

    valid_from: date
    valid_to: date | None = None
    source: Source
    confidence: Trust

    @model_validator(mode="after")
    def _dates_in_order(self) -> "LawRow":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        return self

    @property
    def drives(self) -> bool:
        """Whether the rule may decide anything by itself; what is not confirmed may not."""
        return self.confidence is not Confidence.C

    def in_force(self, on: date) -> bool:
        """Tell whether the rule holds on the day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


Table = TypeVar("Table", bound=BaseModel)
Law = TypeVar("Law", bound=LawRow)


def load(path: Path, table: type[Table]) -> Table:
    """Read and check one YAML table. Raises: pydantic.ValidationError naming every wrong key."""
    return table.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def in_force(rows: list[Law], on: date) -> Law | None:
    """Return the one row that holds on the day, or None."""
    return next((row for row in rows if row.in_force(on)), None)
