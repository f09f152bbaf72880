"""The migrations build exactly the tables the models describe, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table

import tests.conftest
from core import migration
from core.database import Base, Database
from core.settings import DatabaseSettings
from tests.architecture.places import ROOT
from tests.fakes import CountingIds, HandClock


def _ours(thing: object, name: str | None, *_: object) -> bool:
    """Leave out tables that tests of other rooms have added to the same process."""
    return not (isinstance(thing, Table) and str(name).startswith("test_"))


def opened(url: str) -> Database:
    from core.privacy import Vault

    vault = Vault(encryption_key=b"e" * 32, index_key=b"i" * 32, ids=CountingIds())
    return Database(DatabaseSettings(url=url, pool_size=2), clock=HandClock(), ids=CountingIds(), vault=vault)


def test_models_match_migrations(empty_database_url: str) -> None:
    tests.conftest.load_models()
    database = opened(empty_database_url)
    try:
        migration.upgrade(database.engine)
        with database.engine.connect() as connection:
            options = {"compare_type": True, "include_object": _ours}
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, Base.metadata) == []
    finally:
        database.close()


def test_migrating_twice_changes_nothing_and_is_current(empty_database_url: str) -> None:
    database = opened(empty_database_url)
    try:
        assert not migration.is_current(database.engine)
        migration.upgrade(database.engine)
        migration.upgrade(database.engine)
        assert migration.is_current(database.engine)
    finally:
        database.close()


def test_migrations_are_one_numbered_line() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
    line = list(script.walk_revisions())
    assert all(not isinstance(revision.down_revision, tuple) for revision in line)
    names = sorted(path.name for path in (ROOT / "migrations/versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(line) + 1)]
