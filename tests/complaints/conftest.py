"""A database with divisions, offices and the calendar, people, and a draft worth filing."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from accounts.services import reference
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts
from complaints.services import drafting, filing
from complaints.services.filing import Filed
from core import files
from core.settings import FilesSettings
from core.work import Actor, ActorKind

OPENID = "oCitizen000000000000000001"
CITIZEN = Actor(ActorKind.CITIZEN, id=OPENID)
LIXIA = Actor(ActorKind.STAFF, id="7", name="李晓明", region="370102")
QINGDAO = Actor(ActorKind.STAFF, id="8", name="孙丽娜", region="3702")
PROVINCE = Actor(ActorKind.STAFF, id="9", name="刘振东")

SHRIMP = DraftFacts(
    merchant_name="老王海鲜",
    place="济南市历下区解放东路市场",
    product="皮皮虾",
    claimed_mg=1_500_000,
    measured_mg=1_200_000,
    method="equal_accuracy",
    unit_price_cents_per_kg=13_600,
    bought_on=date(2026, 11, 22),
    contact_name="王小明",
    contact_phone="13800001234",
    contact_address="济南市历下区某小区 3 号楼",
    demand="补足分量",
    story="昨天买了3斤皮皮虾，回家一称只有2斤4两",
)
TIPOFF = DraftFacts(
    track=Track.TIPOFF, merchant_name="某水果店", place="青岛市市南区", product="苹果", story="称有问题"
)

File = Callable[..., Filed]


@pytest.fixture
def office(work: Any) -> Any:
    """The `work` fixture over a database with reference data."""
    work(reference.load)
    return work


@pytest.fixture
def file(office: Any) -> File:
    """File a draft: `file(facts, openid=…)`."""
    drawn = iter(range(10_000))

    def run(facts: DraftFacts = SHRIMP, openid: str = OPENID) -> Filed:
        office(drafting.begin, openid=openid, facts=facts)
        filed: Filed = office(filing.file, openid=openid, idempotency_key=f"key-{next(drawn)}")
        return filed

    return run


def picture(colour: str = "white", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small JPEG."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def photo(office: Any) -> Callable[[str], int]:
    """Register a small photograph of a colour; its row's id."""

    def run(colour: str) -> int:
        prepared = files.prepare(picture(colour), FilesSettings(root=Path("unused")))
        return int(office(files.register, prepared=prepared))

    return run
