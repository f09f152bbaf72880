"""One transaction per unit of work, with the same code on SQLite and PostgreSQL."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator, TypeEngine

from core.clock import Clock
from core.ids import Ids
from core.privacy import Vault
from core.settings import DatabaseSettings
from core.work import VISITOR, Actor, Reading, Work

Params = ParamSpec("Params")
Result = TypeVar("Result")

BUSY_TIMEOUT_S = 15
LOCK_TIMEOUT_MS = 10_000
CLOSING_TIMEOUT_S = 10


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC.

        Raises:
            ValueError: the moment has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = BigInteger().with_variant(Integer(), "sqlite")
Json: TypeEngine[Any] = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """The parent of every model; constraint names are the same on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment()}  # noqa: RUF012 (SQLAlchemy's own form)


class Database:
    """Opens units of work on database threads.

    SQLite: one writer thread whose units start with BEGIN IMMEDIATE, and a few readers. PostgreSQL: a pool of threads.
    Only edges (handlers, jobs, commands) open units; services receive the `Work` and never commit.
    """

    def __init__(self, settings: DatabaseSettings, *, clock: Clock, ids: Ids, vault: Vault) -> None:
        """Prepare engines and threads; no connection is made yet."""
        url = make_url(settings.url)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._clock, self._ids, self._vault = clock, ids, vault
        self._write_engine, self._read_engine = (_sqlite if self.is_sqlite else _postgresql)(url, settings)
        writers = 1 if self.is_sqlite else settings.pool_size
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="db-write")
        self._readers = (
            ThreadPoolExecutor(settings.reader_threads, thread_name_prefix="db-read")
            if self.is_sqlite
            else self._writers
        )
        self._under_way = 0
        self._settled = threading.Condition()
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and health."""
        return self._write_engine

    def work_now(
        self,
        actor: Actor,
        service: Callable[Concatenate[Work, Params], Result],
        /,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Run `service(work, …)` in one transaction on this thread; commit on success, roll back on error."""
        with self._counted(), Session(self._write_engine, expire_on_commit=False) as session, session.begin():
            work = Work(session=session, now=self._clock.now(), actor=actor, vault=self._vault, ids=self._ids)
            return service(work, *args, **kwargs)

    def read_now(
        self,
        query: Callable[Concatenate[Reading, Params], Result],
        /,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Run `query(reading, …)` in a read-only transaction on this thread."""
        return self._read(VISITOR, query, *args, **kwargs)

    async def work(
        self,
        actor: Actor,
        service: Callable[Concatenate[Work, Params], Result],
        /,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Run `service(work, …)` in one transaction on a database thread.

        A caller that goes away does not undo it: what has begun is finished.
        """
        call = partial(self.work_now, actor, service, *args, **kwargs)
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writers, call))

    async def read(
        self,
        query: Callable[Concatenate[Reading, Params], Result],
        /,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Run `query(reading, …)` in a read-only transaction on a database thread."""
        return await self.read_as(VISITOR, query, *args, **kwargs)

    async def read_as(
        self,
        actor: Actor,
        query: Callable[Concatenate[Reading, Params], Result],
        /,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Run `query(reading, …)` for `actor`, whose regional scope the query applies."""
        call = partial(self._read, actor, query, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._readers, call)

    @asynccontextmanager
    async def queue(self, key: str) -> AsyncIterator[None]:
        """Let messages of one `key` wait for each other in this process, holding no database thread."""
        lock = self._queues.get(key)
        if lock is None:
            lock = self._queues[key] = asyncio.Lock()
        async with lock:
            yield

    def close(self) -> None:
        """Finish what runs, on whichever thread, and close every connection."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        with self._settled:
            self._settled.wait_for(lambda: self._under_way == 0, timeout=CLOSING_TIMEOUT_S)
        self._write_engine.dispose()
        self._read_engine.dispose()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._settled:
            self._under_way += 1
        try:
            yield
        finally:
            with self._settled:
                self._under_way -= 1
                self._settled.notify_all()

    def _read(
        self,
        actor: Actor,
        query: Callable[Concatenate[Reading, Params], Result],
        /,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        with self._counted(), Session(self._read_engine, expire_on_commit=False, autoflush=False) as session:
            return query(
                Reading(session=session, now=self._clock.now(), actor=actor, vault=self._vault),
                *args,
                **kwargs,
            )


def alone(work: Work, key: str) -> None:
    """Hold `key` until the transaction ends, across processes.

    SQLite's single writer already does; PostgreSQL takes a transaction advisory lock and gives up after 10 s.
    """
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))
        work.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


def _sqlite(url: URL, settings: DatabaseSettings) -> tuple[Engine, Engine]:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    connect_args = {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    write = create_engine(url, connect_args=connect_args, pool_size=1, max_overflow=4)
    read = create_engine(url, connect_args=connect_args, pool_size=settings.reader_threads, max_overflow=4)
    for engine, begin in ((write, "BEGIN IMMEDIATE"), (read, "BEGIN")):
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", partial(_begin, statement=begin))
    event.listen(read, "connect", _read_only)
    return write, read


def _sqlite_connected(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _read_only(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection, *, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _postgresql(url: URL, settings: DatabaseSettings) -> tuple[Engine, Engine]:
    engine = create_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 5,
            "options": f"-c statement_timeout={settings.statement_timeout_s * 1000} -c timezone=UTC",
        },
    )
    return engine, engine.execution_options(postgresql_readonly=True)
