"""Questions not answered well: the queue of groups, one group, and what an editor makes of it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.errors import AppError, InvalidInput
from core.text import key
from core.work import Reading
from knowledge.models import ItemVersion, QuestionGroup, Vote
from knowledge.queries import questions, versions
from knowledge.queries.questions import Wordings
from knowledge.rules.questions import TROUBLE_NAMES, TROUBLES, GroupState, Trouble
from knowledge.rules.votes import REASON_NAMES
from knowledge.services import settling
from knowledge.web.console import number_of, screen
from knowledge.web.keys import known
from portal.keys import database
from portal.pages import redirect

TOP = "/console/knowledge/questions"
PAGE = 50
LONGEST_REASON = 300
STATES = {GroupState.OPEN: "待处理", GroupState.ANSWERED: "已回答", GroupState.IGNORED: "已忽略"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A group with the ways people put it, the votes against its answers, and the version that will answer it."""

    group: QuestionGroup
    wordings: list[Wordings]
    votes: list[Vote]
    answer: ItemVersion | None


@requires(Permission.VIEW_KNOWLEDGE)
async def queue(request: web.Request) -> web.Response:
    """GET /console/knowledge/questions?state=…&trouble=…&from=…: groups, the largest first."""
    state, trouble = _state(request), _trouble(request)
    start, who, opened = number_of(request.query.get("from")), actor(request), database(request)
    counts = await opened.read_as(who, questions.group_counts)
    groups = await opened.read_as(
        who, questions.groups, state=state, trouble=trouble, offset=start, limit=PAGE + 1
    )
    samples = await opened.read_as(who, questions.samples, group_ids=[one.id for one in groups[:PAGE]])
    kept = {"state": state.value, "trouble": trouble.value if trouble else "", "from": str(start + PAGE)}
    return screen(
        request,
        "knowledge/console_questions.html",
        groups=groups[:PAGE],
        samples={one.id: _others(one, samples.get(one.id, [])) for one in groups[:PAGE]},
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
        state=state.value,
        trouble=trouble.value if trouble else "",
        views=[
            (f"{TOP}?state={one.value}", f"{name} {counts[one]}", one is state)
            for one, name in STATES.items()
        ],
        troubles=[("", "全部"), *((one.value, TROUBLE_NAMES[one]) for one in TROUBLES)],
        sentence=_sentence(state, trouble, counts[state]),
        next_url=f"{TOP}?{urlencode(kept)}" if len(groups) > PAGE else "",
        titles=_titles(request),
        trouble_names=_trouble_names(),
    )


@requires(Permission.VIEW_KNOWLEDGE)
async def group(request: web.Request) -> web.Response:
    """GET /console/knowledge/questions/{group}: one group."""
    return await _page(request)


@requires(Permission.EDIT_KNOWLEDGE)
async def add(request: web.Request) -> web.Response:
    """POST /console/knowledge/questions/{group}/add: draft the nearest entry with one phrasing more."""
    data = await request.post()
    try:
        found = await database(request).work(
            actor(request),
            settling.add_phrasing,
            group_id=_id(request),
            item_id=str(data.get("entry", "")),
            phrasing=str(data.get("phrasing", "")),
            content=known(request).content,
        )
    except AppError as error:
        return await _page(request, error=error)
    return redirect(
        f"/console/knowledge/entries/{found.item_id}",
        message=f"已存为第 {found.number} 版草稿，看过后提交审核",
    )


@requires(Permission.EDIT_KNOWLEDGE)
async def ignore(request: web.Request) -> web.Response:
    """POST /console/knowledge/questions/{group}/ignore: leave it aside, with the reason."""
    reason = str((await request.post()).get("reason", ""))[:LONGEST_REASON]
    try:
        await database(request).work(actor(request), settling.ignore, group_id=_id(request), reason=reason)
    except InvalidInput as error:
        return await _page(request, error=error)
    return redirect(TOP, message="已忽略；再有人问也不会回到待处理")


@requires(Permission.EDIT_KNOWLEDGE)
async def reopen(request: web.Request) -> web.Response:
    """POST /console/knowledge/questions/{group}/reopen: take it up again."""
    await database(request).work(actor(request), settling.reopen, group_id=_id(request))
    return redirect(f"{TOP}/{_id(request)}", message="已回到待处理")


def phrasings_of(reading: Reading, *, group_id: int) -> tuple[QuestionGroup, list[str]]:
    """Return a group and the ways people put it, the first one first, for an editor to start from."""
    found = questions.group(reading, group_id=group_id)
    said = [one.text for one in questions.wordings(reading, group_id=group_id)]
    return found, [found.text, *_others(found, said)]


async def _page(request: web.Request, *, error: AppError | None = None) -> web.Response:
    who = actor(request)
    sheet = await database(request).read_as(who, _sheet, group_id=_id(request))
    entries = known(request).content.entries
    return screen(
        request,
        "knowledge/console_question.html",
        status=error.status if error else 200,
        error=error,
        form={"values": {}, "errors": error.fields if isinstance(error, InvalidInput) else {}},
        group=sheet.group,
        wordings=sheet.wordings,
        votes=sheet.votes,
        answer=sheet.answer,
        nearest=next((one for one in entries if one.id == sheet.group.nearest_id), None),
        reasons={reason.value: name for reason, name in REASON_NAMES.items()},
        trouble_names=_trouble_names(),
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
    )


def _sheet(reading: Reading, *, group_id: int) -> Sheet:
    found = questions.group(reading, group_id=group_id)
    answer = versions.version(reading, version_id=found.answer_id) if found.answer_id else None
    return Sheet(
        group=found,
        wordings=questions.wordings(reading, group_id=group_id),
        votes=list(questions.complaints(reading, group_id=group_id)),
        answer=answer,
    )


def _others(group: QuestionGroup, said: list[str]) -> list[str]:
    """Return the ways people put it that are not the one the group is named after."""
    return [text for text in said if key(text) != key(group.text)]


def _sentence(state: GroupState, trouble: Trouble | None, count: int) -> str:
    why = f" · {TROUBLE_NAMES[trouble]}" if trouble else ""
    return f"{STATES[state]}{why} · 问得多的在前 · {'共' if not trouble else '全部'} {count} 组"


def _state(request: web.Request) -> GroupState:
    asked = request.query.get("state", "")
    return GroupState(asked) if asked in set(GroupState) else GroupState.OPEN


def _trouble(request: web.Request) -> Trouble | None:
    asked = request.query.get("trouble", "")
    return next((one for one in TROUBLES if one.value == asked), None)


def _trouble_names() -> dict[str, str]:
    return {trouble.value: name for trouble, name in TROUBLE_NAMES.items()}


def _titles(request: web.Request) -> dict[str, str]:
    return {entry.id: entry.question for entry in known(request).content.entries}


def _id(request: web.Request) -> int:
    return number_of(request.match_info["group"])
