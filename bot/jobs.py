"""What the conversation does by itself: write its memory, fetch photographs, sweep old replies."""

import asyncio
import logging
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from bot import memory, pending, seen
from bot.memory import Memory
from bot.pending import Awaited, MediaStatus
from bot.wechat import media
from bot.wechat.client import WechatClient
from complaints.queries import mine
from complaints.services import citizens, drafting
from core import files
from core.database import Database
from core.errors import AppError, InvalidInput
from core.files import FileStore, Prepared
from core.work import SYSTEM, Actor, ActorKind, Work
from knowledge.services import asking
from scheduler.messages import TextMessage
from scheduler.services import outbox

LOG = logging.getLogger(__name__)


async def flush(database: Database, remembered: Memory) -> None:
    """Write what plain questions left in memory; on failure it is logged and that second of it is lost."""
    topics, questions = remembered.take()
    if topics or questions:
        await database.work(SYSTEM, memory.write, topics=topics, questions=questions)


async def sweep(database: Database) -> None:
    """Remove replies no retry will ask for, and questions of last year."""
    await database.work(SYSTEM, seen.sweep)
    await database.work(SYSTEM, asking.sweep)


@dataclass(frozen=True, slots=True)
class Photographs:
    """Fetches awaited photographs: claim, download and prepare outside any transaction, keep, attach."""

    database: Database
    client: WechatClient
    store: FileStore
    compute: Executor

    async def fetch(self) -> int:
        """Fetch what is awaited now; return how many were tried."""
        claimed = await self.database.work(SYSTEM, pending.claim)
        await asyncio.gather(*(self._one(photo) for photo in claimed))
        return len(claimed)

    async def _one(self, photo: Awaited) -> None:
        try:
            data = await media.download(self.client, photo.media_id, limit=self.store.limits.max_bytes)
            prepared = await self._computed(data)
        except InvalidInput as error:
            await self.database.work(SYSTEM, _given_up, photo=photo, reason=error.text)
        except AppError as error:
            LOG.warning("photograph not fetched", extra={"code": error.code, "attempts": photo.attempts})
            if photo.attempts >= pending.MAX_ATTEMPTS or not error.retryable:
                await self.database.work(SYSTEM, _given_up, photo=photo, reason="照片没有取到，")
            else:
                await self.database.work(SYSTEM, pending.retry, id=photo.id, error=error.code)
        else:
            actor = Actor(ActorKind.CITIZEN, id=photo.openid)
            await self.database.work(actor, _attached, photo=photo, prepared=prepared)

    async def _computed(self, data: bytes) -> Prepared:
        loop = asyncio.get_running_loop()
        prepared = await loop.run_in_executor(self.compute, partial(files.prepare, data, self.store.limits))
        await loop.run_in_executor(self.compute, self.store.keep, prepared)
        return prepared


def _attached(work: Work, *, photo: Awaited, prepared: Prepared) -> None:
    file_id = files.register(work, prepared=prepared)
    status = MediaStatus.KEPT
    filed = [case for case in mine.mine(work, openid=photo.openid) if case.received_at >= photo.received_at]
    if drafting.current(work, openid=photo.openid) is not None:
        drafting.attach(work, openid=photo.openid, file_id=file_id)
    elif filed:
        citizens.add_photo(work, openid=photo.openid, number=filed[0].number, file_id=file_id)
    else:
        status = MediaStatus.LOOSE
    pending.settle(work, id=photo.id, status=status)


def _given_up(work: Work, *, photo: Awaited, reason: str) -> None:
    pending.settle(work, id=photo.id, status=MediaStatus.FAILED, error=reason)
    outbox.enqueue(
        work,
        channel="wechat",
        recipient=photo.openid,
        message=TextMessage(f"刚才那张照片没有保存成功：{reason}请再发一次。"),
        dedup_key=f"photo:{photo.id}:failed",
    )
