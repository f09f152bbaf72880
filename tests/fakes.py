"""Real fakes: a clock set by hand, and chance that counts."""

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class HandClock:
    """A clock that moves only when told to."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self.moment = start

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


class CountingIds:
    """Chance that counts: the same ids in the same order every time."""

    def __init__(self) -> None:
        self.count = 0

    def _next(self) -> int:
        self.count += 1
        return self.count

    def token(self, length: int = 32) -> str:
        return f"token{self._next():0{max(length, 6)}d}"

    def readable(self, length: int) -> str:
        digits = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
        number, text = self._next(), ""
        for _ in range(length):
            number, place = divmod(number, len(digits))
            text = digits[place] + text
        return text

    def random_bytes(self, length: int) -> bytes:
        return self._next().to_bytes(length, "big")
