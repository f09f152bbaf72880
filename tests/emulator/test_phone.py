"""The phone page in a browser: talk, taps, cards, pages in the frame, both sizes."""

import re
import shutil
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

from tests.emulator.stage import FISH, WANG, Backend, Stage, reply_xml
from tests.emulator.test_material import photo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
CHIPS = (
    "一年一次 <b>粗</b> "
    '<a href="weixin://bizmsgmenu?msgmenucontent=有用&msgmenuid=fb-1">有用</a> '
    '<a href="javascript:alert(1)">坏链接</a> <a href="{page}">怎么算的</a>'
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield launched
        await launched.close()


async def opened(browser: Browser, stage: Stage, width: int, height: int) -> Page:
    page = await browser.new_page(viewport={"width": width, "height": height})
    await page.goto(f"{stage.base}/#{WANG}")
    await page.wait_for_selector("html[data-ready]")
    return page


async def say(page: Page, text: str) -> None:
    await page.fill("#say", text)
    await page.press("#say", "Enter")


async def test_a_talk_with_chips_photo_and_a_page_stays_inside_the_phone(
    stage: Stage, browser: Browser
) -> None:
    async def chips(backend: Backend, fields: dict[str, str], request: web.Request) -> web.Response:
        text = CHIPS.format(page=f"{stage.base}/connect/oauth2/authorize?appid=wx0")
        return web.Response(text=reply_xml(fields, ("MsgType", "text"), ("Content", text)))

    stage.backend.answering = chips
    page = await opened(browser, stage, 1440, 900)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await say(page, "电子秤多久检一次")
    answer = page.locator(".row.theirs").first
    await expect(answer).to_contain_text("<b>粗</b>")
    await expect(answer.get_by_role("link")).to_have_text(["有用", "怎么算的"])
    await answer.get_by_role("link", name="有用").click()
    await expect(page.locator(".row.theirs")).to_have_count(2)
    assert stage.backend.heard[-1]["bizmsgmenuid"] == "fb-1"
    picture = FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photo((900, 1600)))
    await page.set_input_files("#photo", files=[picture])
    await expect(page.locator(".row.theirs")).to_have_count(3)
    box = await page.locator(".phone").bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    await page.locator(".row.theirs").last.get_by_role("link", name="怎么算的").click()
    await expect(page.frame_locator("#frame").locator("h1")).to_have_text("无法打开页面")
    await page.click("#page-back")
    await expect(page.locator("#page")).to_be_hidden()
    assert errors == []


async def test_menu_template_card_and_leaving_work_on_a_small_screen(stage: Stage, browser: Browser) -> None:
    menu = {
        "button": [{"name": "查计量", "sub_button": [{"type": "click", "name": "查秤", "key": "K_SCALE"}]}]
    }
    await stage.call("/cgi-bin/menu/create", menu)
    page = await opened(browser, stage, 375, 667)
    await page.get_by_role("button", name="查计量").click()
    await page.get_by_role("button", name="查秤").click()
    await expect(page.locator(".row.theirs")).to_contain_text("K_SCALE")
    await stage.template(url=f"{stage.backend_base}/h5/")
    await expect(page.locator("#unread")).to_have_text("1")
    await page.click("#people-open")
    await page.click(f"[data-openid={FISH}]")
    card = page.locator(".card.template")
    await expect(card).to_contain_text("2026年12月3日")
    await expect(card.get_by_role("button", name="查看详情")).to_be_visible()
    await page.click("#about-open")
    await page.get_by_role("button", name="取消关注").click()
    await expect(page.get_by_role("button", name="关注公众号")).to_be_visible()
    assert await page.evaluate("() => document.documentElement.scrollWidth") <= 375
    await page.click("#follow-again")
    await expect(page.locator(".notice").last).to_have_text(re.compile("已关注"))
