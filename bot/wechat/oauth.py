"""Who opens a page: silent OAuth2 (snsapi_base)."""

from urllib.parse import urlencode

from bot.errors import EntranceFailed, PlatformFailed, SnapshotVisitor
from bot.settings import WechatSettings
from bot.wechat.client import WechatClient


def authorize_url(settings: WechatSettings, *, redirect_uri: str, state: str) -> str:
    """Return where to send a browser so that the platform sends it back with a code."""
    query = urlencode(
        {
            "appid": settings.app_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
    )
    return f"{settings.oauth_base.rstrip('/')}/connect/oauth2/authorize?{query}#wechat_redirect"


async def openid(client: WechatClient, *, code: str) -> str:
    """Return the openid behind a code, which is good once and for five minutes.

    Raises:
        EntranceFailed: the code is unknown, used or too old.
        SnapshotVisitor: the page was opened as a preview, whose account is nobody's.
    """
    try:
        answer = await client.plain(
            "/sns/oauth2/access_token",
            appid=client.settings.app_id,
            secret=client.settings.app_secret.get_secret_value(),
            code=code,
            grant_type="authorization_code",
        )
    except PlatformFailed as error:
        raise EntranceFailed(errcode=error.errcode) from error
    if answer.get("is_snapshotuser") == 1:
        raise SnapshotVisitor
    return str(answer["openid"])
