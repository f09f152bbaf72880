"""A report from the first card to the receipt on a small phone, with scripts and without; every page looked over by axe."""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.flows.pictures import photograph
from tests.flows.town import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(240),
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]
CHECKS = (Path(__file__).parents[1] / "portal" / "gallery_checks.js").read_text()
GRAVE = {"serious", "critical"}
OPENID = "oQHdemo_citizen_zhaolei"


async def opened(town: Town, browser: Browser, *, scripts: bool, elder: bool = False) -> BrowserContext:
    """Return a phone that WeChat recognises."""
    context = await browser.new_context(viewport={"width": 375, "height": 667}, java_script_enabled=scripts)
    await context.request.post(f"{town.platform}/phone/look", data={"openid": OPENID})
    await context.add_cookies([{"name": "quanheng_elder", "value": "1" if elder else "0", "url": town.site}])
    return context


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_the_whole_report(town: Town, browser: Browser, tmp_path: Path, scripts: bool) -> None:
    phone = await (await opened(town, browser, scripts=scripts)).new_page()
    errors: list[str] = []
    phone.on("pageerror", lambda error: errors.append(str(error)))
    good, bad = tmp_path / "scale.jpg", tmp_path / "moving.gif"
    good.write_bytes(photograph("1.200 kg"))
    bad.write_bytes(b"GIF89a" + bytes(60))

    await phone.goto(f"{town.site}/h5/enter?next=/h5/report")
    await phone.get_by_text("选商户或摊位").click()
    await choose_shop(phone, scripts=scripts)
    await fill(phone, "#product", "皮皮虾")
    await phone.fill("#claimed", "3")
    if scripts:
        await expect(phone.locator("output")).to_have_text("= 1,500 克")
    await onward(phone)
    await phone.check("input[value=equal_accuracy]")
    await fill(phone, "#measured", "2斤4两")
    await fill(phone, "#unit_price", "68")
    await phone.check("input[name=day] >> nth=1")
    await onward(phone)
    await expect(phone.locator(".band-words")).to_contain_text("超过允许负偏差")
    await onward(phone)
    await give_photos(phone, good, bad, scripts=scripts)
    await onward(phone)
    await phone.check("input[value=both]")
    await onward(phone)
    await phone.fill("#contact_name", "赵磊")
    await phone.fill("#contact_phone", "13800001234")
    await fill(phone, "#contact_address", "历下区文化东路1号")
    await phone.check("input[value=退还差价]")
    await onward(phone)
    await expect(phone.locator("#may_publish")).not_to_be_checked()
    await expect(phone.locator("#may_delegate")).not_to_be_checked()
    await phone.click("a[href='/h5/report/goods?back=check']")
    await expect(phone.locator("#product")).to_have_value("皮皮虾")
    await fill(phone, "#product", "大虾")
    await onward(phone)
    await expect(phone.get_by_role("heading", name="已经提交")).to_be_visible()
    await expect(phone.locator(".report-number")).to_have_count(2)
    await phone.get_by_text("看进度、补材料").first.click()
    await expect(phone.locator("main")).to_contain_text("大虾")
    assert errors == []


async def test_a_draft_left_on_one_phone_goes_on_on_another(town: Town, browser: Browser) -> None:
    first = await (await opened(town, browser, scripts=True)).new_page()
    await first.goto(f"{town.site}/h5/enter?next=/h5/report/goods")
    await fill(first, "#product", "皮皮虾")
    second = await (await opened(town, browser, scripts=False)).new_page()
    await second.goto(f"{town.site}/h5/enter?next=/h5/report/paid")
    await fill(second, "#claimed", "3")
    await first.fill("#claimed", "2")
    await onward(first)
    await expect(first.get_by_role("alert")).to_contain_text("1,500 克（3斤）")
    await expect(first.locator("#claimed")).to_have_value("2")


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
async def test_nothing_serious_on_any_page(town: Town, browser: Browser, tmp_path: Path, elder: bool) -> None:
    phone = await (await opened(town, browser, scripts=True, elder=elder)).new_page()
    await phone.goto(f"{town.site}/h5/enter?next=/h5/report")
    found = await faults(phone)
    for path in ("where", "where?q=老王海先", "where?q=没有这家店", "where?own=1", "words", "check"):
        found += await looked(phone, f"{town.site}/h5/report/{path}")
    await phone.goto(f"{town.site}/h5/report/words")
    await fill(phone, "#story", "昨天在历下区老王海鲜买了3斤皮皮虾，68一斤，回家一称只有2斤4两，家里的秤")
    await phone.locator(".report-hits button").first.click()
    found += await faults(phone)
    pages = (
        "goods",
        "paid",
        "again",
        "price",
        "when",
        "result",
        "photos",
        "track",
        "contact",
        "demand",
        "check",
    )
    for path in pages:
        found += await looked(phone, f"{town.site}/h5/report/{path}")
    photo = tmp_path / "scale.jpg"
    photo.write_bytes(photograph("1.200 kg"))
    await phone.goto(f"{town.site}/h5/report/photos")
    await phone.set_input_files("#scale", photo)
    await phone.locator(".report-photos a").click()
    found += await faults(phone)
    area = await phone.locator("[data-cover-finger]").bounding_box()
    assert area
    await phone.mouse.move(area["x"] + 20, area["y"] + 20)
    await phone.mouse.down()
    await phone.mouse.move(area["x"] + 120, area["y"] + 80)
    await phone.mouse.up()
    await onward(phone)
    await expect(phone.locator("main")).to_contain_text("已有的 1 处遮挡")
    for path, empty in (("goods", "#product"), ("paid", "#claimed"), ("contact", "#contact_name")):
        await phone.goto(f"{town.site}/h5/report/{path}")
        await fill(phone, empty, "")
        found += await faults(phone)
    await phone.goto(f"{town.site}/h5/report/track")
    await phone.check("input[value=tipoff]")
    await onward(phone)
    await onward(phone)
    await expect(phone.get_by_role("heading", name="已经提交")).to_be_visible()
    found += await faults(phone)
    await phone.get_by_text("看进度、补材料").click()
    found += await faults(phone)
    for path in ("cases", "me", "me/kept", "me/erase"):
        found += await looked(phone, f"{town.site}/h5/{path}")
    assert found == []


async def choose_shop(phone: Page, *, scripts: bool) -> None:
    """Find the shop by a wrong name and choose it."""
    await phone.fill("#q", "老王海先")
    if not scripts:
        await phone.get_by_role("button", name="查店").click()
    await phone.locator(".report-hits button").first.click()
    await expect(phone.locator("main")).to_contain_text("历下区市场监督管理局")
    await onward(phone)


async def give_photos(phone: Page, good: Path, bad: Path, *, scripts: bool) -> None:
    """Give two files at once: one is taken, the other refused in words of its own."""
    await phone.set_input_files("#scale", [good, bad])
    if not scripts:
        await phone.get_by_role("button", name="上传选好的照片").click()
    await expect(phone.locator("main")).to_contain_text("GIF")
    await expect(phone.get_by_role("button", name="去掉")).to_have_count(1)
    if scripts:
        await expect(phone.get_by_role("button", name="重试")).to_have_count(1)


async def fill(phone: Page, field: str, text: str) -> None:
    """Type an answer and go on."""
    await phone.fill(field, text)
    await onward(phone)


async def onward(phone: Page) -> None:
    """Tap the button under the page."""
    await phone.locator(".actions .btn--primary").click()
    await phone.wait_for_load_state()


async def looked(phone: Page, address: str) -> list[str]:
    """Open a page and name what is wrong with it."""
    await phone.goto(address)
    return await faults(phone)


async def faults(phone: Page) -> list[str]:
    """Name what is wrong with the page that is open."""
    found: list[str] = await phone.evaluate(CHECKS)
    results = await Axe().run(phone)
    grave = [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in results.response["violations"]
        if one["impact"] in GRAVE
    ]
    return [f"{phone.url} {line}" for line in (*found, *grave)]
