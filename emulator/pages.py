"""OAuth2 for H5 pages: who looks is known by the phone's cookie, the code comes back without a question."""

import json

from aiohttp import web
from yarl import URL

from emulator.calls import Answer
from emulator.errors import ApiError
from emulator.world import WORLD, World

COOKIE = "emulator_follower"
HINT = "_follower"


async def authorize(request: web.Request) -> web.Response:
    """GET /connect/oauth2/authorize: back to the page with `code` and `state`, or a page that says why not."""
    world = request.app[WORLD]
    query = request.query
    target = URL(query.get("redirect_uri", ""))
    reason = _refused(world, request, target)
    if reason:
        return _notice(reason)
    openid = query.get(HINT) or request.cookies.get(COOKIE, "")
    try:
        person = world.people.find(openid)
    except ApiError:
        return _notice("请在手机页里打开：平台不知道是哪一位在看。")
    code = world.grants.give(person.follower.openid, query["scope"])
    back = target.update_query({"code": code, "state": query.get("state", "")})
    world.wire("oauth", openid, name="authorize", scope=query["scope"])
    raise web.HTTPFound(back)


async def page_token(request: web.Request, world: World) -> web.Response:
    """GET /sns/oauth2/access_token: the openid for a code; `text/plain`, as the real one answers."""
    query = request.query
    world.tokens.identify(query.get("appid", ""), query.get("secret", ""))
    if query.get("grant_type") != "authorization_code":
        raise ApiError(40002)
    grant = world.grants.take(query.get("code", ""))
    answer: Answer = {
        "access_token": world.chance.text(110),
        "expires_in": world.limits.token_life_s,
        "refresh_token": world.chance.text(110),
        "openid": grant.openid,
        "scope": grant.scope,
    }
    world.wire("call", grant.openid, name=request.path, errcode=0)
    return web.Response(text=json.dumps(answer), content_type="text/plain")


async def look(request: web.Request) -> web.Response:
    """POST /phone/look: from now on this follower looks; another one's page cookies are let go."""
    world = request.app[WORLD]
    body = await request.json()
    person = world.people.find(str(body.get("openid", "")))
    response = web.json_response({"openid": person.follower.openid})
    if request.cookies.get(COOKIE) != person.follower.openid:
        for cookie in world.setting.settings.page_cookies:
            response.del_cookie(cookie.name, path=cookie.path)
    response.set_cookie(COOKIE, person.follower.openid, httponly=True, samesite="Lax", path="/")
    return response


def _refused(world: World, request: web.Request, target: URL) -> str:
    query = request.query
    if query.get("appid") != world.app.app_id:
        return "appid 参数错误"
    if query.get("response_type") != "code":
        return "response_type 参数错误"
    if query.get("scope") != "snsapi_base":
        return "这个本地平台只做静默授权（snsapi_base）"
    home = URL(world.app.callback_url)
    if target.host != home.host or target.port != home.port:
        return "redirect_uri 域名与后台配置不一致，错误码:10003"
    return ""


def _notice(reason: str) -> web.Response:
    page = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>无法打开</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<h1>无法打开页面</h1><p>{reason}</p></html>"
    )
    return web.Response(text=page, content_type="text/html", status=400)
