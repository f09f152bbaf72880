"""One error boundary per door: a page in our look, or problem+json."""

import logging
from enum import StrEnum

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from core.errors import AppError, InvalidInput, NotAuthenticated
from core.log import request_id
from portal.pages import respond

LOG = logging.getLogger(__name__)

BUSY = "系统繁忙，请稍后再试。已经提交成功的内容不会丢失。"
SENTENCES = {
    400: "请求的内容不完整，请返回重试。",
    403: "您没有办理此事的权限。",
    404: "没有找到您要的页面，可能是地址输错了，或内容已下线。",
    405: "这个地址不支持这样的操作。",
    413: "上传的内容太大，请压缩后再试。",
}


class Style(StrEnum):
    """How a door tells its errors."""

    HAND = "hand"
    DESK = "desk"
    JSON = "json"


def boundary(style: Style, *, sign_in: str = "") -> Middleware:
    """Return the middleware that turns every failure behind a door into an answer its people can read.

    `sign_in` is where a person who is not signed in is sent instead of seeing an error.
    """

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotAuthenticated:
            if sign_in and request.method == "GET":
                raise web.HTTPSeeOther(sign_in) from None
            return _told(request, style, 401, "not_authenticated", NotAuthenticated.text)
        except AppError as error:
            LOG.info("refused", extra={"code": error.code, "facts": error.facts, "path": request.path})
            fields = error.fields if isinstance(error, InvalidInput) else {}
            return _told(request, style, error.status, error.code, error.text, fields)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _told(request, style, error.status, "http", SENTENCES.get(error.status, BUSY))
        except Exception:  # the door's last line: logged with its traceback, told without it
            LOG.exception("unexpected failure", extra={"path": request.path})
            return _told(request, style, 500, "unexpected", BUSY)

    return middleware


def _told(
    request: web.Request,
    style: Style,
    status: int,
    code: str,
    text: str,
    fields: dict[str, str] | None = None,
) -> web.Response:
    if style is Style.JSON or request.headers.get("Accept", "").startswith("application/json"):
        problem = {
            "type": f"urn:quanheng:problem:{code}",
            "title": text,
            "status": status,
            "request": request_id.get(),
        }
        return web.json_response(
            {**problem, "fields": fields} if fields else problem,
            status=status,
            content_type="application/problem+json",
        )
    return respond(
        request, f"portal/error_{style.value}.html", status=status, text=text, code=code, error_status=status
    )
