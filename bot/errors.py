"""What can go wrong between the platform and us."""

from typing import ClassVar

from core.errors import InvalidInput, NotAuthenticated, UpstreamFailed


class BadCallback(InvalidInput):
    """A callback that is not the platform's, or not one we can read; every hostile input ends here.

    `facts` name the step and the cause; the answer tells a stranger nothing.
    """

    code = "bad_callback"
    status: ClassVar[int] = 400
    text = "无法识别的消息。"


class EntranceFailed(NotAuthenticated):
    """WeChat could not tell who looks."""

    code = "entrance_failed"
    text = "没能确认您的微信身份，请回到公众号重新点开。"


class SnapshotVisitor(EntranceFailed):
    """The sign-in came from a preview page, whose visitor is not a real account."""

    code = "snapshot_visitor"
    text = "当前是预览页面，请点页面下方的“使用完整服务”后再打开。"


class PlatformFailed(UpstreamFailed):
    """The platform refused a call; `errcode` is its number, 0 where the call never left."""

    code = "platform_failed"
    text = "微信平台暂时没有响应，请稍后再试。"

    def __init__(self, *, errcode: int, reason: str, path: str) -> None:
        """Keep the platform's number and words; a token never stands in them."""
        super().__init__(errcode=errcode, reason=reason, path=path)
        self.errcode = errcode
        self.reason = reason


class UncertainOutcome(PlatformFailed):
    """The call may have taken effect: time-out, broken connection, 5xx, an answer that is no JSON."""

    code = "platform_uncertain"


class BadTemplateValue(InvalidInput):
    """A template's value is not of the type that its field demands, or is missing."""

    code = "bad_template_value"
    text = "通知内容不符合模板要求，未发送。"


class BadMedia(InvalidInput):
    """What the platform gave for a media id is no photograph we can take."""

    code = "bad_media"
    text = "照片没有收全，"
