"""The register: shops and certificates on a phone, devices for a merchant, tables and telephones at the console."""

import aiohttp

from integrity.rules import uscc
from tests.flows.town import FORM_TOKEN, Officer, Town

NEW = uscc.compose(kind="92", region_code="370102", number=30_000_000)
TABLE = f"统一社会信用代码,名称,招牌名,行政区划\n{NEW},历下区新桥干果店,新桥干果,历下区\n"


async def _page(session: aiohttp.ClientSession, url: str, *, status: int = 200) -> str:
    async with session.get(url) as answer:
        assert answer.status == status, (url, answer.status)
        return await answer.text()


async def _uploads(officer: Officer, table: str, do: str, *, status: int = 200) -> str:
    page = await officer.reads("/console/register/import")
    token = FORM_TOKEN.search(page)
    assert token
    form = aiohttp.FormData({"csrf": token.group(1), "kind": "merchants", "do": do})
    form.add_field("file", table.encode("gb18030"), filename="商户.csv", content_type="text/csv")
    async with officer.http.post(officer.town.site + "/console/register/import", data=form) as answer:
        assert answer.status == status, answer.status
        return await answer.text()


async def test_anybody_looks_up_shops_and_certificates(town: Town) -> None:
    site = town.site + "/h5"
    found = await _page(town.http, f"{site}/merchants?q=老王海先")
    assert "就是这家吗" in found
    assert "历山农贸市场" in found
    shop = await _page(town.http, f"{site}/merchants/1")
    assert "诚信计量评级" in shop
    assert "未评" in shop
    assert "1990000" not in shop
    assert "没有查到" in await _page(town.http, f"{site}/merchants?q=量子引力研究")
    assert "已过检定有效期" in await _page(town.http, f"{site}/instruments?number=sd370102-2025-000003")
    assert "档案里没有这个编号" in await _page(town.http, f"{site}/instruments?number=%00")
    await _page(town.http, f"{site}/merchants/999999", status=404)
    data = await _page(town.http, f"{town.site}/api/v1/certificates/SD370102-2025-000001")
    assert '"status": "soon"' in data
    await _page(town.http, f"{town.site}/api/v1/merchants/nobody", status=404)
    assert "开放数据" in await _page(town.http, f"{town.site}/api/v1/docs")


async def test_a_merchant_sees_the_devices_by_days_left(town: Town) -> None:
    async with await town.surfs(town.person("wanghaixian")) as phone:
        page = await _page(phone, town.site + "/h5/merchant")
    assert page.index("已超期 3 天") < page.index("今天到期") < page.index("剩 7 天")
    async with await town.surfs(town.person("wangxiuying")) as phone:
        assert "还没有绑定商户" in await _page(phone, town.site + "/h5/merchant")


async def test_a_province_officer_imports_a_table_and_finds_it_at_once(town: Town) -> None:
    officer = await town.officer("province")
    assert "检查通过，还没有导入" in await _uploads(officer, TABLE, "check")
    assert "校验位不对" in await _uploads(officer, TABLE.replace(NEW, NEW[:-1] + "0"), "store", status=422)
    assert "没有找到商户" in await officer.reads(f"/console/register?q={NEW}")
    assert "新增 1" in await _uploads(officer, TABLE, "store")
    assert "新桥干果" in await officer.reads(f"/console/register?q={NEW}")
    await officer.http.close()


async def test_an_officer_sees_the_own_county_and_leaves_a_trace(town: Town) -> None:
    officer = await town.officer("lixia")
    page = await officer.reads("/console/register/1")
    assert "1990000" not in page
    assert "1990000" in await officer.submits(page, "/console/register/1/phone")
    await officer.reads("/console/register/3", status=403)
    await officer.reads("/console/register/import", status=403)
    assert "潍坊" not in await officer.reads("/console/register/due")
    await officer.http.close()
