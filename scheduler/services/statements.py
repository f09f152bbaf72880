"""The two things SQL dialects say differently, said once."""

from typing import Any

from sqlalchemy import CursorResult, Result
from sqlalchemy.dialects import postgresql, sqlite

from core.database import Base
from core.work import Work


def insert(work: Work, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT into `table` that knows ON CONFLICT, in the words of the database at hand."""
    if work.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def affected(result: Result[Any]) -> int:
    """Return how many rows a changing statement touched."""
    return result.rowcount if isinstance(result, CursorResult) else 0
