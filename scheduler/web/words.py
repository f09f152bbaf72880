"""What stages, states and reasons are called on the console's pages."""

from collections import Counter

from scheduler.queries import Line
from scheduler.rules import OutboxStatus, Reason, ReminderStatus

_REASONS = {
    Reason.UNREACHABLE: "微信联系不上",
    Reason.NOT_NEEDED: "已检定或已停用",
    Reason.SUPERSEDED: "已有更近一次提醒",
    Reason.REFUSED: "平台拒收",
    Reason.GAVE_UP: "多次发送未成功",
    Reason.UNCERTAIN: "是否送达不能确定",
    Reason.NOT_DELIVERED: "平台回执未送达",
}
_STATES = {
    ReminderStatus.SENT: ("已发送", "ok"),
    ReminderStatus.SUPPRESSED: ("不发送", "plain"),
    ReminderStatus.FAILED: ("未送达", "danger"),
    ReminderStatus.PENDING: ("待发送", "warn"),
}
_OUTBOX = {
    OutboxStatus.PENDING: "待发送",
    OutboxStatus.SENDING: "发送中",
    OutboxStatus.SENT: "已发送，等回执",
    OutboxStatus.DELIVERED: "已送达",
    OutboxStatus.FAILED: "平台拒收",
    OutboxStatus.DEAD: "多次未成功，已停发",
    OutboxStatus.UNKNOWN: "是否送达不能确定",
    OutboxStatus.WITHDRAWN: "已撤回",
}
_KINDS = {"text": "对话回复", "template": "通知"}


def stage(days: int) -> str:
    """Return a stage as people call it."""
    if days == 0:
        return "到期当天"
    return f"到期前 {-days} 天" if days < 0 else f"逾期 {days} 天"


def state(status: str) -> tuple[str, str]:
    """Return a ledger line's state and its tone."""
    return _STATES[ReminderStatus(status)]


def reason(line: Line) -> str:
    """Return why a line was not sent or did not arrive, or nothing."""
    return _REASONS[Reason(line.reason)] if line.reason else ""


def receipt(line: Line) -> str:
    """Return what the carrier reported, or nothing while it has not."""
    if line.receipt is None:
        return "等回执" if line.status == ReminderStatus.SENT else ""
    return "已送达" if line.receipt else f"未送达：{line.receipt_reason}"


def outbox_state(status: str) -> str:
    """Return a message's state."""
    return _OUTBOX[OutboxStatus(status)]


def kind(name: str) -> str:
    """Return what kind of message it is."""
    return _KINDS.get(name, name)


def masked(recipient: str) -> str:
    """Return enough of an openid to compare two, and not enough to use it."""
    return f"{recipient[:6]}…{recipient[-3:]}" if recipient else "未绑定微信"


def outcomes(found: Counter[str]) -> str:
    """Return what a run of sending did, in one sentence."""
    gone = found[OutboxStatus.SENT.value] + found[OutboxStatus.DELIVERED.value]
    lost = (
        found[OutboxStatus.FAILED.value] + found[OutboxStatus.DEAD.value] + found[OutboxStatus.UNKNOWN.value]
    )
    if not gone and not lost:
        return "没有到时的消息。"
    return f"已发送 {gone} 条" + (f"，{lost} 条没有发出，见“未发出的消息”。" if lost else "。")
