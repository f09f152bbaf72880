"""The platform's signature and AES envelope, with the keys prepared once."""

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bot.errors import BadCallback

BLOCK = 32
PREFIX = 16
LENGTH = 4
_PADS = tuple(bytes([size]) * size for size in range(BLOCK + 1))


def signature(*parts: str) -> str:
    """Return the SHA-1 of the sorted parts, in hex. Source: service account documentation, push, URL verification."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    """Compare in constant time; the platform signs in lower-case hex."""
    return hmac.compare_digest(given.encode(), signature(*parts).encode())


class Seal:
    """AES-256-CBC under one EncodingAESKey for one app.

    Source: service account documentation, push, message encryption: 16 random bytes, length (4 bytes, big-endian),
    message, app id; PKCS#7 to 32; the key's first half is the initial vector.
    """

    __slots__ = ("_app_id", "_cipher")

    def __init__(self, encoding_aes_key: str, app_id: str) -> None:
        """Take the 43 characters of the platform's console.

        Raises:
            ValueError: the key is not base64 of 32 bytes.
        """
        key = base64.b64decode(encoding_aes_key + "=", validate=True)
        if len(key) != BLOCK:
            raise ValueError("an EncodingAESKey has 43 characters")
        self._cipher = Cipher(AES(key), CBC(key[:PREFIX]))
        self._app_id = app_id.encode()

    def close(self, message: bytes, prefix: bytes) -> str:
        """Return `message` sealed behind `prefix`, 16 bytes nobody can guess, as base64."""
        full = prefix + len(message).to_bytes(LENGTH, "big") + message + self._app_id
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(full + _PADS[BLOCK - len(full) % BLOCK]) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def open(self, sealed: str) -> bytes:
        """Return the message.

        Raises:
            BadCallback: base64, length, padding or the app id is wrong.
        """
        try:
            cipher = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadCallback(step="decrypt", reason="not base64") from error
        if not cipher or len(cipher) % BLOCK:
            raise BadCallback(step="decrypt", reason="length is no multiple of 32")
        decryptor = self._cipher.decryptor()
        return self._message(decryptor.update(cipher) + decryptor.finalize())

    def _message(self, padded: bytes) -> bytes:
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or not padded.endswith(_PADS[pad]):
            raise BadCallback(step="decrypt", reason="padding is wrong")
        begin = PREFIX + LENGTH
        end = begin + int.from_bytes(padded[PREFIX:begin], "big")
        if end > len(padded) - pad or padded[end : len(padded) - pad] != self._app_id:
            raise BadCallback(step="decrypt", reason="length or app id is wrong")
        return padded[begin:end]


@lru_cache(maxsize=8)
def seals(app_id: str, current: str, previous: str) -> tuple[Seal, ...]:
    """Return the seals a callback may be under: the current key's first, then the previous one's while it is kept."""
    return tuple(Seal(key, app_id) for key in (current, previous) if key)
