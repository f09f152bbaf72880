"""The test bench: ask as a citizen would, and see why the answer is what it is."""

from datetime import date

from aiohttp import web

from accounts.permissions import Permission
from accounts.web.guards import actor, requires
from core.clock import local_date
from knowledge.rules.spoken import spoken
from knowledge.services.bench import explain
from knowledge.web.console import screen
from knowledge.web.keys import drafted, known
from portal.keys import CLOCK, compute

LONGEST = 200
FEATURE_NAMES = {
    "score": "第一名得分（对数）",
    "share": "占满分的比例",
    "margin": "领先第二名",
    "covered": "问句的字、音有多少被说到",
    "worded": "问句的词有多少被说到",
    "returned": "问法有多少被问句说到",
    "alike": "与最近问法的相似度",
    "strange": "生僻程度",
    "length": "问句长度（对数）",
}
REASONS = {
    "exact": "与一条问法一字不差",
    "not_ours": "最像的是“不归我们管”的事",
    "sure": "把握够，第二名也不接近",
    "close_call": "前两名太接近",
    "unsure": "把握不够直接回答",
    "too_vague": "话太短，没有说清是什么东西",
    "too_weak": "把握太低",
    "empty": "没有一个字对得上",
}
KINDS = {"answer": "直接回答", "clarify": "反问，给出候选", "reject": "说不知道，或转到别处"}


@requires(Permission.VIEW_KNOWLEDGE)
async def bench(request: web.Request) -> web.Response:
    """GET /console/knowledge/bench?q=…&on=…&drafts=yes: what a citizen would get on a day, with the trace of why."""
    asked = request.query.get("q", "").strip()[:LONGEST]
    today = local_date(request.config_dict[CLOCK].now())
    on, wrong = _day(request.query.get("on", ""), today)
    with_drafts = request.query.get("drafts") == "yes"
    published = await drafted(request) if with_drafts and asked else known(request)
    found = await compute(request, explain, published.index, asked, on=on) if asked else None
    return screen(
        request,
        "knowledge/console_bench.html",
        asked=asked,
        on=on,
        wrong=wrong,
        with_drafts=with_drafts,
        found=found,
        said=spoken(found.answer.entry, published.content.laws) if found and found.answer.entry else "",
        may_edit=Permission.EDIT_KNOWLEDGE.value in actor(request).permissions,
        features=FEATURE_NAMES,
        reasons=REASONS,
        kinds=KINDS,
    )


def _day(text: str, today: date) -> tuple[date, str]:
    if not text:
        return today, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return today, "请写成 2026-03-01 这样的日期；先按今天回答。"
