"""The only place that draws chance: identifiers and tokens."""

import base64
import os
import secrets
import threading
from typing import Protocol

POOL_BYTES = 4096
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class Ids(Protocol):
    """Draws identifiers nobody can guess."""

    def token(self, length: int = 32) -> str:
        """Return `length` random bytes as URL-safe text."""
        ...

    def readable(self, length: int) -> str:
        """Return `length` random characters that people cannot confuse (no 0/O, 1/I/L)."""
        ...

    def random_bytes(self, length: int) -> bytes:
        """Return `length` random bytes."""
        ...


class SystemIds:
    """Chance from the operating system, drawn 4 KiB at a time: asking for it costs more than using it.

    Each byte is used once, by one thread; a forked process begins with a draw of its own.
    """

    def __init__(self) -> None:
        """Draw nothing yet."""
        self._lock = threading.Lock()
        self._pool, self._used = b"", 0
        self._owner = 0

    def token(self, length: int = 32) -> str:
        """Return `length` random bytes as URL-safe text."""
        return base64.urlsafe_b64encode(self.random_bytes(length)).rstrip(b"=").decode()

    def readable(self, length: int) -> str:
        """Return `length` random characters that people cannot confuse (no 0/O, 1/I/L)."""
        return "".join(secrets.choice(READABLE) for _ in range(length))

    def random_bytes(self, length: int) -> bytes:
        """Return `length` random bytes."""
        with self._lock:
            begin = self._used
            if self._owner != os.getpid() or len(self._pool) < begin + length:
                self._pool, self._owner = secrets.token_bytes(max(POOL_BYTES, length)), os.getpid()
                begin = 0
            self._used = begin + length
            return self._pool[begin : begin + length]
