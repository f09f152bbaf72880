"""Every page of the guide and of the editors' screens, in Chromium: nothing axe calls serious, nothing wider than its window."""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from accounts.demo import PASSWORD
from core.work import SYSTEM
from knowledge.jobs import group_questions
from knowledge.rules.questions import Asked
from knowledge.services import asking, feedback
from knowledge.web.keys import PRESS
from portal import keys
from server import INDEXES
from tests.flows.town import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(240),
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]
CHECKS = (Path(__file__).parents[1] / "portal" / "gallery_checks.js").read_text()
GRAVE = {"serious", "critical"}
DESK = (1440, 900)
PHONE = (375, 667)
KNOWLEDGE = (
    "",
    "/questions",
    "/questions/1",
    "/entries",
    "/entries?q=量子",
    "/entries/new?group=1",
    "/entries/fair-scale-duty",
    "/entries/fair-scale-duty/edit",
    "/entries/fair-scale-duty/versions/1",
    "/review",
    "/publish",
    "/publish/1",
    "/regression",
    "/synonyms",
    "/synonyms/new",
    "/hot",
    "/feedback",
    "/feedback/fair-scale-duty",
    "/laws",
    "/bench",
    "/bench?q=菜市场的秤多久检一次",
)
GUIDE = (
    "",
    "/retail",
    "/complaint",
    "/nowhere",
    "/answers/short-weight-what-to-do",
    "/answers/complaint-time-limits-order-20",
    "/search?q=电子秤多久检一次",
    "/search?q=检定要多少钱",
    "/search?q=量子引力是什么",
    "/search?q=买到假烟找谁",
    "/search",
)


async def test_the_editors_screens(town: Town, browser: Browser) -> None:
    await furnished(town)
    desk = await browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    await desk.goto(f"{town.site}/console/login")
    await desk.fill("#username", "editor")
    await desk.fill("#password", PASSWORD)
    await desk.get_by_role("button", name="登录").click()
    await desk.wait_for_url(f"{town.site}/console/")
    found = [
        line for path in KNOWLEDGE for line in await faults(desk, f"{town.site}/console/knowledge{path}")
    ]
    assert found == []


@pytest.mark.parametrize("elder", ["0", "1"])
async def test_the_guide(town: Town, browser: Browser, elder: str) -> None:
    context = await browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    await context.add_cookies([{"name": "quanheng_elder", "value": elder, "url": town.site}])
    phone = await context.new_page()
    found = [line for path in GUIDE for line in await faults(phone, f"{town.site}/h5/guide{path}")]
    assert found == []


async def furnished(town: Town) -> None:
    """Let somebody ask in vain, and somebody say that an answer is no use."""
    database, now = town.app[keys.DATABASE], town.clock.now()
    await database.work(SYSTEM, asking.keep, questions=[Asked(now, "手机电池容量虚标找谁", "reject")] * 3)
    version = town.app[INDEXES].known.versions["fair-scale-duty"]
    await database.work(SYSTEM, feedback.vote, openid="o1", version_id=version, useful=False)
    await group_questions(town.app[PRESS], town.app[INDEXES].known.index)


async def faults(page: Page, address: str) -> list[str]:
    """Open a page and name what is wrong with it."""
    errors: list[str] = []
    page.once("pageerror", lambda error: errors.append(str(error)))
    await page.goto(address)
    found: list[str] = await page.evaluate(CHECKS)
    results = await Axe().run(page)
    grave = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in results.response["violations"]
        if one["impact"] in GRAVE
    ]
    return [f"{address} {line}" for line in (*errors, *found, *grave)]
