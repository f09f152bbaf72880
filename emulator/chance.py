"""Seeded chance and virtual time: the same seed and clock make the same ids and answers."""

import random
import string
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_LETTERS = string.ascii_letters + string.digits
_TOKEN = _LETTERS + "-_"


class Time:
    """The platform's clock: the machine's, pushed forward by what a test or a person asked."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self.ahead_s = 0.0

    def now(self) -> float:
        """Return the platform's time in seconds since 1970."""
        return self._source() + self.ahead_s

    def stamp(self) -> int:
        """Return the time that goes on signatures: never pushed forward, for the backend's clock is not ours."""
        return int(self._source())

    def day(self) -> str:
        """Return the day in Asia/Shanghai, at whose midnight quotas begin again."""
        return datetime.fromtimestamp(self.now(), SHANGHAI).date().isoformat()


class Chance:
    """Ids and nonces from one seed. Message numbers start at the clock: a restarted platform repeats none."""

    def __init__(self, seed: int, time: Time) -> None:
        self._random = random.Random(seed)
        self._number = int(time.now() * 1000) * 1_000_000

    def number(self) -> int:
        """Return the next message number: 64 bits, rising."""
        self._number += self._random.randint(1, 4096)
        return self._number

    def text(self, length: int, alphabet: str = _TOKEN) -> str:
        """Return letters, digits, minus and underscore."""
        return "".join(self._random.choices(alphabet, k=length))

    def digits(self, length: int) -> str:
        """Return a decimal number that does not begin with zero."""
        return str(self._random.randint(10 ** (length - 1), 10**length - 1))

    def prefix(self) -> bytes:
        """Return the 16 printable bytes a sealed message begins with."""
        return self.text(16, _LETTERS).encode()

    def rid(self, now: float) -> str:
        """Return a request id in the platform's form."""
        parts = (f"{int(now):08x}", self.text(8, "0123456789abcdef"), self.text(8, "0123456789abcdef"))
        return "-".join(parts)
