"""A photographed label is laid beside the archive, its author is asked, and their word counts."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from complaints.jobs import Readers
from complaints.models import Evidence, PhotoReading, ReadingState
from complaints.rules.drafts import DraftFacts
from complaints.services import drafting, readings
from core import files
from core.database import Database
from core.files import FileStore
from core.privacy import Vault
from core.settings import FilesSettings
from core.vision import Line, Seen, VisionFailed
from core.work import Reading, Work
from integrity.models import Instrument, Merchant, Verification
from scheduler.models import OutboxMessage
from tests.complaints.conftest import CITIZEN, OPENID, picture

AT = datetime(2026, 3, 15, tzinfo=UTC)
URL = "http://127.0.0.1:8080"


def seen(*lines: str, codes: tuple[str, ...] = ()) -> Seen:
    return Seen(codes, tuple(Line(line, 0.99, (0, 0, 1, 1)) for line in lines))


LABEL = seen("检定合格", "证书编号：JN20260315-0042", "出厂编号：A2303117", "有效期至：2027年03月14日")


def archive(work: Work) -> None:
    """One verified scale of 老王海鲜."""
    shop = Merchant(
        uscc="91370102MA3C0XQ123",
        name="济南市历下区老王海鲜经营部",
        sign_name="老王海鲜",
        name_key="老王海鲜经营部",
        sign_key="老王海鲜",
        market="",
        stall="",
        trade="market_stall",
        region_code="370102",
        address="解放东路市场",
        active=True,
        created_at=AT,
        updated_at=AT,
    )
    work.session.add(shop)
    work.session.flush()
    scale = Instrument(
        merchant_id=shop.id,
        kind="",
        name="电子计价秤",
        maker="某厂",
        model="ACS-15",
        serial="A2303117",
        place="",
        active=True,
        created_at=AT,
        updated_at=AT,
    )
    work.session.add(scale)
    work.session.flush()
    work.session.add(
        Verification(
            instrument_id=scale.id,
            certificate_no="JN20260315-0042",
            verified_on=date(2026, 3, 15),
            valid_until=date(2027, 3, 14),
            result="passed",
            institution="济南市计量检定测试院",
            created_at=AT,
        )
    )


@pytest.fixture
def photographed(office: Any, photo: Callable[[str], int]) -> int:
    """A draft with one photograph, and the archive that knows the scale."""
    office(archive)
    file_id = photo("white")
    office(drafting.begin, openid=OPENID, facts=DraftFacts(product="皮皮虾"))
    office(drafting.attach, openid=OPENID, file_id=file_id)
    return file_id


def row(reading: Reading) -> PhotoReading:
    return reading.session.scalars(select(PhotoReading)).one()


def asked(reading: Reading) -> int:
    return len(list(reading.session.scalars(select(OutboxMessage.id))))


def test_an_attached_photograph_waits_to_be_read_once(office: Any, photographed: int, read: Any) -> None:
    office(drafting.attach, openid=OPENID, file_id=photographed)
    assert [one.file_id for one in office(readings.claim)] == [photographed]
    assert office(readings.claim) == []
    assert read(row).state == ReadingState.WAITING.value


def test_a_right_label_gives_the_draft_its_scale_and_shop(office: Any, photographed: int, read: Any) -> None:
    office(readings.keep, file_id=photographed, seen=LABEL, public_url=URL)
    assert {one["match"] for one in read(row).compared} == {"same", "unread"}
    assert read(asked) == 1
    office(readings.confirm, openid=OPENID, right=True, actor=CITIZEN)
    facts = office(drafting.current, openid=OPENID).facts
    assert (facts.scale_number, facts.merchant_name) == ("JN20260315-0042", "老王海鲜")
    assert facts.region_code == "370102"


def test_nothing_is_filled_in_before_it_is_confirmed(office: Any, photographed: int) -> None:
    office(readings.keep, file_id=photographed, seen=LABEL, public_url=URL)
    assert office(drafting.current, openid=OPENID).facts.scale_number is None


def test_a_label_that_says_another_day_than_the_archive_is_told(
    office: Any, photographed: int, read: Any
) -> None:
    wrong = seen("检定合格", "证书编号：JN20260315-0042", "有效期至：2028年03月14日")
    office(readings.keep, file_id=photographed, seen=wrong, public_url=URL)
    differing = [one for one in read(row).compared if one["match"] == "differs"]
    assert [(one["read"], one["archived"]) for one in differing] == [("2028-03-14", "2027-03-14")]


def test_a_label_the_archive_does_not_know_is_told_so(office: Any, photographed: int, read: Any) -> None:
    other = seen("检定合格", "证书编号：QD20260101-9999", "有效期至：2027年01月01日")
    office(readings.keep, file_id=photographed, seen=other, public_url=URL)
    assert read(row).certificate_no == ""
    assert {one["match"] for one in read(row).compared} == {"unknown", "unread"}


def test_a_code_of_the_scale_leads_to_the_archive(office: Any, photographed: int, read: Any) -> None:
    code = seen(codes=(f"{URL}/h5/instruments?number=JN20260315-0042",))
    office(readings.keep, file_id=photographed, seen=code, public_url=URL)
    assert read(row).certificate_no == "JN20260315-0042"


def test_a_strange_code_is_named_and_leads_nowhere(office: Any, photographed: int, read: Any) -> None:
    office(readings.keep, file_id=photographed, seen=seen(codes=("https://pay.example/x",)), public_url=URL)
    assert (read(row).foreign_host, read(row).certificate_no, read(asked)) == ("pay.example", "", 0)


def test_a_wrongly_read_label_changes_nothing(office: Any, photographed: int, read: Any) -> None:
    office(readings.keep, file_id=photographed, seen=LABEL, public_url=URL)
    office(readings.confirm, openid=OPENID, right=False)
    assert office(drafting.current, openid=OPENID).facts.scale_number is None
    assert read(lambda reading: reading.session.scalars(select(Evidence.label_right)).one()) is False
    assert office(readings.confirm, openid=OPENID, right=True) is None


def test_nobody_confirms_somebody_elses_label(office: Any, photographed: int) -> None:
    office(readings.keep, file_id=photographed, seen=LABEL, public_url=URL)
    assert office(readings.confirm, openid="oOther", right=True) is None


def test_what_a_receipt_says_lies_sealed(office: Any, photographed: int, read: Any) -> None:
    office(readings.keep, file_id=photographed, seen=seen("王小明 13800001234"), public_url=URL)
    assert b"13800001234" not in read(row).seen
    assert read(readings.seen_of, file_id=photographed).lines[0].text == "王小明 13800001234"


class Blind:
    """A reader that fails."""

    async def look(self, picture: bytes) -> Seen:
        raise VisionFailed


class Sharp:
    """A reader that sees the label."""

    async def look(self, picture: bytes) -> Seen:
        return LABEL


def reader(database: Database, store: FileStore, vision: Any) -> Readers:
    return Readers(database, store, vision, ThreadPoolExecutor(1), URL)


def test_a_reader_that_fails_three_times_is_not_asked_again(
    office: Any, photographed: int, read: Any, database: Database, vault: Vault, clock: Any, tmp_path: Path
) -> None:
    store = FileStore(FilesSettings(root=tmp_path), vault)
    store.keep(files.prepare(picture(), store.limits))
    for _ in range(3):
        assert asyncio.run(reader(database, store, Blind()).read()) == 1
        clock.advance(minutes=3)
    assert read(row).state == ReadingState.FAILED.value
    assert asyncio.run(reader(database, store, Sharp()).read()) == 0


def test_a_reader_reads_what_waits(
    office: Any, photographed: int, read: Any, database: Database, vault: Vault, tmp_path: Path
) -> None:
    store = FileStore(FilesSettings(root=tmp_path), vault)
    store.keep(files.prepare(picture(), store.limits))
    assert asyncio.run(reader(database, store, Sharp()).read()) == 1
    assert read(row).label_valid_until == date(2027, 3, 14)
