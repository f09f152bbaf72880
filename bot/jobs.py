"""What the conversation does by itself: write its memory, fetch photographs, sweep old replies."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from bot import memory, pending, seen
from bot.memory import Memory
from bot.pending import Awaited, MediaStatus
from bot.wechat import media
from bot.wechat.client import WechatClient
from complaints.services import drafting, handling
from core import files
from core.database import Database
from core.errors import AppError, InvalidInput
from core.files import FileStore
from core.work import SYSTEM, Actor, ActorKind, Work
from scheduler.messages import TextMessage
from scheduler.services import outbox

LOG = logging.getLogger(__name__)

NOT_KEPT = "刚才那张照片没有保存成功：{reason}请再发一次。"


async def flush(database: Database, remembered: Memory) -> None:
    """Write what plain questions left in memory; on failure it is logged and that second of it is lost."""
    topics, questions = remembered.take()
    if topics or questions:
        await database.work(SYSTEM, memory.write, topics=topics, questions=questions)


async def sweep(database: Database) -> None:
    """Remove replies no retry will ask for."""
    await database.work(SYSTEM, seen.sweep)
