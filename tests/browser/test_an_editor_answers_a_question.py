"""What nobody could answer is answered once: written, read by a second person, published, and said in the chat."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from accounts.demo import PASSWORD
from bot.jobs import flush
from knowledge.jobs import group_questions
from knowledge.web.keys import PRESS
from portal import keys
from server import INDEXES, REMEMBERED
from tests.flows.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
WAIT = 30_000
ASKED = "月球上的秤要不要校正引力"
ANSWER = "月球上的引力约是地球的六分之一，地球上检定过的弹簧秤到那里要重新校准。"


async def test_the_editors_journey(town: Town, browser: Browser) -> None:
    errors: list[str] = []
    citizen = town.person("wangxiuying")
    for _ in range(3):
        assert "引力约是" not in await citizen.says(ASKED)
    await flush(town.app[keys.DATABASE], town.app[REMEMBERED])
    await group_questions(town.app[PRESS], town.app[INDEXES].known.index)

    editor = await signed_in(browser, town, "editor", errors)
    await editor.goto(f"{town.site}/console/knowledge/questions")
    await expect(editor.locator("tbody tr", has_text=ASKED)).to_contain_text("3", timeout=WAIT)
    await editor.keyboard.press("?")
    await expect(editor.locator("dialog")).to_contain_text("写成新答案")
    await editor.keyboard.press("Escape")
    await expect(editor.locator("dialog")).to_have_count(0)
    await moves_to(editor, ASKED)
    await editor.keyboard.press("w")
    await editor.wait_for_url("**/entries/new?group=*")
    await expect(editor.locator("#question")).to_have_value(ASKED)
    await editor.fill("#answer", "长" * 121)
    await expect(editor.locator("[data-count=answer]")).to_contain_text("多了 1 字")
    await editor.fill("#answer", ANSWER)
    await editor.select_option("#topic", "verification")
    await editor.select_option("select[name=law] >> nth=0", "metrology-law")
    await editor.fill("input[name=article] >> nth=0", "第九条")
    await editor.get_by_role("button", name="预览").click()
    await expect(editor.locator(".kn-phone")).to_contain_text(ANSWER)
    await editor.get_by_role("button", name="存并提交审核").click()
    await expect(editor.locator(".notice--ok")).to_contain_text("等另一位同事审核", timeout=WAIT)
    await editor.get_by_role("link", name="去审核").click()
    await expect(editor.locator("main")).to_contain_text("要请另一位同事审核")
    await expect(editor.get_by_role("button", name="通过")).to_have_count(0)

    reviewer = await signed_in(browser, town, "province", errors)
    await reviewer.goto(f"{town.site}/console/knowledge/review")
    await moves_to(reviewer, ASKED)
    await reviewer.keyboard.press("Enter")
    await reviewer.wait_for_url(re.compile(r"/review/\d+$"))
    await expect(reviewer.locator("ins", has_text=ANSWER)).to_be_visible()
    await reviewer.get_by_role("button", name="通过").click()
    await expect(reviewer.locator(".notice--ok")).to_contain_text("已通过", timeout=WAIT)
    await reviewer.goto(f"{town.site}/console/knowledge/publish")
    await reviewer.get_by_role("button", name="试运行选中的").click()
    await reviewer.wait_for_url("**/rehearsals/*", timeout=WAIT * 3)
    await expect(reviewer.locator("main")).to_contain_text("没有成绩变差，可以发布")
    await reviewer.get_by_role("button", name=re.compile("发布第")).click()
    await reviewer.locator("dialog .btn--primary").click()
    await expect(reviewer.locator(".notice--ok")).to_contain_text("已发布", timeout=WAIT)

    await expect_answer(town, citizen_page := await browser.new_page(), errors)
    await citizen_page.close()
    assert ANSWER in await citizen.says(ASKED)
    await editor.goto(f"{town.site}/console/knowledge/questions?state=answered")
    await expect(editor.locator("tbody")).to_contain_text(ASKED)
    assert errors == []


async def expect_answer(town: Town, phone: Page, errors: list[str]) -> None:
    """Search on the phone until the process has taken the publication over."""
    phone.on("pageerror", lambda error: errors.append(str(error)))
    for _ in range(30):
        await phone.goto(f"{town.site}/h5/guide/search?q={ASKED}")
        if await phone.get_by_text(ANSWER).count():
            return
        await phone.wait_for_timeout(500)
    raise AssertionError("the publication is not taken over")


async def moves_to(desk: Page, words: str) -> None:
    """Go down the table by keyboard until the row with `words` is the current one."""
    for _ in range(await desk.locator("tbody tr").count()):
        await desk.keyboard.press("j")
        if words in await desk.locator("tr.is-current").inner_text():
            return
    raise AssertionError(f"no row says {words!r}")


async def signed_in(browser: Browser, town: Town, username: str, errors: list[str]) -> Page:
    desk = await (await browser.new_context(viewport={"width": 1440, "height": 900})).new_page()
    desk.on("pageerror", lambda error: errors.append(str(error)))
    await desk.goto(f"{town.site}/console/login")
    await desk.fill("#username", username)
    await desk.fill("#password", PASSWORD)
    await desk.get_by_role("button", name="登录").click()
    await desk.wait_for_url(f"{town.site}/console/")
    return desk
