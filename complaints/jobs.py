"""What happens to reports by itself: photographs are read once they are kept."""

import asyncio
import logging
from concurrent.futures import Executor
from dataclasses import dataclass

from complaints.services import readings
from complaints.services.readings import Waiting
from core.database import Database
from core.errors import AppError
from core.files import FileStore
from core.vision import Vision
from core.work import SYSTEM

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Readers:
    """Reads waiting photographs: claim, look outside any transaction, keep what was seen."""

    database: Database
    store: FileStore
    vision: Vision
    compute: Executor
    public_url: str

    async def read(self) -> int:
        """Read what waits now, one after the other; return how many were tried."""
        if not await self.database.read(readings.any_due):
            return 0
        claimed = await self.database.work(SYSTEM, readings.claim)
        for photo in claimed:
            await self._one(photo)
        return len(claimed)

    async def _one(self, photo: Waiting) -> None:
        loop = asyncio.get_running_loop()
        try:
            picture = await loop.run_in_executor(self.compute, self.store.view, photo.sha256)
            seen = await self.vision.look(picture)
        except AppError as error:
            LOG.warning("photograph not read", extra={"code": error.code, "attempts": photo.attempts})
            await self.database.work(SYSTEM, readings.give_up, file_id=photo.file_id)
        else:
            await self.database.work(
                SYSTEM, readings.keep, file_id=photo.file_id, seen=seen, public_url=self.public_url
            )
