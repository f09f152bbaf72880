"""A pensioner asks, reports shrimp that was short, and hears from the office on her phone."""

import asyncio
import re

from tests.flows.pictures import photograph
from tests.flows.town import Officer, Town

STORY = "我昨天在历下区老王海鲜买了3斤皮皮虾回家一称只有2斤4两68块一斤"


async def with_photograph(officer: Officer, number: str) -> str:
    """Open a case once its photograph is fetched: one that comes later would make the page stale."""
    for _ in range(100):
        case = await officer.reads(f"/console/cases/{number}")
        if "照片 1 张" in case:
            return case
        await asyncio.sleep(0.1)
    raise AssertionError(case)


async def test_from_question_to_acceptance(town: Town) -> None:
    citizen = town.person("wangxiuying")
    answer = await citizen.says("菜市场的电子秤多久检定一次")
    assert "依据" in answer
    assert "有用" in answer

    heard = await citizen.says("我要投诉")
    assert "隐私说明" in heard
    assert "哪一家" in heard

    heard = await citizen.says(STORY)
    for words in ("老王海鲜", "皮皮虾", "1,500 克", "1,200 克", "68 元/斤", "2026年11月22日"):
        assert words in heard, heard
    assert "用什么秤" in heard

    heard = await citizen.says("公平秤")
    assert "照片" in heard
    heard = await citizen.sends_photo(photograph("1.200 kg"))
    assert "照片收到了" in heard
    heard = await citizen.says("好了")
    assert "姓名" in heard
    heard = await citizen.says("王秀英 13800001234 历下区文化东路1号")
    assert "怎么解决" in heard
    heard = await citizen.says("退还差价")
    assert "请核对" in heard
    assert "初步计算" in heard
    assert "历下区市场监督管理局" in heard
    assert "13800001234" not in heard

    heard = await citizen.says("改4")
    assert "现在是" in heard
    heard = await citizen.says("2斤半")
    assert "1,250 克" in heard
    heard = await citizen.says("不是2斤半是2斤4两")
    assert "1,200 克" in heard

    heard = await citizen.says("提交")
    number = re.search(r"JL\d{6}[0-9A-Z]{6}", heard)
    assert number, heard
    assert "12月2日" in heard  # seven working days after Monday 23 November: Order 121 Art. 15

    heard = await citizen.says("我的投诉")
    assert number.group() in heard

    officer = await town.officer("lixia")
    queue = await officer.reads("/console/cases")
    assert number.group() in queue
    case = await with_photograph(officer, number.group())
    assert "未转 12315" in case
    assert "13800001234" not in case
    version = re.search(r'name="version" value="(\d+)"', case)
    assert version
    await officer.submits(case, f"/console/cases/{number.group()}/accept", version=version.group(1))
    heard = await citizen.hears_until("受理")
    assert number.group() in heard

    stale = await officer.submits(
        case, f"/console/cases/{number.group()}/note", status=409, version=version.group(1), note="这句不能丢"
    )
    assert "这句不能丢" in stale
    await officer.http.close()


async def test_a_county_does_not_see_another_county(town: Town) -> None:
    citizen = town.person("wangxiuying")
    await citizen.says("我要投诉")
    await citizen.says(STORY)
    for words in ("公平秤", "没有", "王秀英 13800001234 历下区文化东路1号", "退还差价"):
        await citizen.says(words)
    heard = await citizen.says("提交")
    number = re.search(r"JL\d{6}[0-9A-Z]{6}", heard)
    assert number, heard
    officer = await town.officer("qingdao")
    assert number.group() not in await officer.reads("/console/cases")
    await officer.reads(f"/console/cases/{number.group()}", status=404)
    await officer.http.close()
