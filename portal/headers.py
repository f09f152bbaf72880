"""Security headers: what a page may load, and who may frame it."""

from aiohttp import web
from multidict import CIMultiDict

from portal.keys import SITE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


def secure(request: web.Request, headers: CIMultiDict[str]) -> None:
    """Set the headers in place; only the demonstration's phone page may frame H5."""
    site = request.config_dict[SITE]
    framed = site.demo and request.path.startswith("/h5") and site.phone_url
    headers.setdefault(
        "Content-Security-Policy", POLICY.format(ancestors=site.phone_url if framed else "'none'")
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
    if not framed:
        headers.setdefault("X-Frame-Options", "DENY")
    if site.public_url.startswith("https"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
