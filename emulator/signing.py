"""The platform's signatures: SHA-1 over sorted parts, for callbacks and for the JS-SDK."""

import hashlib
import hmac


def sha1(text: str) -> str:
    """Return the lower-case hexadecimal SHA-1 of the UTF-8 text."""
    return hashlib.sha1(text.encode("utf-8")).hexdigest()


def signature(*parts: str) -> str:
    """Sign a callback: the parts sorted, joined without a separator. Source: WeChat message push, server check."""
    return sha1("".join(sorted(parts)))


def is_signature(given: str, *parts: str) -> bool:
    """Say in constant time whether a signature belongs to the parts."""
    return hmac.compare_digest(given.encode("utf-8"), signature(*parts).encode("utf-8"))


def jsapi_signature(*, ticket: str, nonce: str, timestamp: str, url: str) -> str:
    """Sign a page's address for the JS-SDK; the address without its fragment. Source: JS-SDK page, appendix 1."""
    page = url.partition("#")[0]
    return sha1(f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}")
