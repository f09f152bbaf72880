"""Sends messages over kept connections, and reads from the kernel what CPU a server spent on them."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

CONNECTIONS = 16


async def send(port: int, requests: Iterable[bytes]) -> None:
    """Send each request over one of sixteen kept connections and read its whole answer.

    Raises:
        RuntimeError: an answer is not 200.
    """
    todo = iter(requests)
    await asyncio.gather(*(_Line(port).ask(todo) for _ in range(CONNECTIONS)))


class _Line:
    """One connection, opened again where the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def ask(self, todo: Iterator[bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for request in todo:
            writer.write(request)
            if await _answered(reader):
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.close()


async def _answered(reader: asyncio.StreamReader) -> bool:
    """Read one answer; true when the server closes the connection after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head[:200])
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    await reader.readexactly(int(fields[b"content-length"]))
    return fields.get(b"connection") == b"close"


def cpu(pid: int) -> float:
    """Return the CPU seconds of a process, all its threads and its living children, to the nanosecond."""
    spent = time.clock_gettime(
        (~pid << 3) | 2
    )  # the kernel's clock of another process, clock_getcpuclockid(3)
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return spent + sum(cpu(int(child)) for child in children)
