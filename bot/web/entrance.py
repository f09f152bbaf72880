"""How H5 pages learn who looks: silent OAuth2 through WeChat, then a session of our own."""

import hashlib
import hmac
from urllib.parse import quote, urlsplit

from aiohttp import web

from accounts.services import citizens
from bot.errors import EntranceFailed
from bot.wechat import oauth
from bot.wechat.client import WechatClient
from core.work import SYSTEM, Work
from portal import sessions
from portal.csrf import SESSION_KEY
from portal.keys import IDS, SITE, database
from portal.pages import redirect
from portal.routes import public
from portal.sessions import Door

CLIENT = web.AppKey("wechat_client", WechatClient)
STATE_COOKIE = "quanheng_state"
STATE_SECONDS = 600


@public
async def enter(request: web.Request) -> web.Response:
    """GET /h5/enter?next=…: send the person to WeChat to be recognised."""
    nonce = request.config_dict[IDS].token(12)
    site = request.config_dict[SITE]
    back = f"{site.public_url}/h5/entered?next={quote(_inside(request.query.get('next', '')), safe='')}"
    url = oauth.authorize_url(
        request.config_dict[CLIENT].settings, redirect_uri=back, state=_state(request, nonce)
    )
    response = redirect(url)
    response.set_cookie(
        STATE_COOKIE,
        nonce,
        path="/h5",
        max_age=STATE_SECONDS,
        httponly=True,
        secure=site.public_url.startswith("https"),
        samesite="Lax",
    )
    return response


@public
async def entered(request: web.Request) -> web.Response:
    """GET /h5/entered?code=…&state=…: open a session for the openid behind the code.

    Raises:
        EntranceFailed: the state is not ours, or WeChat does not know the code.
    """
    nonce = request.cookies.get(STATE_COOKIE, "")
    if not nonce or not hmac.compare_digest(request.query.get("state", ""), _state(request, nonce)):
        raise EntranceFailed(reason="state")
    openid = await oauth.openid(request.config_dict[CLIENT], code=request.query.get("code", ""))
    token = await database(request).work(SYSTEM, _begin, openid=openid)
    response = redirect(_inside(request.query.get("next", "")))
    secure = request.config_dict[SITE].public_url.startswith("https")
    sessions.set_cookie(response, door=Door.H5, token=token, secure=secure)
    response.del_cookie(STATE_COOKIE, path="/h5")
    return response


def _begin(work: Work, *, openid: str) -> str:
    citizens.meet(work, openid=openid)
    return sessions.begin(work, door=Door.H5, subject=openid)


def _state(request: web.Request, nonce: str) -> str:
    return hmac.new(request.config_dict[SESSION_KEY], nonce.encode(), hashlib.sha256).hexdigest()[:40]


def _inside(target: str) -> str:
    parts = urlsplit(target)
    inside = not parts.scheme and not parts.netloc and target.startswith("/h5/") and "\\" not in target
    return target if inside else "/h5/"
