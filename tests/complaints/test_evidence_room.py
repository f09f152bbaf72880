"""The evidence room: boxes cover what others see, originals leave for a written purpose, every look is on record."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image
from sqlalchemy import select

from accounts.permissions import Role
from complaints.errors import BadBox, PhotoNotFound, PurposeNeeded
from complaints.models import Evidence
from complaints.queries import evidence
from complaints.services import citizens, covering
from complaints.services.covering import Box
from complaints.web.evidence import box_of
from core import files
from core.audit import AuditEntry
from core.files import FileStore
from core.settings import FilesSettings
from tests.complaints.conftest import LIXIA, OPENID, QINGDAO, picture
from tests.complaints.site import site
from tests.complaints.test_pages import handler, post

HALF = Box(0, 0, 500, 1000)


@pytest.fixture
def photographed(file: Any, office: Any, vault: Any, tmp_path: Path, read: Any) -> tuple[str, int]:
    """A case with one white photograph in the store: its number and the photograph's id."""
    store = FileStore(FilesSettings(root=tmp_path / "files"), vault)
    prepared = files.prepare(picture("white", (200, 100)), store.limits)
    store.keep(prepared)
    number = file().number
    office(
        citizens.add_photo, openid=OPENID, number=number, file_id=office(files.register, prepared=prepared)
    )
    return number, read(lambda reading: reading.session.scalars(select(Evidence.id)).one())


@pytest.fixture
async def client(
    office: Any, database: Any, clock: Any, ids: Any, vault: Any, tmp_path: Path
) -> AsyncIterator[TestClient[Any, Any]]:
    app = site(database, clock=clock, ids=ids, vault=vault, files=tmp_path / "files")
    async with TestClient(TestServer(app)) as opened:
        yield opened


def actions(reading: Any) -> list[str]:
    return list(reading.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def brightness(body: bytes, x: int, y: int) -> int:
    with Image.open(BytesIO(body)) as shown:
        return int(shown.convert("L").getpixel((x, y)))  # type: ignore[arg-type]  # one band gives one number


async def test_staff_see_the_covered_picture_and_the_original_stays_whole(
    photographed: tuple[str, int], office: Any, client: Any
) -> None:
    number, photo = photographed
    office(covering.cover, number=number, photo_id=photo, box=HALF, actor=LIXIA)
    handler(office, client)
    covered = await (await client.get(f"/console/cases/{number}/photos/{photo}.jpg")).read()
    assert brightness(covered, 20, 50) < 30
    assert brightness(covered, 180, 50) > 220
    bare = await (await client.get(f"/console/cases/{number}/photos/{photo}/uncovered.jpg")).read()
    assert brightness(bare, 20, 50) > 220


async def test_an_original_leaves_only_for_a_purpose_that_is_written_down(
    photographed: tuple[str, int], office: Any, client: Any, read: Any
) -> None:
    number, photo = photographed
    handler(office, client)
    page = f"/console/cases/{number}/photos/{photo}"
    refused = await post(client, f"{page}/original", page, purpose="看")
    assert refused.status == 422
    handed = await post(client, f"{page}/original", page, purpose="附卷归档")
    assert await handed.read() == picture("white", (200, 100))
    assert "attachment" in handed.headers["Content-Disposition"]
    assert "photo.original" in read(actions)


async def test_the_form_without_a_script_covers_by_hundredths(
    photographed: tuple[str, int], office: Any, client: Any, read: Any
) -> None:
    number, photo = photographed
    handler(office, client)
    page = f"/console/cases/{number}/photos/{photo}"
    wrong = await post(client, f"{page}/covers", page, left="60", top="0", right="10", bottom="50")
    assert wrong.status == 422
    assert "60" in await wrong.text()
    right = await post(client, f"{page}/covers", page, left="10", top="0", right="62.5", bottom="50")
    assert right.status == 303
    shown = read(evidence.shown_to_citizen, openid=OPENID, number=number, photo_id=photo)
    assert shown.boxes == ((100, 0, 625, 500),)


async def test_a_handler_corrects_what_a_photograph_is(
    photographed: tuple[str, int], office: Any, client: Any, read: Any
) -> None:
    number, photo = photographed
    handler(office, client)
    page = f"/console/cases/{number}/photos/{photo}"
    await post(client, f"{page}/reading", page, kind="receipt")
    assert read(lambda reading: reading.session.scalars(select(Evidence.kind)).one()) == "receipt"


async def test_the_index_names_every_original_with_its_hash(
    photographed: tuple[str, int], office: Any, client: Any
) -> None:
    number, _ = photographed
    handler(office, client)
    text = await (await client.get(f"/console/cases/{number}/evidence.csv")).text()
    assert files.prepare(picture("white", (200, 100)), FilesSettings()).sha256 in text


async def test_another_county_sees_nothing(photographed: tuple[str, int], office: Any, client: Any) -> None:
    number, photo = photographed
    handler(office, client, region="370202")
    for address in (
        f"photos/{photo}",
        f"photos/{photo}.jpg",
        f"photos/{photo}/uncovered.jpg",
        "evidence.csv",
    ):
        assert (await client.get(f"/console/cases/{number}/{address}")).status == 404


async def test_an_editor_may_not_look(photographed: tuple[str, int], office: Any, client: Any) -> None:
    number, photo = photographed
    handler(office, client, role=Role.EDITOR, region="")
    assert (await client.get(f"/console/cases/{number}/photos/{photo}")).status == 403


def test_a_lifted_box_is_gone_and_remembered(photographed: tuple[str, int], office: Any, read: Any) -> None:
    number, photo = photographed
    row = office(covering.cover, number=number, photo_id=photo, box=HALF, actor=LIXIA)
    office(covering.lift, number=number, photo_id=photo, cover_id=row.id, actor=LIXIA)
    assert read(evidence.shown_to_citizen, openid=OPENID, number=number, photo_id=photo).boxes == ()
    assert [one.lifted_by for one in read(evidence.covers, photo_id=photo)] == ["李晓明"]
    assert {"photo.cover", "photo.lift"} <= set(read(actions))


def test_people_cover_only_their_own_photographs(photographed: tuple[str, int], office: Any) -> None:
    number, photo = photographed
    office(covering.cover_own, openid=OPENID, evidence_id=photo, box=HALF)
    with pytest.raises(PhotoNotFound):
        office(covering.cover_own, openid="oOther", evidence_id=photo, box=HALF)
    with pytest.raises(PhotoNotFound):
        office(covering.cover, number=number, photo_id=photo, box=HALF, actor=QINGDAO)


def test_a_purpose_must_say_something(photographed: tuple[str, int], office: Any) -> None:
    number, photo = photographed
    with pytest.raises(PurposeNeeded):
        office(covering.hand_out, number=number, photo_id=photo, purpose="  ", actor=LIXIA)


def test_more_boxes_than_a_picture_needs_are_refused(photographed: tuple[str, int], office: Any) -> None:
    _, photo = photographed
    for _ in range(covering.MOST):
        office(covering.cover_own, openid=OPENID, evidence_id=photo, box=HALF)
    with pytest.raises(BadBox):
        office(covering.cover_own, openid=OPENID, evidence_id=photo, box=HALF)


@given(some.dictionaries(some.sampled_from(["left", "top", "right", "bottom"]), some.text(max_size=12)))
def test_whatever_is_typed_is_a_box_or_refused_as_one(typed: dict[str, str]) -> None:
    box = box_of({side: typed.get(side, "") for side in ("left", "top", "right", "bottom")})
    try:
        box.checked()
    except BadBox:
        return
    assert 0 <= box.left < box.right <= 1000
