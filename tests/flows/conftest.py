"""The town: its demonstration data made once per run, copied for each story, on both databases."""

import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import psycopg
import pytest
from aiohttp import web

import commands
import server
from configuration import Config, configured
from core import migration
from core.work import SYSTEM
from emulator import followers
from emulator.app import create_app as create_platform
from emulator.settings import Limits
from knowledge.readers.shipped import read_shipped
from tests.conftest import POSTGRES, POSTGRES_ANSWERS, postgres_url
from tests.fakes import HandClock
from tests.flows.town import Town

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def settings(folder: Path, database_url: str) -> Config:
    """Return the shipped configuration with a folder, a database and ports of its own; stands in that folder."""
    port, platform = free_port(), free_port()
    os.chdir(folder)
    environ = {key: value for key, value in os.environ.items() if not key.startswith("QUANHENG__")} | {
        "QUANHENG__SERVER__PORT": str(port),
        "QUANHENG__DATABASE__URL": database_url,
        "QUANHENG__DATABASE__POOL_SIZE": "6",
        "QUANHENG__EMULATOR__PORT": str(platform),
        "QUANHENG__WECHAT__API_BASE": f"http://127.0.0.1:{platform}",
        "QUANHENG__WECHAT__OAUTH_BASE": f"http://127.0.0.1:{platform}",
        "QUANHENG__WECHAT__BURST_GAP_S": "0",
        "QUANHENG__SCHEDULER__TICK_SECONDS": "1",
    }
    return configured(ROOT / "config.yaml", environ)


def _furnish(folder: Path, database_url: str) -> None:
    before = Path.cwd()
    try:
        ground = server.house(settings(folder, database_url), clock=HandClock())
        migration.upgrade(ground.database.engine)
        ground.database.work_now(SYSTEM, commands.fill_demo, files=ground.files, shipped=read_shipped())
        ground.database.close()
        server.indexes(ground)
    finally:
        os.chdir(before)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demonstration in SQLite, its photographs, secrets and caches."""
    folder = tmp_path_factory.mktemp("town")
    _furnish(folder, f"sqlite:///{folder}/var/quanheng.db")
    return folder


@pytest.fixture(scope="session")
def furnished_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Return such a folder and the PostgreSQL template it belongs to, dropped at the end."""
    if not POSTGRES_ANSWERS:
        pytest.skip("no PostgreSQL answers")
    folder = tmp_path_factory.mktemp("town-postgres")
    template = f"quanheng_test_town_{os.getpid()}_{os.urandom(3).hex()}"
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {template}")
    _furnish(folder, postgres_url(template))
    yield folder, template
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {template} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Return a folder and a database of the test's own, copied from the furnished ones."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("furnished"), tmp_path, dirs_exist_ok=True)
        yield tmp_path, f"sqlite:///{tmp_path}/var/quanheng.db"
        return
    folder, template = request.getfixturevalue("furnished_postgres")
    name = f"{template}_{os.urandom(3).hex()}"
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield tmp_path, postgres_url(name)
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def town(
    house: tuple[Path, str], clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """Open the town."""
    folder, database_url = house
    monkeypatch.chdir(folder)
    config = settings(folder, database_url)
    registered, page_settings, templates = commands.platform_of(config)
    platform = create_platform(
        page_settings.model_copy(update={"limits": Limits(receipt_delay_s=0.1)}),
        registered,
        followers.load(),
        templates,
        clock=lambda: clock.now().timestamp(),
    )
    app = server.create_app(config, clock=clock)
    runners = []
    for one, port in ((platform, config.emulator.port), (app, config.server.port)):
        runner = web.AppRunner(one, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        runners.append(runner)
    async with aiohttp.ClientSession() as http:
        yield Town(config.public_url, config.phone_url, clock, http, app)
    for runner in reversed(runners):
        await runner.cleanup()
