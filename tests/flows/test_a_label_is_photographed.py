"""A citizen photographs the green label; what it says is read, laid beside the archive, and confirmed."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from integrity.models import Instrument, Verification
from portal.keys import DATABASE
from tests.core.test_vision import FONTS
from tests.flows.town import Town


def label(certificate: str, until: str) -> bytes:
    """Return a photograph of a verification label."""
    if not FONTS:
        pytest.skip("no Chinese font to draw a label with")
    image = Image.new("RGB", (900, 520), (0, 130, 80))
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 880, 500), fill=(235, 250, 240))
    font = ImageFont.truetype(str(FONTS[0]), 44)
    for place, line in enumerate(("强制检定 合格", f"证书编号：{certificate}", f"有效期至：{until}")):
        draw.text((60, 60 + place * 120), line, font=font, fill=(0, 60, 30))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def certified(town: Town) -> Verification:
    """Return a verification that holds, of an instrument in use."""
    statement = (
        select(Verification)
        .join(Instrument, Instrument.id == Verification.instrument_id)
        .where(Verification.valid_until > town.clock.now().date(), Instrument.active)
        .order_by(Verification.id)
        .limit(1)
    )
    found: Verification = town.app[DATABASE].read_now(
        lambda reading: reading.session.scalars(statement).one()
    )
    return found


async def test_a_right_label_is_confirmed_and_joins_the_report(town: Town) -> None:
    citizen, known = town.person("wangxiuying"), certified(town)
    assert known.valid_until is not None
    await citizen.says("我要投诉")
    await citizen.sends_photo(label(known.certificate_no, f"{known.valid_until:%Y年%m月%d日}"))
    heard = await citizen.hears_until("检定标签", within=60)
    assert known.certificate_no in heard
    assert "与档案一致" in heard
    heard = await citizen.says("标签对")
    assert "记下" in heard


async def test_a_label_that_contradicts_the_archive_is_told(town: Town) -> None:
    citizen, known = town.person("liuyang"), certified(town)
    await citizen.says("我要举报")
    await citizen.sends_photo(label(known.certificate_no, "2031年01月01日"))
    heard = await citizen.hears_until("检定标签", within=60)
    assert "与档案不一致" in heard
    heard = await citizen.says("标签不对")
    assert "以您看到的为准" in heard
