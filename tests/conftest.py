"""Fixtures every room's tests share: the same database tests run on SQLite and on PostgreSQL."""

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from core.database import Base, Database
from core.privacy import Vault
from core.settings import DatabaseSettings
from core.work import SYSTEM, Actor
from tests.fakes import CountingIds, HandClock

POSTGRES = os.environ.get("QUANHENG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
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


def _load_models() -> None:
    for name in ROOMS:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the test's own, dropped afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'quanheng.db'}"
        return
    if not POSTGRES_ANSWERS:
        pytest.skip("no PostgreSQL answers")
    name = f"quanheng_test_{os.getpid()}_{os.urandom(4).hex()}"
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        yield (
            make_url(POSTGRES)
            .set(drivername="postgresql+psycopg", database=name)
            .render_as_string(hide_password=False)
        )
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str, clock: HandClock, ids: CountingIds, vault: Vault) -> Iterator[Database]:
    """An open database with every table."""
    _load_models()
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
