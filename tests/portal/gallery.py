"""See every part and page with sample data: python tests/portal/gallery.py FOLDER writes pages and screenshots there."""

import shutil
import sys
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from core.clock import SHANGHAI  # noqa: E402 (a script run from anywhere finds the project first)
from portal import charts, filters  # noqa: E402

HERE = Path(__file__).parent
PHONE, SMALL, DESK = (375, 667), (320, 568), (1440, 900)


@dataclass(frozen=True)
class Site:
    """Stands for the configured site."""

    name: str = "权衡"
    region: str = "山东省"
    owner: str = "山东省市场监督管理局（演示）"
    hotline: str = "12315"
    privacy_contact: str = "privacy@example.invalid"
    public_url: str = ""


@dataclass(frozen=True)
class Person:
    """Stands for a signed-in person."""

    name: str = "李晓梅"
    role_name: str = "办案人员 · 历下区"


LINKS = {
    key: f"#{key}"
    for key in (
        "h5",
        "ask",
        "report",
        "certificate",
        "shops",
        "cases",
        "merchant",
        "rights",
        "console",
        "api",
        "docs",
        "phone",
    )
}
NAV = [
    ("#", "首页", False),
    ("#", "投诉举报", True),
    ("#", "商户与器具", False),
    ("#", "提醒", False),
    ("#", "知识", False),
    ("#", "统计", False),
]
HEAT = [
    [(hour * 7 + day * 3) % 5 * (hour in range(8, 21)) + 9 * (hour == 18 and day > 4) for hour in range(24)]
    for day in range(7)
]
DRAWN = (
    charts.bars(
        "按区县：每百家在营商户的查实短量投诉",
        "2026年10月，分母为在营商户 3,412 家",
        [("历下区", Decimal("4.2")), ("市中区", Decimal("2.8")), ("槐荫区", Decimal("1.1")), ("章丘区", 0)],
        unit="件",
    ),
    charts.lines(
        "受检率",
        "分母为应检计量器具 1,204 台（件）",
        ["5月", "6月", "7月", "8月", "9月", "10月"],
        [
            charts.Series("受检率", [88, 90, 91, None, 93, 95]),
            charts.Series("全省", [84, 85, 87, 88, 88, 89]),
        ],
        unit="%",
    ),
    charts.heat("投诉发生的时段", "2026年9月至11月，共 412 件投诉", HEAT),
)
FORM = {
    "values": {"paid": "2.4", "paid_unit": "斤", "product": "皮皮虾", "how": "fair", "note": ""},
    "errors": {"price": "请填写单价，例如 68"},
}
PAGES: dict[str, dict[str, object]] = {
    "landing": {"links": LINKS},
    "home_hand": {
        "links": LINKS,
        "draft": {"url": "#", "text": "老王海鲜 · 昨天 20:14 保存"},
    },
    "privacy": {},
    "error_hand": {
        "error_status": 404,
        "code": "not_found",
        "text": "没有找到您要的页面，可能是地址输错了，或内容已下线。",
    },
    "error_desk": {
        "error_status": 409,
        "code": "case_changed",
        "text": "这件工单刚刚被王志远更新。",
    },
    "signin": {
        "error": "用户名或密码不对，请重新输入。",
        "form": FORM,
        "demo_accounts": [("handler", "demo-handler", "办案人员"), ("admin", "demo-admin", "省级管理员")],
        "person": None,
        "nav": [],
    },
    "degraded": {"away": ["新的投诉和上传照片"], "works": ["计量问答", "查秤"]},
    "gallery_hand": {"form": FORM, "drawn": DRAWN},
    "gallery_desk": {"form": FORM, "drawn": DRAWN},
}

SIZES = {
    "landing": (PHONE, DESK),
    "home_hand": (PHONE, SMALL),
    "privacy": (PHONE, SMALL),
    "error_hand": (PHONE,),
    "error_desk": (DESK,),
    "signin": (DESK,),
    "degraded": (PHONE,),
    "gallery_hand": (PHONE, SMALL),
    "gallery_desk": (DESK,),
}


def environment(folder: Path) -> Environment:
    """Return the environment the pages are rendered with, its static files beside them."""
    loader = FileSystemLoader([ROOT / "portal" / "templates", HERE / "templates"])
    env = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(filters.ALL)
    env.globals.update(static=lambda path: f"static/{path}")
    shutil.copytree(ROOT / "portal" / "static", folder / "static", dirs_exist_ok=True)
    return env


def shared(elder: bool) -> dict[str, object]:
    """Return what every page sees."""
    now = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
    return {
        "site": Site(),
        "demo": True,
        "person": Person(),
        "nav": NAV,
        "flash": [],
        "csrf_token": lambda: "token",
        "request_id": "h3k9-22fm",
        "elder": elder,
        "now": now,
        "today": date(2026, 11, 23),
        "path": "/",
    }


def write(folder: Path) -> None:
    """Render every page in both letter sizes."""
    env = environment(folder)
    for name, context in PAGES.items():
        template = f"{name}.html" if name.startswith("gallery") else f"portal/{name}.html"
        for elder in (False, True):
            html = env.get_template(template).render({**shared(elder), **context})
            (folder / f"{name}{'_elder' if elder else ''}.html").write_text(html)


def overflow(browser: Browser, page_path: Path, size: tuple[int, int], shot: Path) -> list[str]:
    """Photograph one page and name what is wider than the window or, on hand, a target under 48 px."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(page_path.as_uri())
    found: list[str] = page.evaluate((HERE / "gallery_checks.js").read_text())
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size[0], "height": max(size[1], height)})
    page.screenshot(path=str(shot))
    page.close()
    return found


def main() -> None:
    """Write, photograph and check everything."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2:] or list(PAGES)
    write(folder)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--allow-file-access-from-files"],
        )
        for name in only:
            sizes = SIZES[name]
            for size in sizes:
                for elder in ("", "_elder") if size[0] < 400 else ("",):
                    shot = folder / f"{name}{elder}-{size[0]}.png"
                    for line in overflow(browser, folder / f"{name}{elder}.html", size, shot):
                        print(shot.name, line)
        browser.close()


if __name__ == "__main__":
    main()
