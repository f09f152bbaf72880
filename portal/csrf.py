"""Forms come from our own pages: a token per session, or per form cookie before anybody has signed in."""

import hashlib
import hmac

from aiohttp import web

from core.errors import NotPermitted
from portal.sessions import VISIT

FORM_COOKIE = "quanheng_form"
FIELD = "csrf"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

SESSION_KEY = web.AppKey("session_key", bytes)
_FORM = web.RequestKey("form_cookie", str)


class ForgedForm(NotPermitted):
    """A form arrived without the token our page put into it."""

    code = "forged_form"
    text = "页面已过期，请返回上一页刷新后再提交，已填写的内容不会丢失。"


def token(request: web.Request) -> str:
    """Return the token that this person's forms carry."""
    visit = request.get(VISIT)
    if visit is not None:
        return str(visit.csrf)
    cookie: str = request.get(_FORM) or ""
    return hmac.new(request.config_dict[SESSION_KEY], cookie.encode(), hashlib.sha256).hexdigest()


def issue(request: web.Request, draw: str) -> str | None:
    """Remember the form cookie of a person without a session; return `draw` where it has to be set anew."""
    cookie = request.cookies.get(FORM_COOKIE, "")
    request[_FORM] = cookie or draw
    return None if cookie else draw


async def check(request: web.Request) -> None:
    """Refuse a changing request without our token.

    Raises:
        ForgedForm: the field and the header are missing or wrong.
    """
    if request.method in SAFE_METHODS:
        return
    sent = request.headers.get(HEADER, "")
    if not sent and request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        value = (await request.post()).get(FIELD, "")
        sent = value if isinstance(value, str) else ""
    if not hmac.compare_digest(sent.encode(), token(request).encode()):
        raise ForgedForm(path=request.path)
