"""Fixtures every room's tests share: the same database tests run on SQLite and on PostgreSQL."""

import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from core.database import Base, Database
from core.privacy import Vault
from core.settings import DatabaseSettings
from core.work import SYSTEM, Actor
from tests.fakes import CountingIds, HandClock

POSTGRES = os.environ.get("QUANHENG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
OTHERS_GO = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
COUNT_FROM_ONE = "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
ROOMS = (
    "portal.sessions",
    "core.audit",
    "core.files",
    "accounts.models",
    "scheduler.models",
    "knowledge.models",
    "integrity.models",
    "complaints.models",
    "bot.models",
)


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


POSTGRES_ANSWERS = _postgres_answers()


def postgres_url(name: str) -> str:
    """Return the address of a database of the test server."""
    return (
        make_url(POSTGRES)
        .set(drivername="postgresql+psycopg", database=name)
        .render_as_string(hide_password=False)
    )


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def ids() -> CountingIds:
    return CountingIds()


@pytest.fixture
def vault() -> Vault:
    return Vault(encryption_key=b"e" * 32, index_key=b"i" * 32, ids=CountingIds())


def load_models() -> None:
    """Import every room's tables."""
    for name in ROOMS:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise


def _administer(statement: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(statement.encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on; a test that needs one runs once on each."""
    if request.param == "postgresql" and not POSTGRES_ANSWERS:
        pytest.skip("no PostgreSQL answers")
    return str(request.param)


@pytest.fixture
def empty_database_url(engine_kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, dropped afterwards."""
    if engine_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    name = f"quanheng_test_{os.getpid()}_{os.urandom(4).hex()}"
    _administer(f"CREATE DATABASE {name}")
    try:
        yield postgres_url(name)
    finally:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One database of each kind with every table: making tables costs a hundred times what emptying them does."""
    load_models()
    path = tmp_path_factory.mktemp("made_once") / "quanheng.db"
    name = f"quanheng_test_{os.getpid()}_{os.urandom(4).hex()}"
    found = {"sqlite": f"sqlite:///{path}"}
    if POSTGRES_ANSWERS:
        _administer(f"CREATE DATABASE {name}")
        found["postgresql"] = postgres_url(name)
    for url in found.values():
        _with_tables(url)
    yield found
    if POSTGRES_ANSWERS:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _with_tables(url: str) -> None:
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


@pytest.fixture
def database_url(engine_kind: str, made_once: dict[str, str], tmp_path: Path) -> str:
    """The address of the test's database: every table, no row."""
    if engine_kind == "sqlite":
        own = tmp_path / "quanheng.db"
        shutil.copyfile(made_once["sqlite"].removeprefix("sqlite:///"), own)
        return f"sqlite:///{own}"
    _empty(made_once["postgresql"])
    return made_once["postgresql"]


def _empty(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(OTHERS_GO)
        Base.metadata.create_all(connection)
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        connection.exec_driver_sql(COUNT_FROM_ONE)
    engine.dispose()


@pytest.fixture
def database(database_url: str, clock: HandClock, ids: CountingIds, vault: Vault) -> Iterator[Database]:
    """An open database with every table."""
    opened = Database(DatabaseSettings(url=database_url, pool_size=4), clock=clock, ids=ids, vault=vault)
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def work(database: Database) -> Callable[..., Any]:
    """Run a service in a unit of work: `work(service, actor=…, **arguments)`."""

    def run(service: Callable[..., Any], *args: Any, actor: Actor = SYSTEM, **kwargs: Any) -> Any:
        return database.work_now(actor, service, *args, **kwargs)

    return run


@pytest.fixture
def read(database: Database) -> Callable[..., Any]:
    """Run a query in a reading transaction."""
    return database.read_now
