"""Fixtures: the platform and the small backend, started and stopped."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from emulator import followers
from emulator.app import create_app
from emulator.sealing import Seal
from emulator.settings import EmulatorSettings, Limits, Mode, PageCookie, RegisteredApp
from tests.emulator.stage import (
    ACCOUNT,
    APP_ID,
    FAST,
    KEY,
    OLD_KEY,
    REMINDER,
    SECRET,
    TOKEN,
    Answering,
    Backend,
    HandClock,
    Stage,
    Staging,
    echo,
)


@pytest.fixture
async def staging(tmp_path: Path) -> AsyncIterator[Staging]:
    """Return a maker of stages: `await staging(mode, answering, limits)`."""
    closing: list[Callable[[], Awaitable[None]]] = []

    async def make(
        mode: Mode = Mode.PLAIN, answering: Answering = echo, *, limits: Limits = FAST, seed: int = 7
    ) -> Stage:
        backend = Backend(answering, None if mode is Mode.PLAIN else Seal(KEY, APP_ID))
        behind = web.Application(client_max_size=8 * 1024 * 1024)
        behind.router.add_route("*", "/wechat", backend.callback)
        server = TestServer(behind)
        await server.start_server()
        app = RegisteredApp(
            app_id=APP_ID,
            secret=SecretStr(SECRET),
            account_id=ACCOUNT,
            token=SecretStr(TOKEN),
            aes_key=SecretStr(KEY),
            previous_aes_key=SecretStr(OLD_KEY),
            mode=mode,
            callback_url=str(server.make_url("/wechat")),
        )
        settings = EmulatorSettings(
            storage=tmp_path / "media", limits=limits, page_cookies=(PageCookie(name="h5", path="/h5"),)
        )
        clock = HandClock()
        site = create_app(settings, app, followers.load(), (REMINDER,), clock=clock, seed=seed)
        platform = TestServer(site)
        await platform.start_server()
        http = aiohttp.ClientSession()
        closing.extend((server.close, platform.close, http.close))
        base = str(platform.make_url("")).rstrip("/")
        return Stage(http, base, backend, clock, str(server.make_url("")).rstrip("/"))

    yield make
    for close in reversed(closing):
        await close()


@pytest.fixture
async def stage(staging: Staging) -> Stage:
    """Return a stage in plain mode whose backend echoes."""
    return await staging()
