"""A sender in a process of its own: claims everything, lets the carrier take the first, and is killed before it settles."""

import os
import signal
import sys
from pathlib import Path

from core.database import Database
from core.privacy import Vault
from core.settings import DatabaseSettings
from core.work import SYSTEM
from scheduler.services import delivery
from tests.fakes import CountingIds, HandClock
from tests.scheduler.test_delivery import TERMS


def main(url: str, taken: Path) -> None:
    """Write the key that the carrier took to `taken`, then die."""
    ids = CountingIds()
    ids.count = 5_000_000
    vault = Vault(encryption_key=b"e" * 32, index_key=b"i" * 32, ids=CountingIds())
    database = Database(DatabaseSettings(url=url), clock=HandClock(), ids=ids, vault=vault)
    parcels = database.work_now(SYSTEM, delivery.claim, terms=TERMS)
    taken.write_text(parcels[0].key)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
