"""The AES envelope of compat and safe mode, written from the platform's description and not from the backend."""

import base64
import binascii
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32
PREFIX = 16


class SealBroken(ValueError):
    """A sealed text that the platform could not open, with the reason."""


class Seal:
    """AES-256-CBC under one EncodingAESKey (43 characters) for one app.

    Source: WeChat message push, encryption: 16 random bytes, length (4, big-endian), message, app id;
    PKCS#7 to 32; the initial vector is the key's first half.
    """

    def __init__(self, encoding_aes_key: str, app_id: str) -> None:
        key = base64.b64decode(encoding_aes_key + "=")
        if len(key) != BLOCK:
            raise ValueError("an EncodingAESKey has 43 characters")
        self._cipher = Cipher(AES(key), CBC(key[:PREFIX]))
        self._app_id = app_id.encode("utf-8")

    def close(self, message: bytes, prefix: bytes) -> str:
        """Seal a message behind 16 bytes of chance; return base64."""
        full = prefix + struct.pack(">I", len(message)) + message + self._app_id
        pad = BLOCK - len(full) % BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(full + bytes([pad]) * pad) + encryptor.finalize()).decode()

    def open(self, sealed: str) -> bytes:
        """Open a sealed text. Raises: SealBroken where base64, padding, length or the app id is wrong."""
        full = self._unpadded(sealed)
        length = struct.unpack(">I", full[PREFIX : PREFIX + 4])[0]
        message = full[PREFIX + 4 : PREFIX + 4 + length]
        tail = full[PREFIX + 4 + length :]
        if len(message) != length:
            raise SealBroken("length field exceeds the text")
        if tail != self._app_id:
            raise SealBroken("app id at the end is not ours")
        return message

    def _unpadded(self, sealed: str) -> bytes:
        try:
            cipher = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise SealBroken("not base64") from error
        if not cipher or len(cipher) % BLOCK:
            raise SealBroken("length is no multiple of 32")
        decryptor = self._cipher.decryptor()
        padded = decryptor.update(cipher) + decryptor.finalize()
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise SealBroken("padding is wrong")
        if len(padded) - pad < PREFIX + 4:
            raise SealBroken("too short")
        return padded[:-pad]
