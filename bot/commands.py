"""`python -m bot`: ask one question or many, read free text as the intake does, talk in the terminal, replay a story."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from bot.conversation import Conversations
from bot.dialogs import plain
from bot.memory import Memory
from bot.messages import Inbound, InboundKind, Reply
from bot.scene import Scene
from bot.turns import Kind, Topic, Turn
from complaints.rules.understanding import flat, understand
from core.clock import SHANGHAI, Clock
from core.database import Database
from core.errors import InvalidInput
from core.text import key

REPORT_FIRST = "好的，我们一步一步来。先说是哪一家、买了什么，我再接着问。"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the commands stand on, wired by the composition root."""

    database: Database
    clock: Clock
    scene: Callable[[], Scene]


def main(argv: Sequence[str], ground: Callable[[], Ground]) -> int:
    """Run a subcommand; `ground` is only opened by those that need the database."""
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="one stateless question through the whole answering path")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--batch", type=Path)
    extract = commands.add_parser("extract", help="what the intake understands of free text")
    extract.add_argument("text", nargs="?")
    extract.add_argument("--now", required=True, type=datetime.fromisoformat)
    extract.add_argument("--batch", type=Path)
    commands.add_parser("chat", help="a chat in the terminal")
    replay = commands.add_parser("replay", help="a scripted conversation checked line by line")
    replay.add_argument("story", type=Path)
    options = parser.parse_args(argv)
    match options.command:
        case "ask":
            return _ask(options, ground())
        case "extract":
            return _extract(options)
        case "chat":
            return asyncio.run(_chat(ground()))
        case _:
            return asyncio.run(_replay(_story(options.story), Path(options.story).stem, ground()))


def as_json(turn: Turn, *, identifier: object = None) -> dict[str, object]:
    """Return a turn in the form of `ask --json`; `text` is exactly what the citizen reads."""
    plain_form: dict[str, object] = {} if identifier is None else {"id": identifier}
    return plain_form | {
        "kind": turn.kind.value,
        "text": printed(turn.reply),
        "citations": [{"law": cite.law, "article": cite.article} for cite in turn.citations],
        "entry_id": turn.entry_id,
        "confidence": round(turn.confidence, 3),
        "candidates": list(turn.candidates),
    }


def printed(reply: Reply) -> str:
    """Return a reply as lines of a terminal: the text, what can be said, the pages."""
    lines = [reply.text]
    if reply.chips:
        lines.append(" ".join(f"[{chip.label}]" for chip in reply.chips))
    lines += [f"{link.label}：{link.url}" for link in reply.links]
    return "\n".join(lines)


def _ask(options: argparse.Namespace, ground: Ground) -> int:
    if options.batch:
        for line in _lines(options.batch):
            print(
                json.dumps(
                    as_json(_answer(ground, str(line["q"])), identifier=line["id"]), ensure_ascii=False
                )
            )
        return 0
    if not options.question:
        raise InvalidInput("请给出问题，例如：python -m bot ask 电子秤多久检一次")
    turn = _answer(ground, options.question)
    print(json.dumps(as_json(turn), ensure_ascii=False) if options.json else printed(turn.reply))
    return 0


def _answer(ground: Ground, question: str) -> Turn:
    scene = ground.scene()
    question = plain.spoken(question, Topic(), scene)
    if plain.wants_report(question):
        return Turn(Kind.INTAKE, Reply(REPORT_FIRST), confidence=1.0)
    return ground.database.read_now(plain.answered, question, openid="", scene=scene, topic=Topic())


def _extract(options: argparse.Namespace) -> int:
    now = options.now if options.now.tzinfo else options.now.replace(tzinfo=SHANGHAI)
    if options.batch:
        for line in _lines(options.batch):
            facts = flat(understand(str(line["text"]), now=now))
            print(json.dumps({"id": line["id"], **facts}, ensure_ascii=False))
        return 0
    if not options.text:
        raise InvalidInput("请给出要读的话。")
    print(json.dumps(flat(understand(options.text, now=now)), ensure_ascii=False))
    return 0


def _lines(path: Path) -> Iterator[dict[str, object]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _row(line, path, number)
    except FileNotFoundError as error:
        raise InvalidInput(f"找不到文件 {path}") from error


def _row(line: str, path: Path, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InvalidInput(f"{path} 第 {number} 行不是 JSON") from error
    if not isinstance(row, dict) or "id" not in row or not ({"q", "text"} & set(row)):
        raise InvalidInput(f'{path} 第 {number} 行应当像 {{"id": 1, "q": "……"}}')
    return row


class _Talk:
    """A conversation without the platform, for the terminal and for stories."""

    def __init__(self, ground: Ground, *, openid: str) -> None:
        self._conversations = Conversations(
            ground.database, scene=ground.scene, remembered=Memory(), clock=ground.clock
        )
        self._openid, self._count, self._start = openid, 0, ground.clock.now().timestamp()

    async def say(self, text: str) -> str:
        self._count += 1
        inbound = Inbound(
            key=f"{self._openid}:{self._start}:{self._count}",
            openid=self._openid,
            kind=InboundKind.TEXT,
            text=text,
        )
        reply = await self._conversations.converse(inbound)
        return printed(reply) if reply else ""


async def _chat(ground: Ground) -> int:
    talk = _Talk(ground, openid="terminal")
    print("直接打字，回车发送；Ctrl-D 结束。")
    while True:
        try:
            text = await asyncio.to_thread(input, "> ")
        except EOFError:
            return 0
        print(await talk.say(text))


def _story(path: Path) -> list[dict[str, object]]:
    try:
        story = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InvalidInput(f"找不到文件 {path}") from error
    if not isinstance(story, list) or not all(isinstance(step, dict) and "say" in step for step in story):
        raise InvalidInput(f"{path} 应当是若干步，每步有 say，可有 expect 与 refuse")
    return story


async def _replay(story: list[dict[str, object]], name: str, ground: Ground) -> int:
    talk = _Talk(ground, openid=f"story-{key(name)}")
    failures = 0
    for number, step in enumerate(story, 1):
        reply = await talk.say(str(step["say"]))
        missing = [words for words in _words(step, "expect") if words not in reply]
        wrong = [words for words in _words(step, "refuse") if words in reply]
        if missing or wrong:
            failures += 1
            print(f"第 {number} 步“{step['say']}”：缺 {missing}，多 {wrong}，实际：{reply}", file=sys.stderr)
    print(f"{len(story) - failures} passed, {failures} failed")
    return 1 if failures else 0


def _words(step: dict[str, object], name: str) -> list[str]:
    found = step.get(name, [])
    return [str(word) for word in found] if isinstance(found, list) else [str(found)]
