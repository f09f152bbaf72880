"""What a handler does to a case: each form carries the version it was opened at."""

from collections.abc import Callable

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from complaints.errors import CaseChanged, StepNotAllowed
from complaints.rules.lifecycle import Step
from complaints.services import handling, triage
from complaints.web.casefile import page
from core.errors import InvalidInput
from portal import csrf
from portal.keys import database
from portal.pages import redirect

LONGEST_VERSION = 9


@requires(Permission.HANDLE_CASES)
async def accept(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/accept."""
    return await _act(request, triage.accept, {}, "已受理，市民会收到微信通知")


@requires(Permission.HANDLE_CASES)
async def supplement(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/supplement: ask the citizen for what is missing."""
    return await _act(request, triage.ask_supplement, {"text": "missing"}, "已请市民补充，受理期限照常计算")


@requires(Permission.HANDLE_CASES)
async def refuse(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/refuse: with ground and reason."""
    fields = {"ground": "ground", "reason": "reason"}
    return await _act(request, triage.refuse, fields, "已作出不予受理决定，市民会看到理由和其他途径")


@requires(Permission.HANDLE_CASES)
async def note(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/note: for staff only."""
    return await _act(request, handling.note, {"text": "note"}, "备注已保存，市民看不到")


@requires(Permission.HANDLE_CASES)
async def reply(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/reply: to the citizen."""
    return await _act(request, handling.reply, {"text": "reply"}, "回复已发出，市民会在微信里看到")


@requires(Permission.HANDLE_CASES)
async def told(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/told: both parties know that mediation ended."""
    return await _act(request, handling.note_told, {"text": "told"}, "已记录告知情况")


@requires(Permission.HANDLE_CASES)
async def platform(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/platform: the number on the national 12315 platform."""
    fields = {"platform_number": "platform_number"}
    return await _act(request, handling.set_platform_number, fields, "12315 平台编号已登记")


@requires(Permission.ASSIGN_CASES)
async def move(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/move: to another division."""
    number = request.match_info["number"]
    return await _act(
        request, handling.move, {"place": "place"}, f"工单 {number} 的辖区已更改", back="/console/cases"
    )


@requires(Permission.HANDLE_CASES)
async def claim(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/claim: into one's own hands."""
    who = actor(request)

    return await _act(
        request,
        handling.assign,
        {},
        "已由您办理",
        known={"assignee_id": who.id, "assignee_name": who.name},
    )


@requires(Permission.HANDLE_CASES)
async def conclude(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/conclude: agreed, ended, filed, not filed, decided."""
    chosen = str((await request.post()).get("conclusion", ""))
    if chosen not in set(Step):
        missing = InvalidInput("请选择办理结果。", fields={"conclusion": "请选择办理结果"})
        return await page(request, error=missing, typed=await _typed(request))
    return await _act(
        request, handling.conclude, {"text": "result"}, "办理结果已保存，市民会收到微信通知",
        known={"step": Step(chosen)},
    )  # fmt: skip


async def _act(
    request: web.Request,
    service: Callable[..., object],
    fields: dict[str, str],
    message: str,
    *,
    known: dict[str, object] | None = None,
    back: str = "",
) -> web.Response:
    """Run a service on the case with the named form fields; what it refuses is shown beside what was typed."""
    number, typed = request.match_info["number"], await _typed(request)
    arguments = {name: typed.get(field, "") for name, field in fields.items()}
    try:
        await database(request).work(
            actor(request), service, number=number, version=_version(typed), **arguments, **(known or {})
        )
    except InvalidInput as error:
        named = {fields.get(name, name): text for name, text in error.fields.items()}
        error.fields = named
        return await page(request, error=error, typed=typed)
    except (CaseChanged, StepNotAllowed) as error:
        return await page(request, error=error, typed=typed)
    return redirect(back or f"/console/cases/{number}", message=message)


async def _typed(request: web.Request) -> dict[str, str]:
    sent = await request.post()
    action = request.path.rsplit("/", 1)[1]
    typed = {key: value for key, value in sent.items() if isinstance(value, str) and key != csrf.FIELD}
    return {**typed, "action": action}


def _version(typed: dict[str, str]) -> int:
    text = typed.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_VERSION else 0
