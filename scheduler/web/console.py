"""Reminder operations: whether every reminder is accounted for, who has to be telephoned, what nobody tries any more."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.errors import NotFound
from core.work import Actor
from portal.keys import database
from portal.pages import redirect, respond
from scheduler import queries
from scheduler.errors import MessageNotFound, NotProvincial
from scheduler.jobs import Tools, deliver_all, plan_now
from scheduler.queries import PAGE
from scheduler.rules import ReminderStatus
from scheduler.services import outbox
from scheduler.web import words

TOOLS = web.AppKey("scheduler_tools", Tools)
TOP = "/console/reminders"
RUNNING = web.AppKey("scheduler_running", set[asyncio.Task[object]])
DISPATCH_WAIT_S = 8


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


@requires(Permission.VIEW_REMINDERS)
async def overview(request: web.Request) -> web.Response:
    """GET /console/reminders: the balance and the waves."""
    opened, who = database(request), actor(request)
    return respond(
        request,
        "scheduler/reminders.html",
        balance=await opened.read_as(who, queries.balance),
        waves=await opened.read_as(who, queries.waves),
        calls=await opened.read_as(who, queries.to_call),
        dead=await opened.read_as(who, queries.dead_count),
        settings=request.config_dict[TOOLS].settings,
        may_run=Permission.RUN_REMINDERS.value in who.permissions and not who.region,
        words=words,
    )


@requires(Permission.VIEW_REMINDERS)
async def wave(request: web.Request) -> web.Response:
    """GET /console/reminders/lines?on=…&stage=…&state=…: each reminder of a wave with its delivery receipt."""
    planned_on, stage, state = _date(request, "on"), _number(request, "stage"), _state(request)
    lines = await database(request).read_as(
        actor(request),
        queries.lines,
        planned_on=planned_on,
        stage=stage,
        status=state,
        before=_number(request, "before"),
    )
    chosen = {"on": planned_on, "stage": stage, "state": state}
    query = {name: value for name, value in chosen.items() if value is not None}
    return respond(
        request,
        "scheduler/lines.html",
        lines=lines,
        planned_on=planned_on,
        stage=stage,
        state=state,
        states=_states(request.path, query),
        next_url=_next(request.path, lines, query),
        words=words,
    )


@requires(Permission.VIEW_REMINDERS)
async def calls(request: web.Request) -> web.Response:
    """GET /console/reminders/calls: whom no message reaches."""
    before = _number(request, "before")
    lines = await database(request).read_as(actor(request), queries.call_list, before=before)
    return respond(
        request, "scheduler/calls.html", lines=lines, next_url=_next(request.path, lines, {}), words=words
    )


@requires(Permission.VIEW_REMINDERS)
async def dead(request: web.Request) -> web.Response:
    """GET /console/reminders/dead: messages nobody tries any more."""
    before, who = _number(request, "before"), actor(request)
    letters = await database(request).read_as(who, queries.dead_letters, before=before)
    return respond(
        request,
        "scheduler/dead.html",
        letters=letters,
        next_url=_next(request.path, letters, {}),
        may_run=Permission.RUN_REMINDERS.value in who.permissions,
        words=words,
    )


@requires(Permission.RUN_REMINDERS)
async def plan(request: web.Request) -> web.Response:
    """POST /console/reminders/plan: plan now what falls due; twice does no harm."""
    _check_province(actor(request))
    planned = await asyncio.to_thread(plan_now, request.config_dict[TOOLS])
    return redirect(TOP, message=f"已编制：新增 {planned.filled} 条，撤回 {planned.withdrawn} 条。")


@requires(Permission.RUN_REMINDERS)
async def dispatch(request: web.Request) -> web.Response:
    """POST /console/reminders/dispatch: deliver what is due, quiet hours aside; a long run goes on behind the page."""
    _check_province(actor(request))
    running = request.config_dict[RUNNING]
    if running:
        return redirect(TOP, tone="plain", message="正在发送中，请稍后刷新。")
    task: asyncio.Task[object] = asyncio.create_task(_deliver(request.config_dict[TOOLS]))
    running.add(task)
    task.add_done_callback(running.discard)
    done, _ = await asyncio.wait({task}, timeout=DISPATCH_WAIT_S)
    if not done:
        return redirect(TOP, tone="plain", message="正在发送，请稍后刷新查看结果。")
    return redirect(TOP, message=str(task.result()))


@requires(Permission.RUN_REMINDERS)
async def retry(request: web.Request) -> web.Response:
    """POST /console/reminders/dead/{message}/retry: send a dead message again.

    Raises:
        MessageNotFound: there is none, or it belongs to another region.
    """
    message_id, who = int(request.match_info["message"]), actor(request)
    if not await database(request).read_as(who, queries.in_scope, message_id=message_id):
        raise MessageNotFound(message_id=message_id)
    await database(request).work(who, outbox.retry, message_id=message_id)
    return redirect(f"{TOP}/dead", message="已重新放入发件箱，很快会再次发送。")


async def _deliver(tools: Tools) -> str:
    return words.outcomes(await deliver_all(tools))


def _check_province(who: Actor) -> None:
    """A run concerns every region; whoever is confined to one leaves it to the province."""
    if who.region:
        raise NotProvincial(region=who.region)


def _next(path: str, rows: Sequence[_Numbered], query: Mapping[str, object]) -> str:
    if len(rows) < PAGE:
        return ""
    return f"{path}?{urlencode({**query, 'before': rows[-1].id})}"


def _states(path: str, query: Mapping[str, object]) -> list[tuple[str, str, bool]]:
    """Return the addresses that show one state only, with their words, and which one is shown."""
    rest = {name: value for name, value in query.items() if name != "state"}
    found = [(f"{path}?{urlencode(rest)}", "全部", "state" not in query)]
    for state in ReminderStatus:
        address = f"{path}?{urlencode({**rest, 'state': state.value})}"
        found.append((address, words.state(state)[0], query.get("state") == state))
    return found


def _state(request: web.Request) -> ReminderStatus | None:
    text = request.query.get("state", "")
    try:
        return ReminderStatus(text) if text else None
    except ValueError as error:
        raise NotFound(parameter="state") from error


def _number(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    if not text:
        return None
    try:
        return int(text[:12])
    except ValueError as error:
        raise NotFound(parameter=name) from error


def _date(request: web.Request, name: str) -> date | None:
    text = request.query.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotFound(parameter=name) from error
