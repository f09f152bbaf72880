"""What can go wrong with things that happen later."""

from core.errors import Conflict, InvalidInput, NotFound, NotPermitted


class MessageNotFound(NotFound):
    """No such message lies in the outbox."""

    code = "outbox_message_not_found"
    text = "没有找到这条消息，可能已被清理。"


class NotRetryable(Conflict):
    """The message is on its way or has arrived; sending it again would send it twice."""

    code = "outbox_not_retryable"
    text = "这条消息已经发出或正在发送，不能重发。"


class StaleLease(Conflict):
    """The sender's lease was taken over meanwhile; its news about the message is refused."""

    code = "outbox_stale_lease"
    text = "这条消息已由另一个进程处理。"


class StaleRun(Conflict):
    """The run was taken over by another process; the former holder may write nothing more."""

    code = "job_run_stale"
    text = "这次任务已由另一个进程接手。"


class UnreadableMessage(InvalidInput):
    """A stored message is of a kind this version does not know."""

    code = "outbox_message_unreadable"
    text = "消息格式无法识别，未发送。"


class NotProvincial(NotPermitted):
    """Planning and sending concern every region; staff of one region may not start them."""

    code = "reminders_not_provincial"
    text = "编制和发送涉及全省，请由省级人员操作。"
