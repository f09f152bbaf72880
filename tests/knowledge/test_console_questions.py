"""The queue of what was not answered well: looked through, answered once, or left aside with a reason."""

import re

from knowledge import jobs
from knowledge.queries import questions
from knowledge.rules.questions import Asked, GroupState
from knowledge.rules.votes import UselessReason
from knowledge.services import asking, feedback
from knowledge.services.index import KnowledgeIndex
from tests.knowledge.desk import Desk
from tests.knowledge.office import TOP, Office
from tests.knowledge.test_console import PUMP, outcome

BATTERY = ("手机电池容量虚标归哪管", "请问手机电池容量虚标归哪管啊", "手机电池容量虚标，归哪管？")


async def gathered(desk: Desk, index: KnowledgeIndex) -> int:
    """Let three ask the same thing, and return the id of their group."""
    for text in BATTERY:
        desk.does(asking.keep, questions=[Asked(desk.clock.now(), text, "reject")])
        desk.clock.advance(minutes=1)
    await jobs.group_questions(desk.press, index)
    group_id = desk.sees(questions.groups)[0].id
    assert isinstance(group_id, int)
    return group_id


async def test_a_group_is_answered_once_and_closed_by_the_publication(
    office: Office, desk: Desk, index: KnowledgeIndex
) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    group = await gathered(desk, index)
    page = await zhou.reads(f"{TOP}/questions")
    assert "待处理 · 问得多的在前 · 共 1 组" in page
    assert "答不知道 3" in page
    assert BATTERY[1] in page
    assert f"/entries/new?group={group}" in page
    page = await zhou.reads(f"{TOP}/questions/{group}")
    assert BATTERY[1] in page
    assert re.search(r'手机电池容量虚标，?归哪管？?</td><td class="num">2<', page)
    page = await zhou.reads(f"{TOP}/entries/new?group={group}")
    assert f"{BATTERY[0]}</textarea>" in page
    assert BATTERY[1] in page
    answer = PUMP | {"question": BATTERY[0], "ask": BATTERY[1], "answer": "向电池生产者所在地反映。"}
    page = await zhou.sends(f"{TOP}/entries/new", **(answer | {"base": "0"}), group=str(group), do="submit")
    assert "来自问题：手机电池容量虚标归哪管" in page
    assert "已经写进一份修改" in await zhou.reads(f"{TOP}/questions/{group}")
    review = re.search(rf"{TOP}/review/\d+", await liu.reads(f"{TOP}/review"))
    assert review
    await liu.reads(review[0])
    await liu.sends(f"{review[0]}/approve")
    chosen = re.search(r'name="version" value="(\d+)"', await liu.reads(f"{TOP}/publish"))
    assert chosen
    await liu.sends(f"{TOP}/publish/rehearse", version=chosen[1])
    await outcome(liu)
    await liu.sends(liu.at)
    assert "没有要处理的问题" in await zhou.reads(f"{TOP}/questions")
    assert BATTERY[0] in await zhou.reads(f"{TOP}/questions?state=answered")
    assert "向电池生产者" in await zhou.reads(f"/h5/guide/search?q={BATTERY[2]}")


async def test_a_phrasing_goes_to_the_entry_it_belongs_to(
    office: Office, desk: Desk, index: KnowledgeIndex
) -> None:
    zhou = await office("zhou")
    group = await gathered(desk, index)
    await zhou.reads(f"{TOP}/questions/{group}")
    page = await zhou.sends(f"{TOP}/questions/{group}/add", entry="pump", phrasing=BATTERY[0])
    assert "第 2 版草稿" in page
    await zhou.reads(f"{TOP}/questions/{group}")
    page = await zhou.sends(f"{TOP}/questions/{group}/add", status=422, entry="pump", phrasing=BATTERY[0])
    assert "已经有这种问法" in page
    page = await zhou.reads(f"{TOP}/entries?q=计价器&group={group}")
    assert f"/entries/taxi/edit?group={group}" in page
    page = await zhou.reads(f"{TOP}/entries/taxi/edit?group={group}")
    assert f"{BATTERY[1]}</textarea>" in page


async def test_a_group_is_left_aside_only_with_a_reason_and_can_come_back(
    office: Office, desk: Desk, index: KnowledgeIndex
) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    group = await gathered(desk, index)
    await zhou.reads(f"{TOP}/questions/{group}")
    assert "请写一句为什么不处理" in await zhou.sends(
        f"{TOP}/questions/{group}/ignore", status=422, reason=" "
    )
    await zhou.sends(f"{TOP}/questions/{group}/ignore", reason="不是计量的事")
    assert "不是计量的事" in await zhou.reads(f"{TOP}/questions?state=ignored")
    assert "/reopen" not in await liu.reads(f"{TOP}/questions/{group}")
    await zhou.reads(f"{TOP}/questions/{group}")
    await zhou.sends(f"{TOP}/questions/{group}/reopen")
    assert desk.sees(questions.group, group_id=group).state == GroupState.OPEN.value
    await zhou.reads(f"{TOP}/questions/9999", status=404)


async def test_the_queue_is_cut_by_the_trouble_and_shows_what_people_said(
    office: Office, desk: Desk, index: KnowledgeIndex
) -> None:
    zhou = await office("zhou")
    await gathered(desk, index)
    version = desk.latest("pump").id
    desk.does(feedback.vote, openid="o1", version_id=version, useful=False, question="加油枪多久检")
    desk.does(
        feedback.explain, openid="o1", version_id=version, reason=UselessReason.OTHER, words="太长看不完"
    )
    await jobs.group_questions(desk.press, index)
    page = await zhou.reads(f"{TOP}/questions?trouble=useless")
    assert "加油枪多久检" in page
    assert BATTERY[0] not in page
    group = re.search(rf"{TOP}/questions/\d+", page)
    assert group
    assert "“太长看不完”" in await zhou.reads(group[0])
