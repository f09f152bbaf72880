"""The platform's callback: checked, opened, answered within its deadline or later from the outbox."""

import asyncio
import logging

from aiohttp import web

from bot.conversation import Conversations
from bot.errors import BadCallback
from bot.messages import Inbound, Reply
from bot.settings import WechatSettings
from bot.wechat import envelope, parsing, replies
from core.database import Database
from core.errors import AppError
from core.work import SYSTEM, Work
from portal.keys import CLOCK, database
from portal.metrics import METRICS
from portal.routes import public
from scheduler.messages import TextMessage
from scheduler.services import outbox

LOG = logging.getLogger(__name__)

SETTINGS = web.AppKey("wechat_settings", WechatSettings)
CONVERSATIONS = web.AppKey("conversations", Conversations)
LATER = web.AppKey("later", set[asyncio.Task[None]])

SUCCESS = "success"
BUSY = "系统正忙，您发来的内容没有丢，请过几分钟再发一次。"


@public
async def verify(request: web.Request) -> web.Response:
    """GET /wechat: prove to the platform that this address is ours."""
    settings = request.config_dict[SETTINGS]
    return web.Response(text=envelope.verify(request.query, settings, request.config_dict[CLOCK].now()))


@public
async def receive(request: web.Request) -> web.Response:
    """POST /wechat: take a message or event and answer it, or `success` and answer later."""
    found = request.config_dict
    settings, now, figures = found[SETTINGS], found[CLOCK].now(), found[METRICS]
    body = await _body(request, settings.max_body_bytes)
    opened = envelope.open_callback(request.query, body, settings, now)
    inbound = parsing.inbound(opened)
    reply = _at_once(found[CONVERSATIONS], inbound)
    if reply is None:
        task = asyncio.create_task(_reply(found[CONVERSATIONS], inbound))
        done, _ = await asyncio.wait({task}, timeout=settings.budget_s)
        if not done:
            _answer_later(request, inbound, task)
            figures.message(inbound.kind.value, "later")
            return web.Response(text=SUCCESS)
        reply = task.result()
    figures.message(inbound.kind.value, "answered" if reply else "taken")
    if reply is None:
        return web.Response(text=SUCCESS)
    sealed = opened.seal(replies.render(reply, inbound, now))
    return web.Response(text=sealed, content_type="application/xml")


async def _body(request: web.Request, limit: int) -> bytes:
    if (request.content_length or 0) > limit:
        raise BadCallback(step="size", reason="too large")
    body = bytearray()
    async for chunk in request.content.iter_chunked(16_384):
        body += chunk
        if len(body) > limit:
            raise BadCallback(step="size", reason="too large")
    return bytes(body)


def _at_once(conversations: Conversations, inbound: Inbound) -> Reply | None:
    try:
        return conversations.at_once(inbound)
    except Exception:  # the long way may know better, and excuses itself where it does not
        LOG.exception("no answer at once", extra={"kind": inbound.kind.value})
        return None


async def _reply(conversations: Conversations, inbound: Inbound) -> Reply | None:
    try:
        return await conversations.converse(inbound)
    except AppError as error:
        LOG.info("refused in chat", extra={"code": error.code, "facts": error.facts})
        return Reply(error.text)
    except Exception:  # a citizen is never left without an answer; the traceback is for us
        LOG.exception("turn failed", extra={"kind": inbound.kind.value})
        return Reply(BUSY)


def _answer_later(request: web.Request, inbound: Inbound, task: asyncio.Task[Reply | None]) -> None:
    later = asyncio.create_task(_enqueue(database(request), inbound, task))
    pending = request.config_dict[LATER]
    pending.add(later)
    later.add_done_callback(pending.discard)


async def _enqueue(opened: Database, inbound: Inbound, task: asyncio.Task[Reply | None]) -> None:
    reply = await task
    if reply is not None:
        await opened.work(SYSTEM, _enqueue_reply, inbound=inbound, reply=reply)


def _enqueue_reply(work: Work, *, inbound: Inbound, reply: Reply) -> None:
    outbox.enqueue(
        work,
        channel="wechat",
        recipient=inbound.openid,
        message=TextMessage(replies.as_text(reply)),
        dedup_key=f"late:{inbound.key}",
    )
