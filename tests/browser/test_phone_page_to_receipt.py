"""The whole line in a browser: question, complaint with photo, acceptance, notice, reminder, receipt."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from accounts.demo import PASSWORD
from bot.web import entrance
from scheduler.jobs import deliver_all, plan_now
from server import GROUND, tools
from tests.flows.pictures import photograph
from tests.flows.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
WAIT = 20_000


async def test_the_main_line(town: Town, browser: Browser, tmp_path: Path) -> None:
    errors: list[str] = []
    phone = await browser.new_page(viewport={"width": 1440, "height": 900})
    phone.on("pageerror", lambda error: errors.append(str(error)))
    await phone.goto(f"{town.platform}/")
    await phone.get_by_role("button", name=re.compile("王秀英")).first.click()

    await say(phone, "电子秤多久检一次")
    await heard(phone, "依据")
    await say(phone, "我要投诉")
    await heard(phone, "哪一家")
    await say(phone, "我昨天在历下区老王海鲜买了3斤皮皮虾回家一称只有2斤4两68块一斤")
    await heard(phone, "用什么秤")
    await say(phone, "公平秤")
    await heard(phone, "有照片吗")
    picture = tmp_path / "scale.jpg"
    picture.write_bytes(photograph("1.200 kg"))
    await phone.set_input_files("#photo", picture)
    await heard(phone, "照片收到了")
    await say(phone, "好了")
    await heard(phone, "通讯地址")
    await say(phone, "王秀英 13800001234 历下区文化东路1号")
    await say(phone, "退还差价")
    await heard(phone, "请核对")
    await asyncio.sleep(2.5)
    await say(phone, "提交")
    await heard(phone, "提交好了")
    number = re.search(r"编号 (JL\d{6}[0-9A-Z]{6})", await phone.inner_text("#dialog"))
    assert number

    desk = await browser.new_page(viewport={"width": 1440, "height": 900})
    desk.on("pageerror", lambda error: errors.append(str(error)))
    await sign_in(desk, town, "lixia")
    await desk.goto(f"{town.site}/console/cases/{number.group(1)}")
    await expect(desk.get_by_text("未转 12315").first).to_be_visible()
    await expect(desk.locator("img[src*='photos'], img[src*='evidence']").first).to_be_visible(timeout=WAIT)
    await desk.locator("form[action$='/accept'] button[type=submit]").click()
    await desk.locator("dialog .btn--primary").click()
    await expect(desk.locator(".notice--ok")).to_contain_text("已受理", timeout=WAIT)
    await heard(phone, "已受理")

    wired = tools(town.app[GROUND], town.app[entrance.CLIENT])
    await phone.get_by_role("button", name=re.compile("王海生")).first.click()
    await asyncio.to_thread(plan_now, wired)
    await deliver_all(wired)
    await heard(phone, "检定")
    await asyncio.sleep(1)
    await sign_in(await (await browser.new_context()).new_page(), town, "province")
    desk = browser.contexts[-1].pages[0]
    await desk.goto(f"{town.site}/console/reminders")
    await expect(desk.locator("main")).to_contain_text("已送达")
    assert errors == []


async def say(phone: Page, text: str) -> None:
    await phone.fill("#say", text)
    await phone.press("#say", "Enter")
    await expect(phone.locator("#dialog")).to_contain_text(text, timeout=WAIT)


async def heard(phone: Page, words: str) -> None:
    await expect(phone.locator("#dialog")).to_contain_text(words, timeout=WAIT)


async def sign_in(desk: Page, town: Town, username: str) -> None:
    await desk.goto(f"{town.site}/console/login")
    await desk.fill("#username", username)
    await desk.fill("#password", PASSWORD)
    await desk.get_by_role("button", name="登录").click()
    await desk.wait_for_url(f"{town.site}/console/")
