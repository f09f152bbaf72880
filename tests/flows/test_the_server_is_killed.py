"""kill -9 in the middle of an intake: what was acknowledged is there after the restart."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from tests.flows.conftest import ROOT, free_port

pytestmark = pytest.mark.timeout(180)


async def test_an_intake_goes_on_after_kill_9(tmp_path: Path) -> None:
    port, platform = free_port(), free_port()
    environ = {key: value for key, value in os.environ.items() if not key.startswith("QUANHENG__")} | {
        "QUANHENG__SERVER__PORT": str(port),
        "QUANHENG__DATABASE__URL": f"sqlite:///{tmp_path}/quanheng.db",
        "QUANHENG__FILES__ROOT": str(tmp_path / "files"),
        "QUANHENG__EMULATOR__PORT": str(platform),
        "QUANHENG__EMULATOR__STORAGE": str(tmp_path / "media"),
        "QUANHENG__WECHAT__API_BASE": f"http://127.0.0.1:{platform}",
        "PYTHONPATH": str(ROOT),
    }
    await asyncio.to_thread(_prepare, tmp_path, environ)
    without_child = environ | {"QUANHENG__EMULATOR__ENABLED": "false"}
    emulator = _start(["-m", "emulator"], tmp_path, environ)
    serve = [str(ROOT / "server.py"), "--config", str(ROOT / "config.yaml"), "serve"]
    server = _start(serve, tmp_path, without_child)
    try:
        async with aiohttp.ClientSession() as http:
            await _answers(http, f"http://127.0.0.1:{port}/healthz")
            await _answers(http, f"http://127.0.0.1:{platform}/control/state")
            say = _teller(http, f"http://127.0.0.1:{platform}")
            assert "买的是什么" in await say("我要投诉老王海鲜")
            assert "多少分量" in await say("皮皮虾")
            server.send_signal(signal.SIGKILL)
            server.wait()
            server = _start(serve, tmp_path, without_child)
            await _answers(http, f"http://127.0.0.1:{port}/healthz")
            heard = await say("3斤")
            assert "1,500 克" in heard
            assert "重新称" in heard
    finally:
        for process in (server, emulator):
            process.terminate()
            process.wait(15)


def _prepare(folder: Path, environ: dict[str, str]) -> None:
    for command in ("migrate", "demo"):
        words = [sys.executable, str(ROOT / "server.py"), "--config", str(ROOT / "config.yaml"), command]
        subprocess.run(words, cwd=folder, env=environ, check=True)


def _start(words: list[str], folder: Path, environ: dict[str, str]) -> subprocess.Popen[bytes]:
    (folder / "config.yaml").write_bytes((ROOT / "config.yaml").read_bytes())
    with (folder / f"log-{words[-1]}-{time.monotonic_ns()}").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=folder,
            env=environ,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )


async def _answers(http: aiohttp.ClientSession, url: str) -> None:
    for _ in range(300):
        try:
            async with http.get(url) as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def _teller(http: aiohttp.ClientSession, platform: str) -> Callable[[str], Awaitable[str]]:
    openid = "oQHdemo_citizen_wangxiuying"
    seen = 0

    async def say(text: str) -> str:
        nonlocal seen
        await http.post(f"{platform}/control/send", json={"openid": openid, "kind": "text", "content": text})
        async with http.get(f"{platform}/control/conversations/{openid}?after={seen}") as answer:
            entries = (await answer.json())["entries"]
        seen = entries[-1]["seq"]
        return "\n".join(
            str(entry.get("text") or entry.get("content", ""))
            for entry in entries
            if entry["side"] == "theirs"
        )

    return say
