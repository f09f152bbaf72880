"""A program of ours that runs beside the server, watched and started again while the server lives."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

LOG = logging.getLogger(__name__)

PAUSE_S = 1.0
GRACE_S = 5.0


@asynccontextmanager
async def watched(arguments: Sequence[str]) -> AsyncIterator[None]:
    """Keep `python ARGUMENTS…` running until the block ends; one that dies is started again after a second."""
    running: list[asyncio.subprocess.Process] = []

    async def keep() -> None:
        while True:
            process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
            running[:] = [process]
            code = await process.wait()
            LOG.warning("child ended", extra={"arguments": list(arguments), "code": code})
            await asyncio.sleep(PAUSE_S)

    task = asyncio.create_task(keep())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        for process in running:
            await _stopped(process)


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GRACE_S)
    except TimeoutError:
        process.kill()
        await process.wait()
