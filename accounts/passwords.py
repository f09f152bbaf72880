"""Passwords: argon2id, slow on purpose, computed away from any transaction."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.errors import WeakPassword

MIN_LENGTH = 12
COMMON = frozenset({"password1234", "123456789012", "qwertyuiop12", "quanheng1234", "111111111111"})

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    """Return the argon2id hash of `password` (19 MiB, t=2, p=1: OWASP's floor)."""
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether `password` has this hash; without a hash the same time is spent and the answer is no."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def check_strength(password: str, *, username: str) -> None:
    """Refuse what is guessed first.

    Raises:
        WeakPassword: shorter than 12 characters, the user name itself, or one of the common ones.
    """
    lowered = password.lower()
    if (
        len(password) < MIN_LENGTH
        or lowered in COMMON
        or username.lower() in {lowered, lowered[: len(username)]}
    ):
        raise WeakPassword
