"""APIs that write to people: customer-service messages with their windows, typing, template messages."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from emulator import templates
from emulator.calls import OK, Answer, json_body
from emulator.errors import ApiError
from emulator.journal import Side
from emulator.receipts import Outcome, ReceiptPlan, Timing
from emulator.replies import TEXT_BYTES
from emulator.world import World


async def send_custom(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/message/custom/send"""
    body = await json_body(request)
    openid = str(body.get("touser", ""))
    _note_after_unsubscribe(world, openid, request.path)
    person = world.people.following(openid)
    shown = _custom(world, body)
    world.people.spend(person)
    world.journal.add(Side.THEIRS, openid, via="custom", **shown)
    return OK


async def typing(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/message/custom/typing"""
    body = await json_body(request)
    person = world.people.following(str(body.get("touser", "")))
    command = str(body.get("command", ""))
    world.people.type(person, command)
    world.wire("typing", person.follower.openid, on=command == "Typing")
    return OK


async def send_template(request: web.Request, world: World) -> Answer:
    """POST /cgi-bin/message/template/send"""
    body = await json_body(request)
    openid = str(body.get("touser", ""))
    _note_after_unsubscribe(world, openid, request.path)
    world.people.following(openid)
    card = _card(world, body)
    client_msg_id = str(body.get("client_msg_id", ""))
    earlier = world.sent_once.earlier(openid, client_msg_id)
    if earlier is not None:
        return {**OK, "msgid": earlier}
    _count_today(world)
    number = world.chance.number()
    await _deliver(world, openid, number, card, client_msg_id)
    return {**OK, "msgid": number}


def _custom(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    kind = body.get("msgtype")
    part = body.get(kind) if isinstance(kind, str) else None
    if kind not in ("text", "image", "voice", "news", "msgmenu"):
        raise ApiError(40008)
    if not isinstance(part, dict):
        raise ApiError(47001)
    match kind:
        case "text":
            return {"type": "text", "text": _text(part.get("content"))}
        case "image" | "voice":
            return {"type": kind, "media_id": world.media.get(str(part.get("media_id", "")))[0].media_id}
        case "news":
            return {"type": "news", "articles": _articles(part.get("articles"))}
        case _:
            return _choices(part)


def _text(content: Any) -> str:
    if not isinstance(content, str) or not content:
        raise ApiError(44004)
    if len(content.encode("utf-8")) > TEXT_BYTES:
        raise ApiError(45002)
    return content


def _articles(articles: Any) -> list[dict[str, str]]:
    if not isinstance(articles, list) or len(articles) != 1 or not isinstance(articles[0], dict):
        raise ApiError(45008)
    names = (("title", "title"), ("note", "description"), ("picture", "picurl"), ("url", "url"))
    return [{key: str(articles[0].get(name, "")) for key, name in names}]


def _choices(part: Mapping[str, Any]) -> dict[str, Any]:
    choices = part.get("list")
    if not isinstance(choices, list) or not choices:
        raise ApiError(47001)
    items = [{"id": str(c["id"]), "content": _text(c["content"])} for c in choices if _is_choice(c)]
    if len(items) != len(choices):
        raise ApiError(47001)
    head, tail = str(part.get("head_content", "")), str(part.get("tail_content", ""))
    return {"type": "choices", "head": head, "items": items, "tail": tail}


def _is_choice(choice: Any) -> bool:
    return isinstance(choice, dict) and {"id", "content"} <= set(choice)


def _card(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    definition = world.templates.get(str(body.get("template_id", "")))
    if definition is None:
        raise ApiError(40037)
    data = body.get("data")
    if not isinstance(data, dict):
        raise ApiError(47001)
    url = str(body.get("url") or "")
    if url and not url.startswith(("http://", "https://")):
        raise ApiError(40066)
    rows = templates.rows(definition, data)
    return {"type": "template", "title": definition.title, "rows": rows, "url": url}


def _count_today(world: World) -> None:
    day = world.time.day()
    count = world.counters.templates_today.get(day, 0) + 1
    if count > world.limits.templates_per_day:
        raise ApiError(45009)
    world.counters.templates_today = {day: count}


async def _deliver(world: World, openid: str, number: int, card: dict[str, Any], client_msg_id: str) -> None:
    """Show the card where it arrives, and push the receipt at the ordered moment."""
    plan = world.receipts.next()
    if world.people.find(openid).blocks_templates:
        plan = ReceiptPlan(outcome=Outcome.USER_BLOCK, timing=plan.timing)
    if plan.outcome is Outcome.SUCCESS:
        world.journal.add(Side.THEIRS, openid, msgid=number, client_msg_id=client_msg_id, **card)
    world.sent_once.note(openid, client_msg_id, number)
    fields = world.sayings.receipt(openid, world.moment(), number, plan.outcome)
    push = world.push(openid, "TEMPLATESENDJOBFINISH", fields, visible=False)
    match plan.timing:
        case Timing.BEFORE:
            await world.pusher.send(push)
        case Timing.LATER:
            world.pusher.start(push, after_s=world.limits.receipt_delay_s)
        case Timing.LOST:
            world.wire("lost", openid, name="TEMPLATESENDJOBFINISH")


def _note_after_unsubscribe(world: World, openid: str, path: str) -> None:
    if not world.people.find(openid).subscribed:
        world.counters.after_unsubscribe.append({"openid": openid, "path": path, "at": world.time.now()})
