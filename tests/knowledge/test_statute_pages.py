"""The statutes through a phone's eyes: listed, one by one, searched, and honest about what holds."""

import gzip
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from core.database import Database
from knowledge import commands
from knowledge.rules.entries import Content
from knowledge.services.index import build
from knowledge.services.known import Known
from tests.fakes import HandClock
from tests.knowledge.door import pages
from tests.knowledge.statutes import FINAL, INTERIM, MARKET, NEW, OLD, SHARED, written

Client = TestClient[web.Request, web.Application]
NEWER, OLDER = "shan-hai-sheng-heng-qi-tiao-li-2020", "shan-hai-sheng-heng-qi-tiao-li-2010"
LARGEST_PAGE = 60_000


@pytest.fixture
async def phone(
    database: Database,
    clock: HandClock,
    segmenter: Any,
    aiohttp_client: Callable[[web.Application], Awaitable[Client]],
) -> Client:
    known = Known(Content({}, (), ()), build((), segmenter=segmenter))
    return await aiohttp_client(pages(database, clock, lambda: known))


@pytest.fixture
def held(database: Database, tmp_path: Path) -> None:
    folder = written(tmp_path, a=OLD, b=NEW, c=INTERIM, d=FINAL, e=MARKET)
    assert commands.main(["import", str(folder)], lambda: database) == 0


async def seen(phone: Client, path: str) -> str:
    answer = await phone.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def test_before_anything_was_imported_the_list_says_so(phone: Client) -> None:
    assert "还没有收录法规条文" in await seen(phone, "/h5/laws")


async def test_the_list_has_what_holds_by_rank_and_what_ended_apart(phone: Client, held: None) -> None:
    page = await seen(phone, "/h5/laws")
    assert "收录 5 部" in page
    in_force, ended = page.split("已经失效的 2 部")
    assert f'href="/h5/laws/{NEWER}"' in in_force
    assert f'href="/h5/laws/{OLDER}"' in ended
    assert "到2020年8月31日止" in ended
    assert 'href="/h5/guide"' in page


async def test_a_statute_has_banner_contents_and_an_anchor_for_every_article(
    phone: Client, held: None
) -> None:
    page = await seen(phone, f"/h5/laws/{NEWER}")
    assert "现行有效，自2020年9月1日起施行。" in page
    assert re.findall(r'class="law-article" id="([\w-]+)"', page) == ["art-1", "art-2", "art-3", "art-4"]
    assert "第一章 总则" in page
    assert "第1—2条" in page
    assert '<p class="law-item">（一）秤；</p>' in page
    assert f'href="/h5/laws/{OLDER}"' in page
    assert "附件" not in page
    assert "投诉书样式" in await seen(phone, "/h5/laws/heng-qi-tou-su-chu-li-ban-fa-2021")


async def test_what_has_ended_leads_to_what_holds(phone: Client, held: None) -> None:
    page = await seen(phone, f"/h5/laws/{OLDER}")
    assert "这一版到2020年8月31日为止，现行的是2020年修订的文本。" in page
    assert f'<a href="/h5/laws/{NEWER}">看现行的文本</a>' in page
    repealed = await seen(phone, "/h5/laws/heng-qi-tou-su-chu-li-zan-xing-ban-fa-2018")
    assert "已于2021年3月1日废止，现行的是《衡器投诉处理办法》" in repealed


async def test_words_leave_the_articles_that_hold_them_and_a_number_leads_to_its_own(
    phone: Client, held: None
) -> None:
    page = await seen(phone, f"/h5/laws/{NEWER}?q=天平")
    assert "1 条里有“天平”" in page
    assert "<mark>天平</mark>" in page
    assert 'id="art-1"' not in page
    assert "没有“砝码”" in await seen(phone, f"/h5/laws/{NEWER}?q=砝码")
    answer = await phone.get(f"/h5/laws/{NEWER}?q=第2条", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, f"/h5/laws/{NEWER}#art-2")


async def test_words_are_looked_for_in_every_title_and_article(phone: Client, held: None) -> None:
    page = await seen(phone, "/h5/laws?q=公平秤")
    assert "条文里有的 1 条" in page
    assert "#art-1" in page
    assert "<mark>公平秤</mark>" in page
    assert "名称里有这个词的 2 部" in await seen(phone, "/h5/laws?q=投诉处理")
    assert "没有找到“公%秤”" in await seen(phone, "/h5/laws?q=公%25秤")
    assert "没有找到“公_秤”" in await seen(phone, "/h5/laws?q=公_秤")


@pytest.mark.parametrize("words", ["<script>", "%", "_", "\\", "'", "第" * 300])
async def test_odd_words_find_nothing_and_break_nothing(phone: Client, held: None, words: str) -> None:
    for path in ("/h5/laws", f"/h5/laws/{NEWER}"):
        answer = await phone.get(path, params={"q": words})
        assert answer.status == 200
        assert "<script>" not in (await answer.text()).split("<main", 1)[1]


async def test_what_is_not_there_is_said(phone: Client, held: None) -> None:
    answer = await phone.get("/h5/laws/nowhere")
    assert answer.status == 404
    assert "没有收录这部法规" in await answer.text()


@pytest.mark.skipif(not SHARED.exists(), reason="the statutes are not beside the project")
async def test_every_statute_at_hand_fits_the_first_page(phone: Client, database: Database) -> None:
    assert commands.main(["import", str(SHARED)], lambda: database) == 0
    listing = await seen(phone, "/h5/laws")
    paths = set(re.findall(r'href="(/h5/laws/[\w-]+)"', listing))
    assert len(paths) == 39
    for path in sorted(paths):
        page = await seen(phone, path)
        assert len(gzip.compress(page.encode())) <= LARGEST_PAGE, path
