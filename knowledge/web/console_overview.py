"""The editors' home: what waits for them, and what citizens have said of the answers."""

from dataclasses import dataclass
from datetime import date, timedelta

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.clock import local_date
from core.errors import InvalidInput
from core.work import Reading
from knowledge.models import QuestionGroup, Vote
from knowledge.queries import notices, publications, questions, versions, votes
from knowledge.queries.notices import NoticeLine
from knowledge.rules.laws import ENDS_NAMES
from knowledge.rules.questions import GroupState
from knowledge.rules.versions import State
from knowledge.rules.votes import REASON_NAMES, Tally
from knowledge.services import alarms
from knowledge.web.console import number_of, screen
from knowledge.web.keys import known
from portal.keys import CLOCK, database
from portal.pages import redirect

LAWS = "/console/knowledge/laws"
SHOWN, LONGEST_REASON = 5, 300
SPANS = {
    "week": ("七天", timedelta(days=7)),
    "month": ("三十天", timedelta(days=30)),
    "": ("一年", timedelta(days=365)),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits: questions, reviews, publications, laws; and the largest groups of questions."""

    groups: int
    reviews: int
    mine: int
    approved: int
    laws: int
    number: int
    useless: int
    top: list[QuestionGroup]


@requires(Permission.VIEW_KNOWLEDGE)
async def overview(request: web.Request) -> web.Response:
    """GET /console/knowledge: what waits for somebody."""
    since = local_date(request.config_dict[CLOCK].now()) - SPANS["week"][1]
    found = await database(request).read_as(actor(request), _overview, since=since)
    content = known(request).content
    return screen(
        request,
        "knowledge/console_overview.html",
        found=found,
        entries=len(content.entries),
        titles={entry.id: entry.question for entry in content.entries},
        may_edit=Permission.EDIT_KNOWLEDGE.value in actor(request).permissions,
    )


@requires(Permission.VIEW_KNOWLEDGE)
async def feedback(request: web.Request) -> web.Response:
    """GET /console/knowledge/feedback?span=…: the entries called useless most, with why."""
    span = request.query.get("span", "month")
    span = span if span in SPANS else "month"
    since = local_date(request.config_dict[CLOCK].now()) - SPANS[span][1]
    return screen(
        request,
        "knowledge/console_feedback.html",
        worst=await database(request).read_as(actor(request), votes.worst, since=since),
        span=span,
        spans=[(name, words) for name, (words, _) in SPANS.items()],
        since=since,
        titles={entry.id: entry.question for entry in known(request).content.entries},
    )


@requires(Permission.VIEW_KNOWLEDGE)
async def feedback_of(request: web.Request) -> web.Response:
    """GET /console/knowledge/feedback/{id}: what was said of one entry, version by version."""
    item_id = request.match_info["item_id"]
    title, tallies, words = await database(request).read_as(actor(request), _feedback, item_id=item_id)
    return screen(
        request,
        "knowledge/console_feedback_one.html",
        item_id=item_id,
        title=title,
        tallies=tallies,
        words=words,
        reasons={reason.value: name for reason, name in REASON_NAMES.items()},
    )


@requires(Permission.VIEW_KNOWLEDGE)
async def laws(request: web.Request) -> web.Response:
    """GET /console/knowledge/laws?settled=1: published answers that rest on a law which ends."""
    return await _laws(request)


@requires(Permission.EDIT_KNOWLEDGE)
async def settle(request: web.Request) -> web.Response:
    """POST /console/knowledge/laws/{notice}: lay a notice aside, with the reason."""
    notice = number_of(request.match_info["notice"])
    reason = str((await request.post()).get("reason", ""))[:LONGEST_REASON]
    try:
        await database(request).work(actor(request), alarms.settle, notice_id=notice, reason=reason)
    except InvalidInput as error:
        return await _laws(request, wrong=(notice, error))
    return redirect(LAWS, message="已记下，这一版不再提醒")


async def _laws(request: web.Request, *, wrong: tuple[int, InvalidInput] | None = None) -> web.Response:
    who, settled = actor(request), request.query.get("settled") == "1"
    lines: list[NoticeLine] = await database(request).read_as(who, notices.notices, settled=settled)
    return screen(
        request,
        "knowledge/console_laws.html",
        status=wrong[1].status if wrong else 200,
        lines=lines,
        settled=settled,
        laws=known(request).content.laws,
        ends={kind.value: name for kind, name in ENDS_NAMES.items()},
        wrong=(wrong[0], wrong[1].text) if wrong else None,
        may_edit=Permission.EDIT_KNOWLEDGE.value in who.permissions,
    )


def _overview(reading: Reading, *, since: date) -> Overview:
    waiting = versions.waiting(reading)
    states = [line.version.state for line in waiting]
    return Overview(
        groups=questions.group_counts(reading)[GroupState.OPEN],
        reviews=states.count(State.IN_REVIEW.value),
        mine=sum(
            line.version.author_id == reading.actor.id
            and line.version.state in (State.DRAFT.value, State.RETURNED.value)
            for line in waiting
        ),
        approved=states.count(State.APPROVED.value),
        laws=notices.unsettled(reading),
        number=publications.latest_number(reading),
        useless=sum(tally.useless for _, tally in votes.worst(reading, since=since)),
        top=list(questions.groups(reading, limit=SHOWN)),
    )


def _feedback(reading: Reading, *, item_id: str) -> tuple[str, dict[int, Tally], list[Vote]]:
    versions.item(reading, item_id=item_id)
    latest = versions.history(reading, item_id=item_id, limit=1)[0]
    tallies = votes.by_version(reading, item_id=item_id)
    return str(latest.body.get("question", item_id)), tallies, list(votes.words(reading, item_id=item_id))
