"""The only place that draws chance: identifiers and tokens."""

import secrets
from typing import Protocol

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
    """Chance from the operating system."""

    def token(self, length: int = 32) -> str:
        """Return `length` random bytes as URL-safe text."""
        return secrets.token_urlsafe(length)

    def readable(self, length: int) -> str:
        """Return `length` random characters that people cannot confuse (no 0/O, 1/I/L)."""
        return "".join(secrets.choice(READABLE) for _ in range(length))

    def random_bytes(self, length: int) -> bytes:
        """Return `length` random bytes."""
        return secrets.token_bytes(length)
