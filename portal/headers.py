"""Security headers: what a page may load, and who may frame it."""

from functools import cache

from aiohttp import web
from multidict import CIMultiDict, istr

from portal.keys import SITE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


def secure(request: web.Request, headers: CIMultiDict[str]) -> None:
    """Set the headers in place; only the demonstration's phone page may frame H5."""
    site = request.config_dict[SITE]
    framed = site.demo and request.path.startswith("/h5") and site.phone_url
    for name, value in _headers(framed or "", https=site.public_url.startswith("https")):
        headers.setdefault(name, value)


@cache
def _headers(framed_by: str, *, https: bool) -> tuple[tuple[istr, str], ...]:
    found = {
        "Content-Security-Policy": POLICY.format(ancestors=framed_by or "'none'"),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    }
    if not framed_by:
        found["X-Frame-Options"] = "DENY"
    if https:
        found["Strict-Transport-Security"] = "max-age=31536000"
    return tuple((istr(name), value) for name, value in found.items())
