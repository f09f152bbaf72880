"""What a handler calls to answer: a page, a redirect with a message, a parsed form."""

import json
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import quote, unquote

from aiohttp import web
from pydantic import BaseModel, ValidationError

from core.clock import local
from core.errors import InvalidInput
from core.log import request_id
from portal import csrf
from portal.keys import CLOCK, PAGES, SITE
from portal.people import PERSON, SECTIONS
from portal.render import page

FLASH_COOKIE = "quanheng_flash"
ELDER_COOKIE = "quanheng_elder"
TONES = frozenset({"ok", "warn", "danger", "plain"})

Form = TypeVar("Form", bound=BaseModel)


def respond(request: web.Request, template: str, /, *, status: int = 200, **context: object) -> web.Response:
    """Render `template` with what every page sees (site, person, navigation, form token, messages) and `context`."""
    flash = _flash(request)
    response = page(
        request.config_dict[PAGES].markup(
            template, {**_shared(request), "flash": flash, "status": status, **context}
        ),
        status=status,
    )
    if flash:
        response.del_cookie(FLASH_COOKIE, path="/")
    return response


def redirect(location: str, *, tone: str = "ok", message: str = "") -> web.Response:
    """Answer a changing request with 303 to `location`, where `message` is shown once."""
    response = web.Response(status=303, headers={"Location": location})
    if message:
        response.set_cookie(
            FLASH_COOKIE,
            quote(json.dumps([tone, message])),
            path="/",
            max_age=60,
            httponly=True,
            samesite="Lax",
        )
    return response


def parse(form: type[Form], data: Mapping[str, object], labels: Mapping[str, str] | None = None) -> Form:
    """Validate submitted fields as `form`; empty text counts as absent.

    `labels` gives a field's Chinese sentence where the general one would not help.

    Raises:
        InvalidInput: with one sentence per wrong field.
    """
    present = {key: value for key, value in data.items() if value != "" and key != csrf.FIELD}
    try:
        return form.model_validate(present)
    except ValidationError as error:
        fields = {str(item["loc"][0]): _sentence(item["type"]) for item in error.errors() if item["loc"]}
        fields |= {key: text for key, text in (labels or {}).items() if key in fields}
        raise InvalidInput("；".join(fields.values()) or None, fields=fields) from error


def _sentence(kind: str) -> str:
    sentences = {
        "missing": "这一项还没有填写",
        "string_too_long": "内容太长，请精简一些",
        "string_too_short": "内容太短，请再写一些",
        "string_pattern_mismatch": "格式不对，请检查",
    }
    return sentences.get(kind, "这一项填写有误，请检查")


def _shared(request: web.Request) -> dict[str, object]:
    person = request.get(PERSON)
    now = local(request.config_dict[CLOCK].now())
    sections = request.config_dict.get(SECTIONS, ())
    site = request.config_dict[SITE]
    return {
        "site": site,
        "demo": site.demo,
        "person": person,
        "nav": [
            (section.url, section.label, request.path.startswith(section.url))
            for section in sections
            if person is not None and section.permission in person.permissions
        ],
        "csrf_token": lambda: csrf.token(request),
        "request_id": request_id.get(),
        "elder": request.cookies.get(ELDER_COOKIE) == "1",
        "now": now,
        "today": now.date(),
        "path": request.path,
    }


def _flash(request: web.Request) -> list[tuple[str, str]]:
    raw = request.cookies.get(FLASH_COOKIE, "")
    try:
        tone, message = map(str, json.loads(unquote(raw)) if raw else ("", ""))
    except (TypeError, ValueError):
        return []
    return [(tone, message)] if tone in TONES else []
