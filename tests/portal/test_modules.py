"""The small modules in Chromium under the real content policy: each improves a page that works without it."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from portal.headers import POLICY
from tests.portal import gallery

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


class Gallery(SimpleHTTPRequestHandler):
    """Serves the gallery as the portal would, and takes photographs; one called bad.jpg is refused."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY.format(ancestors="'none'"))
        super().end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        refused = b"bad.jpg" in body or self.headers.get("X-CSRF-Token") is None
        answer = {"title": "这不是照片"} if refused else {"id": "p1", "text": "已上传"}
        self.send_response(422 if refused else 201)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Keep the test's output quiet."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.write(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Gallery, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def complaints_of_the_browser() -> list[str]:
    return []


@pytest.fixture(scope="module")
def tab(complaints_of_the_browser: list[str]) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 375, "height": 667})
        page.on("console", lambda said: complaints_of_the_browser.append(said.text))
        page.on("pageerror", lambda error: complaints_of_the_browser.append(str(error)))
        yield page
        browser.close()


def test_an_amount_is_echoed_in_grams_while_it_is_typed(tab: Page, address: str) -> None:
    tab.goto(f"{address}/gallery_hand.html")
    tab.fill("#paid", "２.５")
    expect(tab.locator("output").first).to_have_text("= 1,250 克")
    tab.locator(".unit", has_text="公斤").click()
    expect(tab.locator("output").first).to_have_text("= 2,500 克")
    tab.fill("#paid", "两斤")
    expect(tab.locator("output").first).to_have_text("请填数字，例如 2.4")


def test_letters_grow_at_once_and_the_choice_is_remembered(tab: Page, address: str) -> None:
    tab.goto(f"{address}/gallery_hand.html")
    tab.get_by_role("button", name="大字版").click()
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
    assert {c["name"]: c["value"] for c in tab.context.cookies()}["quanheng_elder"] == "1"
    tab.get_by_role("button", name="标准字号").click()
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_a_photo_is_sent_at_once_and_a_refused_one_can_be_tried_again(tab: Page, address: str) -> None:
    tab.goto(f"{address}/gallery_hand.html")
    tile = tab.locator(".tile").first
    tile.locator("input[type=file]").set_input_files(
        {"name": "bad.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    )
    expect(tile).to_have_attribute("data-state", "failed")
    expect(tile.locator(".tile-state")).to_have_text("这不是照片")
    expect(tile.get_by_role("button", name="重试")).to_be_visible()
    tile.locator("input[type=file]").set_input_files(
        {"name": "ok.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    )
    expect(tile).to_have_attribute("data-state", "done")
    assert tile.locator("input[type=hidden]").input_value() == "p1"
    expect(tile.get_by_role("button", name="重试")).to_have_count(0)


def test_a_queue_is_worked_from_the_keyboard(tab: Page, address: str) -> None:
    tab.goto(f"{address}/gallery_desk.html")
    for key in ("j", "j", "x", "k", "x"):
        tab.keyboard.press(key)
    assert tab.locator("[data-pick]:checked").count() == 2
    assert tab.locator("tr.is-current").get_attribute("id") == "row-1"
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#1")
    tab.keyboard.press("?")
    expect(tab.locator("dialog")).to_contain_text("选中或取消")
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    expect(tab.locator("#q")).to_be_focused()
    tab.keyboard.type("jx")
    assert tab.locator("#q").input_value() == "jx"


def test_shift_picks_every_row_between(tab: Page, address: str) -> None:
    tab.goto(f"{address}/gallery_desk.html")
    boxes = tab.locator("[data-pick]")
    boxes.nth(0).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert tab.locator("[data-pick]:checked").count() == 4


def test_a_hard_step_is_asked_once_more(tab: Page, address: str) -> None:
    tab.goto(f"{address}/gallery_desk.html")
    tab.get_by_role("button", name="不予受理").click()
    dialog = tab.locator("dialog")
    expect(dialog).to_contain_text("不予受理须由第二人复核。")
    dialog.get_by_role("button", name="再看看").click()
    assert "refused" not in tab.url
    tab.get_by_role("button", name="不予受理").click()
    dialog.get_by_role("button", name="不予受理").click()
    tab.wait_for_url("**refused=yes**")


def test_the_focus_is_always_visible(tab: Page, address: str) -> None:
    tab.goto(f"{address}/home_hand.html")
    for _ in range(3):
        tab.keyboard.press("Tab")
    ring = tab.evaluate(
        "(s => s.outlineStyle + ' ' + s.outlineWidth)(getComputedStyle(document.activeElement))"
    )
    assert ring == "solid 3px"


@pytest.mark.parametrize(
    "name", ["gallery_hand", "gallery_hand_elder", "home_hand_elder", "privacy", "landing"]
)
def test_nothing_is_too_wide_too_small_or_unnamed_on_a_small_phone(
    tab: Page, address: str, name: str
) -> None:
    tab.set_viewport_size({"width": 320, "height": 568})
    tab.goto(f"{address}/{name}.html")
    assert tab.evaluate((gallery.HERE / "gallery_checks.js").read_text()) == []


def test_the_policy_had_nothing_to_refuse(complaints_of_the_browser: list[str]) -> None:
    assert [said for said in complaints_of_the_browser if "422" not in said and "404" not in said] == []
