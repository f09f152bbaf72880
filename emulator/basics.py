"""APIs of the account itself: tokens, tickets, users, addresses, the connectivity check."""

from aiohttp import web

from emulator.calls import OK, Answer, json_body
from emulator.errors import ApiError
from emulator.people import Person
from emulator.world import World

_PAGE = 10_000


async def token(request: web.Request, world: World) -> Answer:
    """GET /cgi-bin/token"""
    if request.query.get("grant_type") != "client_credential":
        raise ApiError(40002)
    world.tokens.identify(request.query.get("appid", ""), request.query.get("secret", ""))
    value, life = world.tokens.plain()
    return {"access_token": value, "expires_in": life}


async def stable_token(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/stable_token"""
    body = await json_body(request)
    if body.get("grant_type") != "client_credential":
        raise ApiError(40002)
    world.tokens.identify(str(body.get("appid", "")), str(body.get("secret", "")))
    value, life = world.tokens.stable(force=body.get("force_refresh") is True)
    return {"access_token": value, "expires_in": life}


async def ticket(request: web.Request, world: World) -> Answer:
    """GET /cgi-bin/ticket/getticket: one ticket for 7200 s, for pages that use the JS-SDK."""
    if request.query.get("type") != "jsapi":
        raise ApiError(40097)
    now = world.time.now()
    if world.ticket is None or world.ticket[1] <= now:
        world.ticket = (world.chance.text(86), now + world.limits.token_life_s)
    value, ends = world.ticket
    return {**OK, "ticket": value, "expires_in": int(ends - now)}


async def user_info(request: web.Request, world: World) -> Answer:
    """GET /cgi-bin/user/info: no name and no picture, as since 2021-12-27."""
    return _profile(world.people.find(request.query.get("openid", "")))


async def user_get(request: web.Request, world: World) -> Answer:
    """GET /cgi-bin/user/get: openids of those who follow, behind `next_openid`."""
    openids = [p.follower.openid for p in world.people if p.subscribed]
    after = request.query.get("next_openid", "")
    if after:
        world.people.find(after)
        openids = openids[openids.index(after) + 1 :] if after in openids else []
    page = openids[:_PAGE]
    last = page[-1] if page else ""
    data: Answer = {"data": {"openid": page}} if page else {}
    return {"total": len(openids), "count": len(page), **data, "next_openid": last}


async def callback_addresses(_request: web.Request, _world: World) -> Answer:
    """GET /cgi-bin/getcallbackip"""
    return {"ip_list": ["127.0.0.1"]}


async def callback_check(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/callback/check: the real one measures; this one verifies the callback URL."""
    body = await json_body(request)
    if body.get("action") not in ("dns", "ping", "all"):
        raise ApiError(40097)
    report = await world.pusher.verify(good=True)
    line = {"ip": "127.0.0.1", "from_operator": "CAP", "package_loss": "0%" if report["passed"] else "100%"}
    return {"dns": [{"ip": "127.0.0.1", "real_operator": "UNICOM"}], "ping": [line]}


def _profile(person: Person) -> Answer:
    openid = person.follower.openid
    if not person.subscribed:
        return {"subscribe": 0, "openid": openid}
    return {
        "subscribe": 1,
        "openid": openid,
        "language": "zh_CN",
        "subscribe_time": int(person.subscribed_at),
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE" if person.scene else "ADD_SCENE_SEARCH",
        "qr_scene": int(person.scene) if person.scene.isdigit() else 0,
        "qr_scene_str": "" if person.scene.isdigit() else person.scene,
    }
