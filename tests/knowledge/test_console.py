"""The editors' screens through a browser's eyes: writing, reviewing, publishing, and what is refused."""

import asyncio
import re
from datetime import timedelta
from typing import Any

from core.work import SYSTEM
from knowledge.rules.questions import Asked
from knowledge.services import asking
from tests.knowledge.clerk import Clerk
from tests.knowledge.desk import Desk
from tests.knowledge.office import TOP, Office

PUMP: dict[str, Any] = {
    "base": "1",
    "topic": "fuel",
    "question": "加油机多久检定一次？",
    "ask": "油枪几个月检一回",
    "answer": "燃油加油机每六个月检定一次。",
    "law": ["metrology-law", ""],
    "article": ["第九条", ""],
    "confidence": "A",
    "audience": "both",
    "next": ["report", "phone"],
}


async def outcome(clerk: Clerk) -> str:
    """Wait as the page does until the rehearsal is measured."""
    for _ in range(200):
        if "/rehearsing" not in clerk.at:
            return clerk.page
        assert "正在试运行" in clerk.page
        await asyncio.sleep(0.05)
        await clerk.reads(clerk.at)
    raise AssertionError("the rehearsal does not end")


async def test_from_a_draft_to_what_a_citizen_reads(office: Office) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    assert "加油机多久检定一次" in await zhou.reads(f"{TOP}/entries")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    page = await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="submit", note="更直白")
    assert "等另一位同事审核" in page

    page = await zhou.reads(f"{TOP}/review")
    review = re.search(rf"{TOP}/review/\d+", page)
    assert review
    page = await zhou.reads(review[0])
    assert "要请另一位同事审核" in page
    assert "/approve" not in page
    await zhou.sends(f"{review[0]}/approve", status=403)

    page = await liu.reads(review[0])
    assert re.search(r"<del>.{0,60}的检定周期是", page)
    assert "<ins>" in page
    await liu.sends(f"{review[0]}/approve", note="核对过")
    page = await liu.reads(f"{TOP}/publish")
    chosen = re.search(r'name="version" value="(\d+)"', page)
    assert chosen
    await liu.sends(f"{TOP}/publish/rehearse", version=chosen[1])
    page = await outcome(liu)
    assert "没有成绩变差" in page
    rehearsal = liu.at
    await liu.sends(rehearsal, note="更直白的说法")
    assert liu.at == f"{TOP}/publish/2"
    assert "改了 1 处" in liu.page
    page = await liu.reads(f"{TOP}/publish/1?against=2")
    assert "与第 2 期相比，不同的有 1 处" in page
    assert re.search(r"<del>.{0,60}每", page)
    assert "没有不同" in await liu.reads(f"{TOP}/publish/2?against=2")
    await liu.reads(f"{TOP}/publish/2?against=9", status=404)
    assert "燃油加油机每六个月检定一次" in await zhou.reads("/h5/guide/answers/pump")
    assert "燃油加油机每六个月检定一次" in await zhou.reads("/h5/guide/search?q=加油机几个月检一次")

    await liu.reads(f"{TOP}/publish/1")
    await liu.sends(f"{TOP}/publish/rehearse", restores="1")
    assert "退回到第 1 期" in await outcome(liu)
    await liu.sends(liu.at)
    assert "的检定周期是六个月" in await zhou.reads("/h5/guide/answers/pump")


async def test_what_is_sent_back_comes_with_a_reason_and_can_be_handed_in_again(office: Office) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="submit")
    await liu.reads(f"{TOP}/review")
    review = re.search(rf"{TOP}/review/\d+", liu.page)
    assert review
    await liu.reads(review[0])
    assert "请写一句要改什么" in await liu.sends(f"{review[0]}/return", status=422, reason=" ")
    await liu.sends(f"{review[0]}/return", reason="条号对不上")
    page = await zhou.reads(f"{TOP}/entries/pump")
    assert "退回：条号对不上（刘振东）" in page
    await zhou.reads(f"{TOP}/entries/pump/edit")
    again = PUMP | {"base": "2", "answer": "加油机六个月检定一次。", "do": "submit"}
    assert "第 3 版已提交" in await zhou.sends(f"{TOP}/entries/pump/edit", **again)


async def test_two_editors_at_once_lose_no_keystroke(office: Office) -> None:
    zhou, liu = await office("zhou"), await office("zhou")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    await liu.reads(f"{TOP}/entries/pump/edit")
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="save")
    mine = PUMP | {"answer": "加油机检定周期为半年。", "detail": "一字\n不能丢", "note": "我的说明"}
    page = await liu.sends(f"{TOP}/entries/pump/edit", status=409, **mine, do="save")
    assert "周文静" in page
    assert "第 2 版" in page
    assert "加油机检定周期为半年。</textarea>" in page
    assert "一字不能丢</textarea>" in page
    assert 'value="我的说明"' in page
    assert 'name="base" value="2"' in page
    theirs = re.search(r'<th scope="row">结论</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', page)
    assert theirs
    plain = [re.sub(r"<[^>]+>", "", cell) for cell in theirs.groups()]
    assert plain == ["燃油加油机每六个月检定一次。", "加油机检定周期为半年。"]
    assert "第 3 版已存为草稿" in await liu.sends(
        f"{TOP}/entries/pump/edit", **(mine | {"base": "2"}), do="save"
    )


async def test_what_breaks_the_rules_is_told_beside_its_field_and_kept(office: Office) -> None:
    zhou = await office("zhou")
    await zhou.reads(f"{TOP}/entries/new")
    wrong = PUMP | {"answer": "长" * 121, "topic": "", "valid_from": "去年", "base": "0"}
    page = await zhou.sends(f"{TOP}/entries/new", status=422, **wrong, do="save")
    assert "请写成 2026-04-15 这样的日期" in page
    page = await zhou.sends(
        f"{TOP}/entries/new", status=422, **(wrong | {"valid_from": "2026-02-01"}), do="save"
    )
    assert "结论最多 120 个字，现在 121 个" in page
    assert "请从现有主题里选一个" in page
    assert "长" * 121 in page
    page = await zhou.sends(
        f"{TOP}/entries/new", status=422, **(PUMP | {"law": ["", ""], "base": "0"}), do="save"
    )
    assert "有一行只写了条号" in page


async def test_a_preview_shows_both_places_warns_of_likeness_and_saves_nothing(
    office: Office, desk: Desk
) -> None:
    zhou = await office("zhou")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    typed = PUMP | {"ask": "出租车计价器多久检定一次\n油枪几个月检一回\n油枪几个月检一回啊"}
    page = await zhou.sends(f"{TOP}/entries/pump/edit", status=200, **typed, do="preview")
    assert "微信对话里" in page
    assert "手机页面上" in page
    assert "《metrology-law 全称》第九条" in page
    assert "“出租车计价器多久检定一次” ≈ “出租车计价器多久检定一次？”" in page
    assert "“油枪几个月检一回啊” ≈ “油枪几个月检一回”（本词条）" in page
    assert desk.latest("pump").number == 1


async def test_versions_are_compared_and_an_old_one_comes_back_as_a_draft(office: Office, desk: Desk) -> None:
    zhou = await office("zhou")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="save")
    page = await zhou.reads(f"{TOP}/entries/pump/versions/2")
    assert "<del>" in page
    page = await zhou.reads(f"{TOP}/entries/pump/versions/1?against=2")
    assert "与第 2 版相比" in page
    await zhou.sends(f"{TOP}/entries/pump/restore", version=str(_id(page)), base="2")
    assert desk.latest("pump").number == 3
    assert desk.latest("pump").body["answer"] == "燃油加油机的检定周期是六个月。"
    await zhou.reads(f"{TOP}/entries/pump/versions/9", status=404)


async def test_a_draft_can_be_taken_back_and_an_entry_proposed_for_removal(
    office: Office, desk: Desk
) -> None:
    zhou = await office("zhou")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="save")
    await zhou.sends(f"{TOP}/entries/pump/discard", version=str(desk.latest("pump").id))
    page = await zhou.reads(f"{TOP}/entries/pump")
    assert "已撤下" in page
    assert 'name="base" value="2"' in await zhou.reads(f"{TOP}/entries/pump/edit")
    assert "的检定周期是六个月。</textarea>" in zhou.page
    await zhou.reads(f"{TOP}/entries/pump")
    assert "已提议下架" in await zhou.sends(f"{TOP}/entries/pump/remove", base="2", note="重复")
    assert desk.latest("pump").removes


async def test_the_list_says_what_it_shows(office: Office) -> None:
    zhou = await office("zhou")
    page = await zhou.reads(f"{TOP}/entries?topic=retail&q=检定&confidence=A&standing=holds")
    assert "已发布 · retail · 可信程度 A · 现行 · 含“检定” · 2 条" in page
    assert "/entries/scale" in page
    assert "/entries/pump" not in page
    assert "没有符合条件的词条" in await zhou.reads(f"{TOP}/entries?q=量子")
    await zhou.reads(f"{TOP}/entries/new")
    new = PUMP | {"question": "油气回收要检吗？", "ask": "", "base": "0", "do": "save"}
    await zhou.sends(f"{TOP}/entries/new", **new)
    assert "没有发布" in zhou.page
    assert "油气回收要检吗" in await zhou.reads(f"{TOP}/entries?view=mine")
    assert "油气回收要检吗" in await zhou.reads(f"{TOP}/entries?view=open")


async def test_the_bench_answers_and_explains(office: Office) -> None:
    zhou = await office("zhou")
    page = await zhou.reads(f"{TOP}/bench?q=加油机多久检一次")
    assert "直接回答" in page
    assert "切出的词" in page
    assert "/entries/pump" in page
    assert "请写成 2026-03-01" in await zhou.reads(f"{TOP}/bench?q=加油机&on=x")


async def test_the_bench_tries_what_is_not_published_yet(office: Office) -> None:
    zhou = await office("zhou")
    await zhou.reads(f"{TOP}/entries/pump/edit")
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP, do="save")
    asked = f"{TOP}/bench?q=加油机多久检一次"
    assert "每六个月检定一次" not in await zhou.reads(asked)
    page = await zhou.reads(f"{asked}&drafts=yes")
    assert "每六个月检定一次" in page
    assert "连同草稿" in page
    await zhou.sends(f"{TOP}/entries/pump/edit", **PUMP | {"base": "2", "answer": "每半年一次。"}, do="save")
    assert "每半年一次" in await zhou.reads(f"{asked}&drafts=yes")


async def test_a_row_of_synonyms_goes_the_same_way_as_an_entry(office: Office) -> None:
    zhou, liu = await office("zhou"), await office("liu")
    page = await zhou.reads(f"{TOP}/synonyms")
    assert "年检、校秤" in page
    row = re.search(rf'href="({TOP}/synonyms/synonym-[^"]+)"', page)
    assert row
    await zhou.reads(row[1])
    page = await zhou.sends(row[1], status=422, base="1", say="检定", mean="检定", do="save")
    assert "人们的说法和我们的词不能相同" in page
    page = await zhou.sends(row[1], base="1", say="年检\n校秤\n过检", mean="检定", do="submit")
    assert "待审核" in page
    page = await zhou.sends(row[1], status=409, base="1", say="年审", mean="检定", do="save")
    assert "<mark>年审</mark>" in page
    await liu.reads(f"{TOP}/review")
    review = re.search(rf"{TOP}/review/\d+", liu.page)
    assert review
    assert "<ins>" in await liu.reads(review[0])
    assert "已通过" in await liu.sends(f"{review[0]}/approve")
    await zhou.reads(f"{TOP}/synonyms/new")
    page = await zhou.sends(f"{TOP}/synonyms/new", base="0", say="油枪", mean="加油机", do="save")
    assert "已存为草稿" in page
    version = _id(page)
    assert "已撤回" in await zhou.sends(zhou.at + "/discard", version=str(version))


async def test_hot_questions_are_counted_by_span(office: Office, desk: Desk) -> None:
    now = desk.clock.now()
    asked = [Asked(now - timedelta(days=ago), "加油机多久检", "answer", "pump", 0.9) for ago in (0, 2, 9)]
    desk.does(asking.keep, by=SYSTEM, questions=[*asked, Asked(now, "量子是什么", "reject")])
    zhou = await office("zhou")
    for span, count in (("day", 1), ("week", 2), ("month", 3)):
        page = await zhou.reads(f"{TOP}/hot?span={span}")
        assert re.search(rf'加油机多久检</a></td><td class="num">{count}</td>', page), span
        assert "没有答上" in page
    desk.clock.advance(days=300)
    assert "这段时间没有人问" in await (await office("zhou")).reads(f"{TOP}/hot?span=day")


def _id(page: str) -> int:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return int(found[1])
