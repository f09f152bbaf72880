"""Send the same signed, sealed questions to four servers and compare the CPU each spends on one."""

import asyncio
import base64
import hashlib
import json
import os
import secrets
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bench.environment import ready

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS, WARM, REQUESTS, CONNECTIONS, SETTLE_S = 3, 300, 3000, 16, 5
TICKS = os.sysconf("SC_CLK_TCK")

ACCOUNT = {
    "app_id": "wx5f0c7d31e4b82a96",
    "token": "benchtoken",
    "aes_key": base64.b64encode(bytes(range(32))).decode().rstrip("="),
}
QUESTIONS = (
    "电子秤多久检一次",
    "加油机多久检定一次",
    "家里水表几年要换",
    "菜市场必须放公平秤吗",
    "买的东西缺斤少两找谁",
    "举报可以匿名吗",
    "投诉以后几天有回信",
    "出租车计价器误差是多少",
    "充电桩要不要检定",
    "3斤虾回家只有2斤4两，68一斤",
    "秤超期没检会怎么样",
    "金首饰差多少算缺",
    "今天天气怎么样",
    "谢谢",
    "净含量没标能卖吗",
    "血压计多久检一次",
)


def main() -> str:
    """Run every server in turn, three rounds, and return the table."""
    python = ready("webhook", HERE / "requirements.lock")
    costs: dict[str, list[float]] = {name: [] for name in SERVERS}
    for _ in range(ROUNDS):
        for name, command in SERVERS.items():
            with _served(name, command(python)) as (process, port):
                costs[name].append(asyncio.run(_measured(process, port)))
    floor = statistics.median(costs["aiohttp, bare handler"])
    lines = ["| server | CPU per request, µs (median of 3) | ratio |", "|---|---|---|"]
    for name, found in costs.items():
        middle = statistics.median(found)
        lines.append(f"| {name} | {middle * 1e6:.0f} | {middle / floor:.1f} |")
    return "\n".join(lines)


def _script(name: str):
    return lambda python: [python, HERE / "servers" / name, "{port}"]


def _gunicorn(python: Path) -> list[object]:
    bind = ["-b", "127.0.0.1:{port}", "-w", "1", "--chdir", HERE / "servers"]
    return [python, "-m", "gunicorn", *bind, "--log-level", "warning", "echo_werobot:app"]


def _ours(_python: Path) -> list[object]:
    return [sys.executable, "server.py", "serve"]


SERVERS = {
    "aiohttp, bare handler": _script("bare.py"),
    "wechatpy AES echo on aiohttp": _script("echo_wechatpy.py"),
    "WeRoBot AES echo under gunicorn": _gunicorn,
    "ours: real answers, everything on": _ours,
}


@contextmanager
def _served(name: str, command: list[object]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = 18000 + secrets.randbelow(2000)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"BENCH_ACCOUNT": json.dumps(ACCOUNT)}
        if name.startswith("ours"):
            environment |= _settings(Path(folder), port)
            for step in (["migrate"], ["demo"]):
                subprocess.run(
                    [sys.executable, "server.py", *step],
                    cwd=ROOT,
                    env=environment,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
        words = [str(word).format(port=port) for word in command]
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=output, stderr=output)
            try:
                _wait(process, port, log)
                yield process, port
            finally:
                process.terminate()
                process.wait(15)


def _settings(folder: Path, port: int) -> dict[str, str]:
    return {
        "QUANHENG__SERVER__PORT": str(port),
        "QUANHENG__DATABASE__URL": f"sqlite:///{folder}/bench.db",
        "QUANHENG__FILES__ROOT": f"{folder}/files",
        "QUANHENG__EMULATOR__ENABLED": "false",
        "QUANHENG__WECHAT__TOKEN": ACCOUNT["token"],
        "QUANHENG__WECHAT__ENCODING_AES_KEY": ACCOUNT["aes_key"],
        "QUANHENG__WECHAT__APP_ID": ACCOUNT["app_id"],
    }


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import socket

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


async def _measured(process: subprocess.Popen[bytes], port: int) -> float:
    """Return the CPU seconds of the server and its children per answered request."""
    await _send(port, WARM)
    await asyncio.sleep(SETTLE_S)
    before = _cpu(process.pid)
    await _send(port, REQUESTS)
    return (_cpu(process.pid) - before) / REQUESTS


async def _send(port: int, count: int) -> None:
    todo = iter(range(count))

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in todo:
            writer.write(_request(number))
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head[:200])
            length = next(
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length")
            )
            await reader.readexactly(length)
            if b"connection: close" in head.lower():
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))


def _request(number: int) -> bytes:
    stamp, nonce = str(int(time.time())), secrets.token_hex(8)
    person = f"oBench{number % 200:022d}"
    xml = (
        f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[{person}]]></FromUserName>"
        f"<CreateTime>{stamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{QUESTIONS[number % len(QUESTIONS)]}]]></Content>"
        f"<MsgId>{time.time_ns()}</MsgId></xml>"
    )
    sealed = _seal(xml.encode())
    signature, inner = _sha1(stamp, nonce), _sha1(stamp, nonce, sealed)
    body = f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    path = (
        f"/wechat?signature={signature}&timestamp={stamp}&nonce={nonce}&openid={person}"
        f"&encrypt_type=aes&msg_signature={inner}"
    )
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _seal(message: bytes) -> str:
    key = base64.b64decode(ACCOUNT["aes_key"] + "=")
    full = secrets.token_bytes(16) + struct.pack(">I", len(message)) + message + ACCOUNT["app_id"].encode()
    pad = 32 - len(full) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(full + bytes([pad]) * pad) + encryptor.finalize()).decode()


def _sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted((ACCOUNT["token"], *parts))).encode()).hexdigest()


def _cpu(pid: int) -> float:
    """Return the CPU seconds of a process and its living children."""
    total = _own_cpu(pid)
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return total + sum(_cpu(int(child)) for child in children)


def _own_cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
