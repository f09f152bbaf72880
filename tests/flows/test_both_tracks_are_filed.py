"""A citizen files complaint and tip-off together, is told what stands in the way, and chooses the consents."""

import re

from sqlalchemy import select

from complaints.models import Case
from portal.keys import DATABASE
from tests.flows.test_citizen_reports_and_is_answered import STORY
from tests.flows.town import Person, Town

NUMBER = re.compile(r"JL\d{6}[0-9A-Z]{6}")


async def to_the_review(citizen: Person) -> str:
    """Tell everything and return the review."""
    await citizen.says("我要投诉")
    await citizen.says(STORY)
    heard = ""
    for words in ("公平秤", "没有", "王秀英 13800001234 历下区文化东路1号", "退还差价"):
        heard = await citizen.says(words)
    assert "请核对" in heard
    return heard


async def test_both_are_filed_and_the_tip_off_names_nobody(town: Town) -> None:
    citizen = town.person("wangxiuying")
    heard = await to_the_review(citizen)
    assert "谁会看到" in heard
    assert "都没有选" in heard
    heard = await citizen.says("同时举报")
    assert "投诉，同时举报" in heard
    heard = await citizen.says("同意公示")
    assert "已同意公示" in heard
    heard = await citizen.says("提交")
    numbers = NUMBER.findall(heard)
    assert len(set(numbers)) == 2, heard
    cases = town.app[DATABASE].read_now(
        lambda reading: list(
            reading.session.scalars(select(Case).where(Case.number.in_(numbers)).order_by(Case.id))
        )
    )
    assert [case.track for case in cases] == ["complaint", "tipoff"]
    assert cases[0].may_publish
    assert not cases[0].may_delegate
    assert cases[1].contact_name is None


async def test_without_proof_the_tip_off_is_offered(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉")
    heard = await citizen.says("没有小票")
    assert "改为举报" in heard
    heard = await citizen.says("改为举报")
    assert "不用留姓名" in heard
    assert "哪一家" in heard


async def test_the_same_matter_told_by_another_is_asked_about(town: Town) -> None:
    first, second = town.person("wangxiuying"), town.person("liuyang")
    await to_the_review(first)
    await first.says("提交")
    heard = await to_the_review(second)
    assert "人反映过" in heard
    assert "王秀英" not in heard.replace("王秀英，138", "")
    heard = await second.says("我也是")
    assert "单独办理" in heard
    heard = await second.says("提交")
    assert NUMBER.search(heard)


async def test_urging_withdrawing_and_what_is_not_there(town: Town) -> None:
    citizen = town.person("wangxiuying")
    assert "没有可以办的件" in await citizen.says("催办 JL260101AAAAAA")
    assert "是哪一件" in await citizen.says("催办")
    await to_the_review(citizen)
    number = NUMBER.search(await citizen.says("提交"))
    assert number
    assert "已提醒" in await citizen.says(f"催办 {number.group()}")
    assert "再催一次" in await citizen.says(f"催办 {number.group()}")
    heard = await citizen.says(f"撤回 {number.group()}")
    assert "要撤回" in heard
    heard = await citizen.says(f"确认撤回 {number.group()}")
    assert "已撤回" in heard


async def test_an_ended_case_is_rated_and_looked_at_again(town: Town) -> None:
    citizen = town.person("wangxiuying")
    await to_the_review(citizen)
    found = NUMBER.search(await citizen.says("提交"))
    assert found
    number = found.group()
    officer = await town.officer("lixia")
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        ("accept", {}),
        ("conclude", {"conclusion": "terminate", "result": "商户不同意调解"}),
    )
    for step, fields in steps:
        case = await officer.reads(f"/console/cases/{number}")
        version = re.search(r'name="version" value="(\d+)"', case)
        assert version
        told: dict[str, str] = {"version": version.group(1)} | fields
        await officer.submits(case, f"/console/cases/{number}/{step}", status=200, **told)
    await officer.http.close()
    assert "5 分" in await citizen.says(f"评价 {number}")
    assert "2 分" in await citizen.says(f"评价 {number} 2分 没有人打电话")
    assert "哪里没有解决" in await citizen.says(f"不满意 {number}")
    assert "负责人" in await citizen.says(f"不满意 {number} 少的钱没有退")
