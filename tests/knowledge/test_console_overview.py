"""The editors' home, what citizens said of the answers, and the laws that end."""

import re
from datetime import date
from typing import Any

from knowledge.queries import notices, questions
from knowledge.rules.votes import UselessReason
from knowledge.services import alarms, feedback
from tests.knowledge.desk import Desk, law
from tests.knowledge.office import TOP, Office
from tests.knowledge.test_console import PUMP


def disliked(desk: Desk) -> None:
    """Let three call an answer useless, one of them with a reason, and one find it useful."""
    version = desk.latest("pump").id
    for person, useful in (("a", False), ("b", False), ("c", False), ("d", True)):
        desk.does(feedback.vote, openid=person, version_id=version, useful=useful, question="油枪准不准")
    desk.does(feedback.explain, openid="a", version_id=version, reason=UselessReason.UNCLEAR, words="字太多")


async def test_the_home_counts_what_waits_and_leads_there(office: Office, desk: Desk) -> None:
    zhou = await office("zhou")
    assert "市民正在用第 1 期，共 8 条解答" in await zhou.reads(TOP)
    await zhou.reads(f"{TOP}/entries/pump/edit")
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="save")
    disliked(desk)
    page = await zhou.reads(TOP)
    assert "<b>1</b>份草稿或退回在我手上" in page
    assert "<b>3</b>次“没用”" in page
    assert "<b>0</b>份修改待审核" in page


async def test_feedback_names_the_entry_its_versions_and_the_reasons(office: Office, desk: Desk) -> None:
    zhou = await office("zhou")
    assert "没有词条被说没用" in await zhou.reads(f"{TOP}/feedback")
    disliked(desk)
    page = await zhou.reads(f"{TOP}/feedback")
    row = re.search(r"/feedback/pump.*?</tr>", page)
    assert row
    assert re.findall(r'class="num">(?:<b>)?([\d%]+)', row[0]) == ["3", "1", "75%", "0", "1", "0"]
    page = await zhou.reads(f"{TOP}/feedback/pump")
    assert "第 1 版" in page
    assert "字太多" in page
    assert "看不懂" in page
    assert "有用 1 · 没用 3" in await zhou.reads(f"{TOP}/entries/pump")
    await zhou.reads(f"{TOP}/feedback/nothing", status=404)


async def test_a_law_that_ends_is_seen_to_or_laid_aside_with_a_reason(office: Office, desk: Desk) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    assert "引用的法规都在有效期内" in await zhou.reads(f"{TOP}/laws")
    ended = {"metrology-law": law("metrology-law", valid_to=date(2026, 11, 1), superseded_by="other")}
    desk.does(alarms.watch, laws=ended)
    page = await zhou.reads(f"{TOP}/laws")
    assert "要看的，先失效的在前 · 8 处" in page
    assert "已失效" in page
    assert "/entries/pump/edit" in page
    first = desk.sees(notices.notices)[0].notice.id
    assert "请写一句为什么这条不用改" in await zhou.sends(f"{TOP}/laws/{first}", status=422, reason=" ")
    assert "不再提醒" in await zhou.sends(f"{TOP}/laws/{first}", reason="条文没有变")
    assert "条文没有变" in await zhou.reads(f"{TOP}/laws?settled=1")
    assert "不用改" not in await liu.reads(f"{TOP}/laws")


async def test_a_question_is_kept_for_every_publication_and_retired_with_a_reason(
    office: Office, desk: Desk
) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    page = await zhou.reads(f"{TOP}/bench?q=打表的机器多久检")
    link = re.search(rf'href="({TOP}/regression\?q=[^"]+)"', page)
    assert link
    page = await zhou.reads(link[1].replace("&amp;", "&"))
    assert 'value="打表的机器多久检"' in page
    assert 'value="taxi"' in page
    wrong: dict[str, Any] = {"text": " ", "kind": "answer", "entry_id": "nobody"}
    page = await zhou.sends(f"{TOP}/regression", status=422, **wrong)
    assert "请写一句市民会问的话" in page
    assert "没有发布过这个编号的词条" in page
    right: dict[str, Any] = {"text": "打表的机器多久检", "kind": "answer", "entry_id": "taxi"}
    assert "打表的机器多久检" in await zhou.sends(f"{TOP}/regression", **right)
    assert "这一题已经在了" in await zhou.sends(f"{TOP}/regression", status=422, **right)
    before = desk.sees(questions.expectations)
    kept = desk.sees(questions.regression_questions, entry_id="taxi")[-1]
    assert before[-1].text == "打表的机器多久检"
    assert "请写一句为什么" in await zhou.sends(f"{TOP}/regression/{kept.id}/retire", status=422, note="")
    await zhou.sends(f"{TOP}/regression/{kept.id}/retire", note="问法太偏")
    assert desk.sees(questions.expectations) == before[:-1]
    await zhou.sends(f"{TOP}/regression/{kept.id}/retire", status=404, note="再停一次")
    await zhou.reads(f"{TOP}/regression")
    assert "打表的机器多久检" in await zhou.sends(f"{TOP}/regression", **right)
    assert "留作回归题</button>" not in await liu.reads(f"{TOP}/regression")
