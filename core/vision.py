"""Reads pictures: codes and printed words, in a process of its own that starts when needed and ends when idle."""

import asyncio
import json
import logging
import os
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from core.errors import UpstreamFailed

LOG = logging.getLogger(__name__)

HERE = Path(__file__).parents[1]
HEADER = struct.Struct(">I")
LIMIT_S = 30.0
IDLE_S = 120.0
# Nothing of our configuration or keys is handed to a program that opens strangers' pictures.
KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "HOME", "VIRTUAL_ENV", "OPENBLAS_CORETYPE")


@dataclass(frozen=True, slots=True)
class Line:
    """Printed words: the text, how sure the reader is (0 to 1), and the box left, top, right, bottom in pixels."""

    text: str
    score: float
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture shows: the contents of its QR and bar codes, and its lines from top to bottom."""

    codes: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


class VisionFailed(UpstreamFailed):
    """The reading process died, took too long, or is not installed."""

    code = "vision_failed"
    text = "照片里的字暂时读不出来，不影响提交；请手动填写。"


class Vision(Protocol):
    """Reads pictures."""

    async def look(self, picture: bytes) -> Seen:
        """Return what a JPEG, PNG or WebP picture shows. Raises: VisionFailed."""
        ...


class VisionProcess:
    """Hands pictures, one at a time, to `python -m core.vision_process`; about 350 MB while it runs.

    A picture that takes longer than `limit_s` ends the process; the next one starts it again. Idle for `idle_s`,
    it ends too.
    """

    def __init__(self, *, limit_s: float = LIMIT_S, idle_s: float = IDLE_S) -> None:
        """Start nothing yet."""
        self._limit, self._idle = limit_s, idle_s
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None
        self._last: set[asyncio.Task[None]] = set()

    async def look(self, picture: bytes) -> Seen:
        """Return what a picture shows.

        Raises:
            VisionFailed: the process died or took longer than the limit.
        """
        async with self._turn:
            if self._ending is not None:
                self._ending.cancel()
            try:
                async with asyncio.timeout(self._limit):
                    answer = await self._asked(picture)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
                await self._end()
                raise VisionFailed(reason=type(error).__name__) from error
            self._ending = asyncio.get_running_loop().call_later(self._idle, self._rest)
        if "failed" in answer:
            raise VisionFailed(reason=str(answer["failed"]))
        return seen(answer)

    async def close(self) -> None:
        """End the process."""
        async with self._turn:
            if self._ending is not None:
                self._ending.cancel()
            await self._end()

    async def _asked(self, picture: bytes) -> dict[str, Any]:
        process = await self._started()
        assert process.stdin is not None  # noqa: S101 (it was opened as a pipe)
        assert process.stdout is not None  # noqa: S101 (it was opened as a pipe)
        process.stdin.write(HEADER.pack(len(picture)) + picture)
        await process.stdin.drain()
        (size,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
        answer: dict[str, Any] = json.loads(await process.stdout.readexactly(size))
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "core.vision_process",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=HERE,
                env=environment | {"OMP_NUM_THREADS": "1"},
            )
        return self._process

    def _rest(self) -> None:
        task = asyncio.create_task(self.close())
        self._last.add(task)
        task.add_done_callback(self._last.discard)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def seen(answer: dict[str, Any]) -> Seen:
    """Return the process's answer as values."""
    return Seen(
        codes=tuple(str(code) for code in answer["codes"]),
        lines=tuple(
            Line(str(text), float(score), (int(box[0]), int(box[1]), int(box[2]), int(box[3])))
            for text, score, box in answer["lines"]
        ),
    )
