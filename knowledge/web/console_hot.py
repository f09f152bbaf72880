"""Hot questions: what people ask most in a day, a week, a month, and which entries they read."""

from datetime import timedelta

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from knowledge.queries import questions
from knowledge.web.console import screen
from knowledge.web.keys import known
from portal.keys import CLOCK, database

SPANS = {
    "day": ("一天", timedelta(days=1)),
    "week": ("七天", timedelta(days=7)),
    "month": ("三十天", timedelta(days=30)),
}


@requires(Permission.VIEW_KNOWLEDGE)
async def hot(request: web.Request) -> web.Response:
    """GET /console/knowledge/hot?span=day|week|month: the questions asked and the entries read most."""
    span = request.query.get("span", "")
    span = span if span in SPANS else "week"
    since = request.config_dict[CLOCK].now() - SPANS[span][1]
    who, opened = actor(request), database(request)
    return screen(
        request,
        "knowledge/console_hot.html",
        span=span,
        spans=[(name, words) for name, (words, _) in SPANS.items()],
        since=since,
        asked=await opened.read_as(who, questions.hot, since=since),
        read=await opened.read_as(who, questions.hot_entries, since=since),
        titles={entry.id: entry.question for entry in known(request).content.entries},
    )
