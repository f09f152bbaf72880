"""What is not a message: following and leaving, the menu, a scanned code, the platform's receipts."""

import logging

from accounts.services import citizens
from bot import memory
from bot.dialogs import handover, smalltalk
from bot.messages import Inbound, Link, Reply
from bot.scene import Scene
from core.work import Work
from scheduler.services import delivery, outbox

LOG = logging.getLogger(__name__)

EFFECTS = frozenset({"subscribe", "unsubscribe", "templatesendjobfinish"})
REPORT = ("click", "report")
RECEIVED = "success"


def has_effect(inbound: Inbound) -> bool:
    """Tell whether an event changes what we know of somebody."""
    return inbound.event in EFFECTS or (inbound.event, inbound.event_key) == REPORT


def plain_reply(inbound: Inbound, *, scene: Scene) -> Reply | None:
    """Answer an event without effect; what we do not know is logged and taken."""
    match inbound.event, inbound.event_key:
        case "click", "ask":
            return _welcome(scene)
        case "click", "person":
            return handover.answer(hotline=scene.hotline).reply
        case "scan", _:
            return _welcome(scene)
        case (("click" | "view" | "location" | "view_miniprogram"), _):
            return None
        case _:
            LOG.info("event taken", extra={"event": inbound.event, "event_key": inbound.event_key})
            return None


def handle(work: Work, inbound: Inbound, *, scene: Scene) -> Reply | None:
    """Take an event that changes something."""
    match inbound.event:
        case "subscribe":
            citizens.follow(work, openid=inbound.openid)
            return _welcome(scene)
        case "unsubscribe":
            citizens.unfollow(work, openid=inbound.openid)
            memory.forget(work, openid=inbound.openid)
            outbox.forget(work, recipient=inbound.openid)
            return None
        case _:
            status = inbound.facts.get("Status", "")
            delivered = status.strip().lower() == RECEIVED
            delivery.receipt(
                work,
                provider_id=inbound.facts.get("MsgID", ""),
                delivered=delivered,
                reason="" if delivered else status,
            )
            return None


def _welcome(scene: Scene) -> Reply:
    return Reply(
        smalltalk.WELCOME,
        chips=smalltalk.START,
        links=(
            Link("打开手机服务", f"{scene.public_url}/h5/"),
            Link("常见问题", f"{scene.public_url}/h5/guide"),
            Link("隐私说明", f"{scene.public_url}/h5/privacy"),
        ),
    )
