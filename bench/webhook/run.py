"""Send the same signed, sealed questions to four servers in turn and compare the CPU each spends on one."""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.environment import ready
from bench.webhook import load, messages

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS, WARM, REQUESTS = 9, 600, 3000
SETTLED_S, WRITTEN_S = 5.0, 1.5


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    def spends(self, texts: Iterator[str]) -> float:
        """Return the CPU seconds per answered message, with what is written behind the answers."""
        requests = messages.requests(texts, REQUESTS)
        before = load.cpu(self.process.pid)
        asyncio.run(load.send(self.port, requests))
        time.sleep(WRITTEN_S)
        return (load.cpu(self.process.pid) - before) / REQUESTS


def main() -> str:
    """Start every server, send to each in turn, round after round, and return the table of medians."""
    python = ready("webhook", HERE / "requirements.lock")
    with ExitStack() as stack:
        bare, wechatpy, werobot = (
            stack.enter_context(_peer(python, name)) for name in ("bare.py", "echo_wechatpy.py", "gunicorn")
        )
        ours = stack.enter_context(_ours())
        rows: dict[str, tuple[Served, Iterator[str]]] = {
            "aiohttp, bare handler": (bare, messages.repeated()),
            "wechatpy AES echo on aiohttp": (wechatpy, messages.repeated()),
            "WeRoBot AES echo under gunicorn": (werobot, messages.repeated()),
            "ours: real answers, everything on": (ours, messages.repeated()),
            "ours, every question new": (ours, messages.unheard()),
        }
        for server, texts in rows.values():
            asyncio.run(load.send(server.port, messages.requests(texts, WARM)))
        time.sleep(SETTLED_S)
        rounds = [
            {name: server.spends(texts) for name, (server, texts) in rows.items()} for _ in range(ROUNDS)
        ]
    return table(rounds)


def table(rounds: Sequence[Mapping[str, float]]) -> str:
    """Return costs and ratios as a table: each ratio within its round, the median over rounds."""
    names = list(rounds[0])
    lines = [
        f"| server | CPU per request, µs (median of {len(rounds)}) | ratio (lowest to highest) |",
        "|---|---|---|",
    ]
    for name in names:
        ratios = [one[name] / one[names[0]] for one in rounds]
        middle = statistics.median(one[name] for one in rounds) * 1e6
        spread = f" ({min(ratios):.1f} to {max(ratios):.1f})" if name != names[0] else ""
        lines.append(f"| {name} | {middle:.0f} | {statistics.median(ratios):.1f}{spread} |")
    return "\n".join(lines)


@contextmanager
def _peer(python: Path, name: str) -> Iterator[Served]:
    port, servers = free_port(), HERE / "servers"
    command = [str(python), str(servers / name), str(port)]
    if name == "gunicorn":
        bind = ["-b", f"127.0.0.1:{port}", "-w", "1", "--chdir", str(servers)]
        command = [str(python), "-m", "gunicorn", *bind, "--log-level", "warning", "echo_werobot:app"]
    with served(command, port, {"BENCH_ACCOUNT": json.dumps(messages.ACCOUNT)}) as running:
        yield running


@contextmanager
def _ours() -> Iterator[Served]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = settings(Path(folder), port)
        for step in ("migrate", "demo"):
            done = subprocess.run(
                [sys.executable, "server.py", step],
                cwd=ROOT,
                env=os.environ | environment,
                check=False,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise RuntimeError(done.stderr[-2000:])
        with served([sys.executable, "server.py", "serve"], port, environment) as running:
            yield running


def settings(folder: Path, port: int) -> dict[str, str]:
    """Return the environment of our server for a benchmark: SQLite in `folder`, the account of the messages."""
    return {
        "QUANHENG__SERVER__PORT": str(port),
        "QUANHENG__DATABASE__URL": f"sqlite:///{folder}/bench.db",
        "QUANHENG__FILES__ROOT": f"{folder}/files",
        "QUANHENG__EMULATOR__ENABLED": "false",
        "QUANHENG__WECHAT__TOKEN": messages.ACCOUNT["token"],
        "QUANHENG__WECHAT__ENCODING_AES_KEY": messages.ACCOUNT["aes_key"],
        "QUANHENG__WECHAT__APP_ID": messages.ACCOUNT["app_id"],
    }


@contextmanager
def served(command: Sequence[str], port: int, settings: Mapping[str, str]) -> Iterator[Served]:
    """Run a server while the block runs; it answers on `port` when the block begins."""
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log)
        try:
            _wait(process, port, Path(log.name))
            yield Served(process, port)
        finally:
            process.terminate()
            process.wait(15)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(log.read_text(errors="replace")[-2000:])
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
