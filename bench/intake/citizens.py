"""Citizens who report short weight in chat: each answers what is asked until told a number."""

import asyncio
import re
import time
from dataclasses import dataclass, field

from bench.webhook import messages

CONNECTIONS = 64
MOST_TURNS = 24
TOLD = re.compile(r"JL[0-9A-Z]{12}")
STORY = "我要投诉老王海鲜，昨天在历下区买了3斤皮皮虾，回家一称只有2斤4两，68块一斤"
# What is asked, and what is answered; the first that fits.
ANSWERS = (
    (re.compile(r"说“提交”"), "提交"),
    (re.compile(r"姓名"), "王小明 13800001234 济南市历下区文化东路1号"),
    (re.compile(r"照片"), "没有"),
    (re.compile(r"什么秤|怎么复称"), "公平秤"),
    (re.compile(r"您说的是哪一家"), "1"),
    (re.compile(r"解决|诉求|希望"), "补足分量"),
    (re.compile(r"哪一家|店名"), "老王海鲜"),
    (re.compile(r"区县"), "历下区"),
    (re.compile(r"投诉还是举报|都要"), "投诉"),
    (re.compile(r"单价|多少钱"), "68一斤"),
    (re.compile(r"哪天|什么时候"), "昨天"),
    (re.compile(r"小票|凭证"), "有"),
    (re.compile(r"同意"), "不同意"),
)


@dataclass(slots=True)
class Crowd:
    """What a crowd of citizens met: seconds of every turn, numbers told, turns answered later."""

    turns: list[float] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)
    later: int = 0


async def report(port: int, people: int) -> Crowd:
    """Let `people` citizens report at the same time over 64 kept connections."""
    crowd, wires = Crowd(), asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]()
    for _ in range(CONNECTIONS):
        wires.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    await asyncio.gather(*(_one(crowd, wires, number, people) for number in range(people)))
    while not wires.empty():
        wires.get_nowait()[1].close()
    return crowd


async def _one(
    crowd: Crowd,
    wires: "asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]",
    number: int,
    people: int,
) -> None:
    say = STORY
    for _ in range(MOST_TURNS):
        wire = await wires.get()
        begun = time.perf_counter()
        try:
            body = await _sent(wire, messages.request(say, number, people=people))
        finally:
            wires.put_nowait(wire)
        crowd.turns.append(time.perf_counter() - begun)
        answer = messages.opened(body)
        if found := TOLD.search(answer):
            crowd.numbers[number] = found.group()
            return
        if not answer:
            crowd.later += 1
            await asyncio.sleep(1)
            say = "我的投诉"
            continue
        say = _next(answer)


def _next(answer: str) -> str:
    asked = answer.rsplit("\n\n", maxsplit=1)[-1]
    for pattern, say in ANSWERS:
        if pattern.search(asked):
            return say
    return next((say for pattern, say in ANSWERS if pattern.search(answer)), "继续")


async def _sent(wire: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> bytes:
    reader, writer = wire
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head[:200])
    length = int(re.search(rb"(?i)content-length: *(\d+)", head).group(1))  # type: ignore[union-attr]  # always sent
    return await reader.readexactly(length)


async def insert(port: int, requests: int) -> list[float]:
    """Send as many requests to the peer; return the seconds of each."""
    todo, spent = iter(range(requests)), list[float]()

    async def wire() -> None:
        opened = await asyncio.open_connection("127.0.0.1", port)
        for number in todo:
            begun = time.perf_counter()
            await _sent(opened, messages.request(STORY, number))
            spent.append(time.perf_counter() - begun)
        opened[1].close()

    await asyncio.gather(*(wire() for _ in range(CONNECTIONS)))
    return spent
