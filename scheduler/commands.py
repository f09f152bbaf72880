"""`python -m scheduler plan|dispatch|status`: the same jobs that tick in the service, by hand and any number at once."""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from core.work import SYSTEM
from scheduler import queries
from scheduler.jobs import Tools, deliver_all, plan_now
from scheduler.rules import OutboxStatus

GONE = frozenset({OutboxStatus.SENT.value, OutboxStatus.DELIVERED.value})
WORDS = {"due": "应提醒", "sent": "已发送", "suppressed": "不发送", "failed": "未送达", "pending": "待发送"}


async def main(argv: Sequence[str], tools: Tools) -> int:
    """Run one command; return 0 when it is done, 1 when the carrier took nothing of what there was to send.

    A wrong command leaves with status 2 before anything is touched.
    """
    arguments = _parser().parse_args(argv)
    match arguments.command:
        case "plan":
            return await _plan(tools, as_json=arguments.json)
        case "dispatch":
            return await _dispatch(tools, as_json=arguments.json)
        case _:
            return await _status(tools, as_json=arguments.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description="到期提醒：编制、发送、核对")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (
        ("plan", "编制到期提醒"),
        ("dispatch", "发送所有到时的消息"),
        ("status", "台账是否平衡"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


async def _plan(tools: Tools, *, as_json: bool) -> int:
    planned = await asyncio.to_thread(plan_now, tools)
    line = f"新增提醒 {planned.filled} 条，进入发件箱 {planned.posted} 条，撤回 {planned.withdrawn} 条。"
    _say(asdict(planned), line, as_json=as_json)
    return 0


async def _dispatch(tools: Tools, *, as_json: bool) -> int:
    outcomes = await deliver_all(tools)
    left = await tools.database.read(queries.waiting)
    _say({"outcomes": dict(outcomes), "waiting": left}, _told(outcomes, left), as_json=as_json)
    if outcomes and left and not any(outcomes[status] for status in GONE):
        _complain("微信平台没有收下任何一条消息，稍后会自动重试；请检查网络与公众号配置。")
        return 1
    return 0


async def _status(tools: Tools, *, as_json: bool) -> int:
    found = await tools.database.read_as(SYSTEM, queries.balance)
    line = "，".join(f"{WORDS[name]} {count}" for name, count in asdict(found).items())
    _say(asdict(found), line + "。", as_json=as_json)
    if not found.holds:
        _complain("台账不平衡，请联系运维人员。")
        return 1
    return 0


def _told(outcomes: Counter[str], left: int) -> str:
    gone = sum(outcomes[status] for status in GONE)
    given_up = sum(
        outcomes[status.value] for status in (OutboxStatus.FAILED, OutboxStatus.DEAD, OutboxStatus.UNKNOWN)
    )
    return f"已发送 {gone} 条，未能发送 {given_up} 条，仍在等待 {left} 条。"


def _say(facts: Mapping[str, object], line: str, *, as_json: bool) -> None:
    sys.stdout.write((json.dumps(facts, ensure_ascii=False) if as_json else line) + "\n")


def _complain(line: str) -> None:
    sys.stderr.write(line + "\n")
