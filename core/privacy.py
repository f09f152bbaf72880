"""Personal data at rest and on display: field encryption, blind indexes, masking."""

import hashlib
import hmac
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import AppError
from core.ids import Ids

NONCE_BYTES = 12
VERSION = b"\x01"


class UnreadableField(AppError):
    """A sealed value does not open: wrong key, or it was moved or altered."""

    code = "unreadable_field"


class Vault:
    """Seals text under a key and the place it stands in, and indexes it without revealing it.

    AES-256-GCM; the associated data is the caller's `place` ("table.column"), so a value moved elsewhere does not
    open. Blind indexes are HMAC-SHA256 cut to 16 bytes under a key of their own.
    """

    def __init__(self, *, encryption_key: bytes, index_key: bytes, ids: Ids) -> None:
        """Take two keys of 32 bytes each."""
        self._cipher = AESGCM(encryption_key)
        self._index_key = index_key
        self._ids = ids

    def seal(self, text: str, *, place: str) -> bytes:
        """Return `text` sealed for `place`: version byte, nonce, ciphertext."""
        return self.seal_bytes(text.encode(), place=place)

    def unseal(self, sealed: bytes, *, place: str) -> str:
        """Return the text sealed for `place`.

        Raises:
            UnreadableField: the value was not sealed by this key for this place.
        """
        return self.unseal_bytes(sealed, place=place).decode()

    def seal_bytes(self, data: bytes, *, place: str) -> bytes:
        """Return `data` sealed for `place`."""
        nonce = self._ids.random_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, data, place.encode())

    def unseal_bytes(self, sealed: bytes, *, place: str) -> bytes:
        """Return the bytes sealed for `place`.

        Raises:
            UnreadableField: the value was not sealed by this key for this place.
        """
        if sealed[:1] != VERSION:
            raise UnreadableField(place=place)
        try:
            return self._cipher.decrypt(
                sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], place.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise UnreadableField(place=place) from error

    def index(self, value: str, *, purpose: str) -> str:
        """Return 32 hex digits by which equal values of one `purpose` find each other."""
        digest = hmac.new(self._index_key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()
        return digest[:32]


_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{4})\d{10}(\d{3}[0-9Xx])(?![0-9A-Za-z])")
_MAY_BE_PERSONAL = re.compile(r"1[3-9]\d{9}|\d{17}|o[0-9A-Za-z_-]{21}")
_OPENID = re.compile(r"(?<![0-9A-Za-z_-])(o[0-9A-Za-z_-]{5})[0-9A-Za-z_-]{16,26}(?![0-9A-Za-z_-])")


def masked_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def masked_name(name: str) -> str:
    """Return a personal name with all but its first character hidden: 王**."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def masked_text(text: str) -> str:
    """Return free text with telephone numbers, identity numbers and openids hidden, for logs."""
    if not may_be_personal(text):
        return text
    text = _PHONE.sub(r"\1****\2", text)
    text = _IDENTITY.sub(r"\1**********\2", text)
    return _OPENID.sub(r"\1…", text)


def may_be_personal(text: str) -> bool:
    """Tell whether something in `text` is long enough to be what `masked_text` hides; quick, and never a false no."""
    return _MAY_BE_PERSONAL.search(text) is not None
