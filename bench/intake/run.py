"""A thousand citizens file at once, on SQLite and PostgreSQL, beside a handler that only inserts a row."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bench.intake import citizens
from bench.webhook import load
from bench.webhook.run import free_port, served, settings

ROOT = Path(__file__).parents[2]
INSERT = Path(__file__).parent / "servers" / "insert.py"
PEOPLE, WRITTEN_S = 1000, 6.0
POSTGRES = os.environ.get("QUANHENG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def main() -> str:
    """Run both databases where they answer, and return the table."""
    lines = [
        "| database | server | turns | CPU per turn, µs | turn p50, ms | turn p95, ms | CPU ratio | cases told / kept |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in ("SQLite", "PostgreSQL"):
        with _database(name) as (url, peer_url):
            if url:
                lines += _measured(name, url, peer_url)
    return "\n".join(lines)


def _measured(name: str, url: str, peer_url: str) -> list[str]:
    crowd, ours = _ours(url)
    kept = _kept(url)
    told = set(crowd.numbers.values())
    if len(told) != PEOPLE or not told <= kept:
        missing = sorted(told - kept)[:5]
        raise RuntimeError(f"{name}: told {len(told)} of {PEOPLE} numbers, not kept: {missing}")
    spent, peer = _peer(peer_url, len(crowd.turns))
    return [
        _row(name, "aiohttp + SQLAlchemy, one insert", spent, peer, 1.0, "—"),
        _row(
            name, "ours: whole reports in chat", crowd.turns, ours, ours / peer, f"{len(told)} / {len(kept)}"
        ),
    ]


def _row(name: str, server: str, turns: list[float], cpu: float, ratio: float, cases: str) -> str:
    cuts = statistics.quantiles(turns, n=20)
    return (
        f"| {name} | {server} | {len(turns)} | {cpu * 1e6:.0f} | {cuts[9] * 1e3:.1f} | {cuts[18] * 1e3:.1f} "
        f"| {ratio:.1f} | {cases} |"
    )


def _ours(url: str) -> tuple[citizens.Crowd, float]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = settings(Path(folder), port) | {"QUANHENG__DATABASE__URL": url}
        for step in ("migrate", "demo"):
            command = [sys.executable, "server.py", step]
            subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True, capture_output=True)
        with served([sys.executable, "server.py", "serve"], port, environment) as server:
            time.sleep(WRITTEN_S)
            before = load.cpu(server.process.pid)
            crowd = asyncio.run(citizens.report(server.port, PEOPLE))
            time.sleep(WRITTEN_S)
            return crowd, (load.cpu(server.process.pid) - before) / len(crowd.turns)


def _peer(url: str, requests: int) -> tuple[list[float], float]:
    port = free_port()
    with served([sys.executable, str(INSERT), str(port), url], port, {}) as server:
        before = load.cpu(server.process.pid)
        spent = asyncio.run(citizens.insert(server.port, requests))
        return spent, (load.cpu(server.process.pid) - before) / requests


def _kept(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT number FROM cases WHERE openid LIKE 'oBench%'"))
        found = {str(number) for (number,) in rows}
    engine.dispose()
    return found


@contextmanager
def _database(name: str) -> Iterator[tuple[str, str]]:
    if name == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/peer.db"
        return
    try:
        admin = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        yield "", ""
        return
    names = [f"quanheng_test_bench_{kind}_{os.getpid()}" for kind in ("ours", "peer")]
    with admin:
        for one in names:
            admin.execute(f"CREATE DATABASE {one}".encode())
        try:
            ours, peer = (
                make_url(POSTGRES)
                .set(drivername="postgresql+psycopg", database=one)
                .render_as_string(hide_password=False)
                for one in names
            )
            yield ours, peer
        finally:
            for one in names:
                admin.execute(f"DROP DATABASE {one} WITH (FORCE)".encode())
