"""A database from before the answers were kept in it comes up to date with what it holds."""

from datetime import UTC, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from core import migration
from core.database import Database
from core.work import SYSTEM
from knowledge.services import asking
from knowledge.services.grouping import pending
from tests.architecture.test_migrations import opened


def _at(database: Database, revision: str, *, down: bool = False) -> None:
    """Bring the schema to a revision."""
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migration.MIGRATIONS))
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def test_questions_asked_before_are_kept_and_counted(empty_database_url: str) -> None:
    database = opened(empty_database_url)
    try:
        _at(database, "0001")
        with database.engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO asked_questions (at, text, kind, entry_id, confidence) "
                    "VALUES (:at, '电子秤多久检一次', 'answer', 'pump', 90)"
                ),
                {"at": datetime(2026, 11, 1, tzinfo=UTC)},
            )
        migration.upgrade(database.engine)
        with database.engine.connect() as connection:
            rows = connection.execute(text("SELECT text, key, trouble, group_id FROM asked_questions")).all()
        assert [tuple(row) for row in rows] == [("电子秤多久检一次", "电子秤多久检一次", "", None)]
        assert database.read_now(pending).bunches == ()
        database.work_now(SYSTEM, asking.sweep)
        _at(database, "0001", down=True)
        assert not migration.is_current(database.engine)
    finally:
        database.close()
