"""The questions every publication is tried on: the list, one more, one less."""

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.errors import InvalidInput
from knowledge.queries import questions
from knowledge.rules.regression import RegressionKind
from knowledge.services import regressing
from knowledge.web.console import number_of, screen
from knowledge.web.keys import known
from portal.keys import database
from portal.pages import redirect

TOP = "/console/knowledge/regression"
PAGE, LONGEST = 50, 300
KIND_NAMES = {
    RegressionKind.ANSWER: "直接用这条回答",
    RegressionKind.OFFER: "回答或列入候选",
    RegressionKind.REJECT: "应当说不知道",
}


@requires(Permission.VIEW_KNOWLEDGE)
async def table(request: web.Request) -> web.Response:
    """GET /console/knowledge/regression?entry=…&after=…: the questions in use; q, kind and for fill the form."""
    asked = request.query
    typed = {"text": asked.get("q", ""), "kind": asked.get("kind", ""), "entry_id": asked.get("for", "")}
    return await _page(request, typed=typed)


@requires(Permission.EDIT_KNOWLEDGE)
async def keep(request: web.Request) -> web.Response:
    """POST /console/knowledge/regression: one question more."""
    data = await request.post()
    typed = {name: str(data.get(name, "")).strip()[:LONGEST] for name in ("text", "kind", "entry_id", "note")}
    try:
        await database(request).work(actor(request), regressing.keep, **typed)
    except InvalidInput as error:
        return await _page(request, typed=typed, error=error)
    return redirect(TOP, message="已留作回归题，下次试运行就会考")


@requires(Permission.EDIT_KNOWLEDGE)
async def retire(request: web.Request) -> web.Response:
    """POST /console/knowledge/regression/{question}/retire: one question less, with the reason."""
    note = str((await request.post()).get("note", ""))[:LONGEST]
    question = number_of(request.match_info["question"])
    try:
        await database(request).work(actor(request), regressing.retire, question_id=question, note=note)
    except InvalidInput as error:
        return await _page(request, typed={}, error=error)
    return redirect(TOP, message="已停用；题目和原因都还留着")


async def _page(
    request: web.Request, *, typed: Mapping[str, str], error: InvalidInput | None = None
) -> web.Response:
    who, entry_id = actor(request), request.query.get("entry", "")
    rows = await database(request).read_as(
        who,
        questions.regression_questions,
        entry_id=entry_id,
        after=number_of(request.query.get("after")),
        limit=PAGE + 1,
    )
    more = urlencode({"entry": entry_id, "after": rows[PAGE - 1].id}) if len(rows) > PAGE else ""
    return screen(
        request,
        "knowledge/console_regression.html",
        status=error.status if error else 200,
        error=error,
        form={"values": dict(typed), "errors": error.fields if error else {}},
        rows=rows[:PAGE],
        entry_id=entry_id,
        kinds=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        kind_names={kind.value: name for kind, name in KIND_NAMES.items()},
        titles={entry.id: entry.question for entry in known(request).content.entries},
        next_url=f"{TOP}?{more}" if more else "",
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
    )
