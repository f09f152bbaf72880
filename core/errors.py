"""The seven kinds of error a person can meet, each with a Chinese sentence and an HTTP status."""

from typing import ClassVar


class AppError(Exception):
    """An expected failure with a sentence for the reader and facts for the log.

    `text` is Chinese a citizen may read; `code` is unique and stable; `facts` go to the log only.
    Subclasses of the seven kinds below override `code` and `text`; none is raised bare with a secret in `text`.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    text: str = "系统繁忙，请稍后再试。"
    retryable: ClassVar[bool] = False

    def __init__(self, text: str | None = None, **facts: object) -> None:
        """Keep `facts` for the log and, where given, replace the class's sentence by `text`."""
        if text is not None:
            self.text = text
        self.facts = facts
        super().__init__(self.text)


class InvalidInput(AppError):
    """What was sent cannot be understood or is not allowed; `fields` names each field with its sentence."""

    code = "invalid_input"
    status = 422
    text = "填写的内容有误，请检查后再提交。"

    def __init__(
        self, text: str | None = None, *, fields: dict[str, str] | None = None, **facts: object
    ) -> None:
        """Carry one sentence per field name in `fields` beside the general sentence."""
        super().__init__(text, **facts)
        self.fields: dict[str, str] = fields or {}


class NotAuthenticated(AppError):
    """Nobody is signed in, or the session has ended."""

    code = "not_authenticated"
    status = 401
    text = "请先登录。"


class NotPermitted(AppError):
    """The person is known but may not do this."""

    code = "not_permitted"
    status = 403
    text = "您没有办理此事的权限，如有需要请联系本单位管理员。"


class NotFound(AppError):
    """There is no such thing, or not for this person."""

    code = "not_found"
    status = 404
    text = "没有找到您要的内容。"


class Conflict(AppError):
    """The thing has changed meanwhile, or its state does not allow the step."""

    code = "conflict"
    status = 409
    text = "内容已被更新，请刷新后再试。"


class TooManyRequests(AppError):
    """A limit per person or address is used up."""

    code = "too_many_requests"
    status = 429
    text = "操作太频繁，请稍后再试。"


class UpstreamFailed(AppError):
    """A system we depend on did not answer as it should; the only retryable kind."""

    code = "upstream_failed"
    status = 502
    text = "外部系统暂时没有响应，请稍后再试。"
    retryable = True
