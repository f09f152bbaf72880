"""What can go wrong between us and the messaging platform."""

from typing import ClassVar

from core.errors import InvalidInput, NotAuthenticated, UpstreamFailed


class BadCallback(InvalidInput):
    """A callback that the platform would never send: not signed, stale, not sealed for us, not a message.

    `facts` name the step and the cause; the answer tells a stranger nothing.
    """

    code = "bad_callback"
    status: ClassVar[int] = 400
    text = "请求无效。"


class PlatformFailed(UpstreamFailed):
    """The platform refused a call or did not answer; `errcode` is its number, 0 where there was none."""

    code = "platform_failed"
    text = "微信平台暂时没有响应，请稍后再试。"

    def __init__(self, errcode: int, reason: str, **facts: object) -> None:
        """Keep the platform's number and words; tokens never stand in `reason`."""
        super().__init__(errcode=errcode, reason=reason, **facts)
        self.errcode = errcode
        self.reason = reason


class UncertainOutcome(PlatformFailed):
    """The call may or may not have taken effect: time-out, broken connection, 5xx, an answer that is no JSON."""

    code = "platform_uncertain"


class BadTemplateValue(InvalidInput):
    """A template's value is not of the type its field demands."""

    code = "bad_template_value"
    text = "通知内容不符合模板要求，未发送。"


class BadMedia(InvalidInput):
    """What the platform gave for a media id is no photograph we can take."""

    code = "bad_media"
    text = "照片没有收全，请重新发送一次。"


class NotARealVisitor(InvalidInput):
    """The sign-in came from a preview page whose visitor is not a real account."""

    code = "snapshot_visitor"
    text = "当前是快照页，请点右下角“使用完整服务”后再打开。"


class EntranceFailed(NotAuthenticated):
    """WeChat could not tell who looks, or the way back is not the one we sent the person on."""

    code = "entrance_failed"
    text = "没能确认您的微信身份，请回到公众号重新点开。"
