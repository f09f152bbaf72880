"""The console's page of one case, its photographs, and who the citizen is."""

from collections.abc import Mapping

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from complaints.errors import CaseChanged
from complaints.models import CaseEvent, EventKind
from complaints.queries import casefile
from complaints.queries.casefile import CaseFile
from complaints.rules import lifecycle
from complaints.rules.admissibility import grounds, remedies
from complaints.rules.clocks import Track
from complaints.rules.lifecycle import Status, Step
from complaints.services import personal
from complaints.services.personal import Contact
from complaints.services.recording import EVENT_NAMES
from complaints.web.evidence import KINDS
from core.clock import local_date
from core.errors import AppError, InvalidInput
from portal.keys import database
from portal.pages import respond

CONCLUSIONS = {
    Step.AGREE: ("双方达成一致", "写明约定内容和履行情况，市民会看到"),
    Step.TERMINATE: ("终止调解", "写明原因，市民会看到原因和其他解决途径"),
    Step.OPEN_FILE: ("决定立案", "写明已核查的线索，市民会看到"),
    Step.DECLINE_FILE: ("不予立案", "写明核查情况和理由，市民会看到"),
    Step.DECIDE: ("已作出处理决定", "写明可以告知举报人的内容，市民会看到"),
}


@requires(Permission.VIEW_CASES)
async def show(request: web.Request) -> web.Response:
    """GET /console/cases/{number}: the case."""
    return await page(request)


@requires(Permission.REVEAL_PERSONAL)
async def reveal(request: web.Request) -> web.Response:
    """POST /console/cases/{number}/reveal: the citizen's name, telephone and address; this is audited."""
    contact = await database(request).work(
        actor(request), personal.reveal, number=request.match_info["number"]
    )
    return await page(request, contact=contact)


async def page(
    request: web.Request,
    *,
    error: AppError | None = None,
    typed: Mapping[str, str] | None = None,
    contact: Contact | None = None,
) -> web.Response:
    """Render the case; after a refused form with what was wrong, what changed, and what was typed."""
    number = request.match_info["number"]
    who = actor(request)
    file = await database(request).read_as(who, casefile.casefile, number=number)
    fields = error.fields if isinstance(error, InvalidInput) else {}
    track = Track(file.case.track)
    return respond(
        request,
        "complaints/case.html",
        status=error.status if error else 200,
        file=file,
        case=file.case,
        contact=contact,
        error=error,
        changes=error.changes if isinstance(error, CaseChanged) else [],
        form={"values": dict(typed or {}), "errors": fields},
        typed_in=(typed or {}).get("action", ""),
        timeline=[_entry(file, event) for event in reversed(file.events)],
        grounds=[
            (ground.ground.value, f"{ground.source.article}：{ground.title}")
            for ground in grounds(track, local_date(file.case.received_at))
        ],
        remedies=remedies().text if track is Track.COMPLAINT else "",
        conclusions=[(step.value, *words) for step, words in CONCLUSIONS.items() if step in file.steps],
        may={name: permission.value in who.permissions for name, permission in _MAY.items()},
        assigned_to_me=file.case.assignee_id == who.id,
        kinds=KINDS,
    )


_MAY = {
    "handle": Permission.HANDLE_CASES,
    "reveal": Permission.REVEAL_PERSONAL,
    "move": Permission.ASSIGN_CASES,
}

_TONES = {
    Step.ACCEPT: "ok",
    Step.AGREE: "ok",
    Step.REFUSE: "danger",
    Step.TERMINATE: "warn",
    Step.ASK_SUPPLEMENT: "warn",
    Step.WITHDRAW: "warn",
}


def _entry(file: CaseFile, event: CaseEvent) -> dict[str, object]:
    kind = EventKind(event.kind)
    step = Step(event.step) if event.step else None
    title = EVENT_NAMES[kind]
    if step is not None and kind is EventKind.STEP:
        title = lifecycle.name(file.track, Status(event.status))
    who = "市民" if event.actor_kind == "citizen" else event.actor_name or "系统"
    if kind is EventKind.RECEIVED:
        who = "市民"
    return {
        "kind": kind.value,
        "title": title,
        "by": who,
        "at": event.at,
        "tone": _TONES.get(step, "done") if step else "done",
        "public": event.public_text or "",
        "internal": event.internal_text or "",
    }
