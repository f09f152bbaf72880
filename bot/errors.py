"""What can go wrong between the platform and us."""

from core.errors import InvalidInput, NotAuthenticated


class BadCallback(InvalidInput):
    """A callback that is not the platform's, or not one we can read; every hostile input ends here."""

    code = "bad_callback"
    status = 400
    text = "无法识别的消息。"


class EntranceFailed(NotAuthenticated):
    """WeChat could not tell who looks."""

    code = "entrance_failed"
    text = "没能确认您的微信身份，请回到公众号重新点开。"
