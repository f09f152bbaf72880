"""Nobody could answer; an editor writes it once, a colleague reviews it, a publication brings it into the chat."""

import asyncio
import re

from bot import jobs as bot_jobs
from knowledge import jobs
from knowledge.web import keys as knowledge_keys
from server import INDEXES, REMEMBERED
from tests.flows.town import Officer, Person, Town

QUESTION = "充电宝标两万毫安虚标归谁管"
OTHERWISE = "请问充电宝标两万毫安虚标，归谁管啊"
ANSWER = "充电宝容量虚标属产品质量和标识问题，请向当地市场监管部门反映，电话12315。"


async def gathered(town: Town) -> None:
    """Let a minute pass: what was asked is written, and gathered into groups."""
    database = town.app[knowledge_keys.PRESS].database
    await bot_jobs.flush(database, town.app[REMEMBERED])
    await jobs.group_questions(town.app[knowledge_keys.PRESS], town.app[INDEXES].known.index)


async def first(officer: Officer, path: str, pattern: str) -> str:
    """Return what a page shows for a pattern."""
    page = await officer.reads(path)
    found = re.search(pattern, page)
    assert found, page
    return found.group(1)


async def rehearsed(officer: Officer, version: str) -> str:
    """Measure what publishing a version changes, and return the address of the outcome."""
    page = await officer.reads("/console/knowledge/publish")
    await officer.submits(page, "/console/knowledge/publish/rehearse", version=version)
    for _ in range(300):
        page = await officer.reads("/console/knowledge/publish")
        found = re.search(r'href="(/console/knowledge/publish/rehearsals/\d+)"', page)
        if found:
            return found.group(1)
        await asyncio.sleep(0.2)
    raise AssertionError(page)


async def heard(citizen: Person, question: str) -> str:
    """Ask until the publication has reached the process: two seconds and a build."""
    for _ in range(60):
        answer = await citizen.says(question)
        if ANSWER in answer:
            return answer
        await asyncio.sleep(0.5)
    raise AssertionError(answer)


async def test_from_not_knowing_to_an_answer(town: Town) -> None:
    wang, li = town.person("wangxiuying"), town.person("lishucai")
    assert "不知道" in await wang.says(QUESTION)
    assert "不知道" in await li.says(OTHERWISE)
    await gathered(town)

    editor = await town.officer("editor")
    queue = await editor.reads("/console/knowledge/questions")
    assert QUESTION in queue
    group = await first(editor, "/console/knowledge/questions", r"/console/knowledge/questions/(\d+)")
    form = await editor.reads(f"/console/knowledge/entries/new?group={group}")
    assert OTHERWISE in form
    saved = await editor.submits(
        form,
        "/console/knowledge/entries/new",
        group=group,
        base="0",
        do="submit",
        topic="elsewhere",
        question="充电宝、电池容量虚标找谁？",
        ask=f"{QUESTION}\n{OTHERWISE}",
        answer=ANSWER,
        confidence="B",
        audience="both",
    )
    assert "待审核" in saved

    waiting = await editor.reads("/console/knowledge/review")
    version = max(re.findall(r"/console/knowledge/review/(\d+)", waiting), key=int)
    review = await editor.reads(f"/console/knowledge/review/{version}")
    await editor.submits(saved, f"/console/knowledge/review/{version}/approve", status=403)
    colleague = await town.officer("province")
    review = await colleague.reads(f"/console/knowledge/review/{version}")
    await colleague.submits(review, f"/console/knowledge/review/{version}/approve")

    address = await rehearsed(colleague, version)
    outcome = await colleague.reads(address)
    assert "回归问题" in outcome
    published = await colleague.submits(outcome, address, note="补上充电宝")
    assert "第 2 期" in published

    answer = await heard(wang, OTHERWISE)
    assert "谢谢" in await wang.taps("有用", answer)
    closed = await editor.reads("/console/knowledge/questions?state=answered")
    assert QUESTION in closed
    assert QUESTION not in await editor.reads("/console/knowledge/questions")
    for officer in (editor, colleague):
        await officer.http.close()
