"""A report page by page, without a script: each page saves, coming back loses nothing, sent once, seen by few."""

import gzip
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from complaints.models import Case, Evidence
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts
from complaints.services import drafting, readings
from core.work import Work
from integrity.models import Merchant
from tests.complaints.conftest import OPENID, SHRIMP, picture
from tests.complaints.site import site
from tests.complaints.test_pages import citizen, token
from tests.complaints.test_readings import LABEL, archive

Client = TestClient[Any, Any]
ANSWERS = {
    "where": {"merchant_name": "老王海鲜", "place": "历下区解放东路市场"},
    "goods": {"product": "皮皮虾", "channel": "shop"},
    "paid": {"claimed": "3", "claimed_unit": "斤"},
    "again": {"measured": "2斤4两", "measured_unit": "斤", "method": "equal_accuracy"},
    "price": {"unit_price": "68", "unit_price_per": "斤"},
    "when": {"day": "2026-11-22"},
    "track": {"track": "complaint"},
    "contact": {"contact_name": "王小明", "contact_phone": "１３８００００１２３４", "contact_address": "历下区文化东路1号"},
    "demand": {"demand": "退还差价"},
}  # fmt: skip


def _shop(work: Work) -> None:
    work.session.add(
        Merchant(
            uscc="91370102MA3TEST001",
            name="济南市历下区老王海鲜水产店",
            sign_name="老王海鲜",
            name_key="济南市历下区老王海鲜水产店",
            sign_key="老王海鲜",
            trade="水产",
            region_code="370102",
            address="解放东路 1 号",
            market="解放东路市场",
            stall="3号",
            active=True,
            created_at=work.now,
            updated_at=work.now,
        )
    )


@pytest.fixture
async def client(
    office: Any, database: Any, clock: Any, ids: Any, vault: Any, tmp_path: Path
) -> AsyncIterator[Client]:
    app = site(database, clock=clock, ids=ids, vault=vault, files=tmp_path / "files")
    async with TestClient(TestServer(app)) as opened:
        office(_shop)
        citizen(office, opened)
        yield opened


async def reads(client: Client, page: str) -> str:
    answer = await client.get(f"/h5/report/{page}".rstrip("/"))
    assert answer.status == 200, page
    return unescape(await answer.text())


async def sends(client: Client, page: str, *, to: str = "", **fields: str) -> Any:
    """Send a page's form as it stands, with `fields` typed into it."""
    text = await reads(client, page)
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    path = f"/h5/report/{to or page.split('?', maxsplit=1)[0]}"
    return await client.post(path, data={**kept, **fields}, allow_redirects=False)


async def fills(client: Client, **other: dict[str, str]) -> None:
    for page, answers in (ANSWERS | other).items():
        answer = await sends(client, "where?own=1" if page == "where" else page, **answers)
        assert answer.status == 303, (page, await answer.text())


def draft(read: Any) -> DraftFacts:
    opened = read(drafting.current, openid=OPENID)
    assert opened is not None
    facts: DraftFacts = opened.facts
    return facts


async def test_a_report_is_told_page_by_page_and_sent(client: Client, read: Any) -> None:
    await fills(client)
    facts = draft(read)
    assert (facts.claimed_mg, facts.measured_mg, facts.unit_price_cents_per_kg) == (
        1_500_000,
        1_200_000,
        13_600,
    )
    assert (facts.region_code, facts.contact_phone) == ("370102", "13800001234")
    review = await reads(client, "check")
    assert "1,500 克（3斤）" in review
    assert "超过允许负偏差" in review
    assert "怎么算的" in review
    assert "138****1234" in review
    assert "历下区市场监督管理局" in review
    answer = await sends(client, "check", may_delegate="yes")
    assert answer.status == 303
    receipt = await (await client.get(answer.headers["Location"])).text()
    assert "未转 12315" in receipt
    case = read(lambda reading: reading.session.scalars(select(Case)).one())
    assert (case.may_publish, case.may_delegate, case.is_open) == (False, True, True)
    assert case.number in receipt


async def test_each_page_leads_to_the_next_and_a_correction_back_to_the_review(client: Client) -> None:
    answer = await sends(client, "goods", **ANSWERS["goods"])
    assert answer.headers["Location"] == "/h5/report/paid"
    answer = await sends(client, "paid", **ANSWERS["paid"])
    assert answer.headers["Location"] == "/h5/report/again"
    answer = await sends(client, "paid?back=check", claimed="2", claimed_unit="公斤")
    assert answer.headers["Location"] == "/h5/report/check"
    assert 'value="4"' in await reads(client, "paid")


async def test_what_is_wrong_stands_under_its_field_with_what_was_typed(client: Client) -> None:
    for page, typed, kept, sentence in (
        ("paid", {"claimed": "三斤多吧"}, "三斤多吧", "请填数字再选单位"),
        ("paid", {"claimed": "0"}, "0", "分量要大于 0"),
        ("paid", {"claimed": "99999999"}, "99999999", "10 吨"),
        ("again", {"measured": "2.4"}, "2.4", "请选一下是用什么秤称的"),
        ("price", {"unit_price": "便宜"}, "便宜", "请填钱数"),
        ("when", {"day": "other", "date": "2026-12-30"}, "2026-12-30", "还没有到"),
        ("when", {"day": "other", "date": "昨天"}, "昨天", "2026-11-20"),
        ("contact", {"contact_name": "王小明", "contact_phone": "12345"}, "王小明", "位数不对"),
        ("goods", {"product": ""}, "", "请填写买的是什么"),
    ):
        answer = await sends(client, page, **typed)
        text = unescape(await answer.text())
        assert answer.status == 422, page
        assert f'value="{kept}"' in text
        assert re.search(f'class="field-error"[^>]*>[^<]*{sentence}', text), (page, sentence)


async def test_what_cannot_be_said_is_passed_by(client: Client, read: Any) -> None:
    for page in ("paid", "again", "price", "when"):
        assert (await sends(client, page, **{"pass": "yes"})).status == 303
    assert {slot.value for slot in draft(read).skipped} == {
        "claimed", "measured", "method", "price", "bought_on",
    }  # fmt: skip
    assert (await client.get("/h5/report/result", allow_redirects=False)).status == 303


async def test_a_draft_begun_in_chat_goes_on_here(client: Client, office: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=DraftFacts(merchant_name="老王海鲜", product="虾"))
    start = await reads(client, "")
    assert "老王海鲜 · 虾" in start
    assert 'href="/h5/report/paid">接着填' in start


async def test_a_form_another_device_has_overtaken_shows_what_changed(
    client: Client, office: Any, read: Any
) -> None:
    await sends(client, "paid", claimed="3", claimed_unit="斤")
    stale = await reads(client, "paid")
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', stale))
    office(drafting.amend, openid=OPENID, changes={"claimed_mg": 2_000_000, "product": "虾"}, version=9)
    answer = await client.post("/h5/report/paid", data={**kept, "claimed": "2.5"}, allow_redirects=False)
    text = unescape(await answer.text())
    assert answer.status == 409
    assert "2,000 克（4斤）" in text
    assert 'value="2.5"' in text
    assert draft(read).claimed_mg == 2_000_000
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    answer = await client.post("/h5/report/paid", data={**kept, "claimed": "2.5"}, allow_redirects=False)
    assert answer.status == 303
    assert (draft(read).claimed_mg, draft(read).product) == (1_250_000, "虾")


async def test_a_form_of_a_draft_sent_elsewhere_keeps_what_was_typed(client: Client, office: Any) -> None:
    await sends(client, "goods", product="虾", channel="shop")
    page = await reads(client, "goods")
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    office(drafting.cancel, openid=OPENID)
    answer = await client.post("/h5/report/goods", data={**kept, "product": "大虾"}, allow_redirects=False)
    text = await answer.text()
    assert answer.status == 409
    assert 'value="大虾"' in text
    assert "另起一份" in text


async def test_pressing_twice_sends_once(client: Client, read: Any) -> None:
    await fills(client)
    text = await reads(client, "check")
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    first = await client.post("/h5/report/check", data=kept, allow_redirects=False)
    second = await client.post("/h5/report/check", data=kept, allow_redirects=False)
    assert first.headers["Location"] == second.headers["Location"]
    assert read(lambda reading: reading.session.scalar(select(func.count()).select_from(Case))) == 1


async def test_a_review_another_device_has_overtaken_is_not_sent(
    client: Client, office: Any, read: Any
) -> None:
    await fills(client)
    text = await reads(client, "check")
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    office(drafting.amend, openid=OPENID, changes={"demand": "赔偿损失"}, version=99)
    answer = await client.post("/h5/report/check", data=kept, allow_redirects=False)
    assert answer.status == 409
    assert "希望怎么解决：赔偿损失" in unescape(await answer.text())
    assert read(lambda reading: reading.session.scalar(select(func.count()).select_from(Case))) == 0


async def test_what_the_law_asks_for_is_named_with_the_page_that_asks(client: Client) -> None:
    await sends(client, "goods", **ANSWERS["goods"])
    text = await reads(client, "check")
    assert "还差 3 项" in text
    assert 'href="/h5/report/contact?back=check"' in text
    assert "怎么补" in text
    answer = await sends(client, "check")
    assert answer.status == 422
    assert "请填写商户名称或摊位" in await answer.text()


async def test_a_tipoff_asks_for_no_name_and_keeps_none(client: Client, read: Any) -> None:
    for page in ("where?own=1", "goods", "track"):
        fields = {**ANSWERS[page.split("?")[0]], **({"track": "tipoff"} if page == "track" else {})}
        assert (await sends(client, page, **fields)).status == 303
    text = await reads(client, "check")
    assert "/h5/report/contact" not in text
    assert "may_publish" not in text
    assert (await sends(client, "check")).status == 303
    case = read(lambda reading: reading.session.scalars(select(Case)).one())
    assert (case.track, case.contact_name, case.contact_phone) == (Track.TIPOFF.value, None, None)


async def test_both_become_two_cases_and_the_receipt_shows_both(client: Client, read: Any) -> None:
    await fills(client, track={"track": "both"})
    answer = await sends(client, "check")
    text = await (await client.get(answer.headers["Location"])).text()
    cases = read(lambda reading: list(reading.session.scalars(select(Case).order_by(Case.id))))
    assert [case.track for case in cases] == ["complaint", "tipoff"]
    assert all(case.number in text for case in cases)
    assert cases[1].contact_name is None


async def test_a_shop_is_found_by_a_wrong_name_and_shows_its_office(client: Client, read: Any) -> None:
    found = await reads(client, "where?q=老王海先")
    shop = re.search(r'name="merchant_id" value="(\d+)"', found)
    assert shop
    assert re.search(r'name="merchant_id" value="(\d+)"', await reads(client, "where/hits?q=老王"))
    answer = await sends(client, "where?q=老王海先", to="where", merchant_id=shop.group(1))
    assert answer.status == 303
    text = await reads(client, "where")
    assert "历下区市场监督管理局" in text
    assert "第13条" in text
    assert draft(read).merchant_id == int(shop.group(1))


async def test_others_with_the_same_matter_are_told_neutrally(client: Client, file: Any, read: Any) -> None:
    file(SHRIMP, openid="oSomebodyElse")
    await sends(client, "where?own=1", merchant_name="老王海鲜", place=SHRIMP.place or "")
    text = await reads(client, "where")
    assert "1 人反映过" in text
    assert "王小明" not in text
    answer = await sends(client, "where", to="matter", me_too="yes")
    assert answer.headers["Location"] == "/h5/report/goods"
    assert draft(read).me_too is True


async def test_a_whole_story_fills_the_pages(client: Client, read: Any) -> None:
    story = "昨天在历下区老王海鲜买了3斤皮皮虾，68一斤，回家一称只有2斤4两"
    answer = await sends(client, "words", story=story)
    assert answer.status == 303
    facts = draft(read)
    assert (facts.product, facts.claimed_mg, facts.measured_mg, facts.story) == (
        "皮皮虾", 1_500_000, 1_200_000, story,
    )  # fmt: skip
    assert (await sends(client, "words", story=" ")).status == 422


async def photos(client: Client, **files: list[tuple[bytes, str]]) -> Any:
    form = FormData()
    form.add_field("csrf", await token(client, "/h5/report/photos"))
    for kind, many in files.items():
        for data, name in many:
            form.add_field(kind, data, filename=name, content_type="image/jpeg")
    return await client.post("/h5/report/photos", data=form, allow_redirects=False)


async def test_several_photographs_come_at_once_and_each_is_answered(client: Client, read: Any) -> None:
    answer = await photos(
        client,
        scale=[(picture("red"), "a.jpg"), (b"GIF89a" + b"0" * 40, "motion.gif")],
        label=[(picture("green"), "b.jpg")],
    )
    text = unescape(await answer.text())
    assert answer.status == 422
    assert "motion.gif：这是 GIF 动图" in text
    assert "其余 2 张已保存" in text
    kinds = read(lambda reading: list(reading.session.scalars(select(Evidence.kind).order_by(Evidence.id))))
    assert kinds == ["scale", "label"]
    shown = re.findall(r'src="(/h5/report/photos/\d+\.jpg)"', text)
    assert (await (await client.get(shown[0])).read())[:2] == b"\xff\xd8"
    photo = shown[0].removesuffix(".jpg").rsplit("/", 1)[1]
    assert (await sends(client, "photos", to=f"photos/{photo}/remove")).status == 303
    assert draft(read).photos == 1


async def test_somebody_elses_photograph_is_not_found(client: Client, office: Any) -> None:
    assert (await photos(client, scale=[(picture(), "a.jpg")])).status == 303
    image = re.findall(r'src="(/h5/report/photos/\d+\.jpg)"', await reads(client, "photos"))[0]
    citizen(office, client, "oOther")
    assert (await client.get(image)).status == 404


async def test_without_any_proof_the_tipoff_is_offered(client: Client, read: Any) -> None:
    answer = await sends(client, "photos", to="photos/none", proof="none")
    assert answer.headers["Location"] == "/h5/report/track"
    assert draft(read).has_receipt is False
    assert "可能不予受理" in await reads(client, "check")


async def test_an_unknown_page_and_a_forged_form_are_refused(client: Client) -> None:
    assert (await client.get("/h5/report/nothing")).status == 404
    assert (await client.post("/h5/report/goods", data={"product": "虾"})).status == 403


async def test_a_stranger_reads_the_start_and_is_recognised_for_the_rest(client: Client) -> None:
    client.session.cookie_jar.clear()
    text = await (await client.get("/h5/report")).text()
    assert "隐私说明" in text
    answer = await client.get("/h5/report/goods", allow_redirects=False)
    assert answer.headers["Location"].startswith("/h5/enter")


async def test_a_case_takes_several_photographs_and_names_its_twin(client: Client, read: Any) -> None:
    await fills(client, track={"track": "both"})
    answer = await sends(client, "check")
    number = answer.headers["Location"].rsplit("/", 1)[1]
    page = f"/h5/cases/{number}"
    twin = read(lambda reading: reading.session.scalar(select(Case.number).where(Case.number != number)))
    assert f'href="/h5/cases/{twin}"' in await (await client.get(page)).text()
    form = FormData()
    form.add_field("csrf", await token(client, page))
    for data, name in ((picture("red"), "a.jpg"), (b"%PDF-1.7", "b.pdf"), (picture("blue"), "c.jpg")):
        form.add_field("file", data, filename=name)
    answer = await client.post(f"{page}/photos", data=form, allow_redirects=False)
    text = await answer.text()
    assert answer.status == 422
    assert "b.pdf：这是 PDF 文件" in text
    assert "照片 2 张" in text


async def test_a_label_that_was_read_is_shown_to_be_confirmed(client: Client, office: Any, read: Any) -> None:
    office(archive)
    await photos(client, label=[(picture(), "a.jpg")])
    assert "正在看照片里有没有检定标签" in await reads(client, "photos")
    file_id = read(lambda reading: reading.session.scalar(select(Evidence.file_id)))
    office(readings.keep, file_id=file_id, seen=LABEL, public_url="http://127.0.0.1")
    text = await reads(client, "photos")
    assert "JN20260315-0042，与档案一致" in text
    assert "2027-03-14，与档案一致" in text
    assert "JN20260315-0042" in await reads(client, "label")
    answer = await sends(client, "photos", to="label", right="yes")
    assert answer.status == 303
    assert draft(read).scale_number == "JN20260315-0042"
    assert "请核对" not in await reads(client, "label")


async def test_the_script_sends_one_photograph_and_reads_the_answer(client: Client) -> None:
    head = {"Accept": "application/json", "X-CSRF-Token": await token(client, "/h5/report/photos")}
    for data, status in ((picture(), 200), (b"GIF89a" + b"0" * 40, 422)):
        form = FormData()
        form.add_field("scale", data, filename="a.jpg")
        answer = await client.post("/h5/report/photos", data=form, headers=head)
        assert answer.status == status
        told = await answer.json()
        assert told["url"].endswith(".jpg") if status == 200 else "GIF" in told["title"]


async def test_the_first_page_weighs_less_than_sixty_kilobytes(client: Client) -> None:
    text = await reads(client, "")
    weight = len(gzip.compress(text.encode()))
    for url in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text)):
        answer = await client.get(url)
        assert answer.status == 200, url
        body = await answer.read()
        weight += (
            len(gzip.compress(body)) if url.split("?")[0].endswith((".css", ".js", ".svg")) else len(body)
        )
    assert weight <= 60 * 1024, weight
