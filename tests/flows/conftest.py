"""The town: built once per story, on both databases."""

import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
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
from tests.fakes import HandClock
from tests.flows.town import Town

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def settings(folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Return the shipped configuration in a folder, a database and ports of its own."""
    port, platform = free_port(), free_port()
    monkeypatch.chdir(folder)
    environ = {key: value for key, value in os.environ.items() if not key.startswith("QUANHENG__")} | {
        "QUANHENG__SERVER__PORT": str(port),
        "QUANHENG__DATABASE__URL": database_url,
        "QUANHENG__DATABASE__POOL_SIZE": "6",
        "QUANHENG__EMULATOR__PORT": str(platform),
        "QUANHENG__WECHAT__API_BASE": f"http://127.0.0.1:{platform}",
        "QUANHENG__WECHAT__OAUTH_BASE": f"http://127.0.0.1:{platform}",
        "QUANHENG__SCHEDULER__TICK_SECONDS": "1",
    }
    return configured(ROOT / "config.yaml", environ)


@pytest.fixture
async def town(
    database_url: str, tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """Open the town with its demonstration data."""
    config = settings(tmp_path, database_url, monkeypatch)
    ground = server.house(config, clock=clock)
    migration.upgrade(ground.database.engine)
    ground.database.work_now(SYSTEM, commands.fill_demo, files=ground.files)
    ground.database.close()
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
