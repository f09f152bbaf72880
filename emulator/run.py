"""Serves the platform until it is told to stop, or until the process that started it is gone."""

import asyncio
import os
import random
import signal
from collections.abc import Sequence

from aiohttp import web

from emulator.app import create_app
from emulator.settings import EmulatorSettings, Follower, RegisteredApp, TemplateDefinition

_LOOK_EVERY_S = 1.0
_SHUTDOWN_S = 2.0


def run(
    settings: EmulatorSettings,
    app: RegisteredApp,
    followers: Sequence[Follower],
    templates: Sequence[TemplateDefinition],
    *,
    with_parent: bool = False,
) -> None:
    """Serve until SIGTERM or SIGINT; `with_parent` also ends when the parent process dies.

    The seed is drawn anew at each start, for tokens of an earlier life must not come back as good ones.
    """
    seed = random.SystemRandom().getrandbits(48)
    asyncio.run(_serve(create_app(settings, app, followers, templates, seed=seed), settings, with_parent))


async def _serve(site: web.Application, settings: EmulatorSettings, with_parent: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        await _until(stop, os.getppid() if with_parent else None)
    finally:
        await runner.cleanup()


async def _until(stop: asyncio.Event, parent: int | None) -> None:
    while not stop.is_set() and (parent is None or os.getppid() == parent):
        try:
            async with asyncio.timeout(_LOOK_EVERY_S):
                await stop.wait()
        except TimeoutError:
            continue
