"""The reading process reads print and codes, survives what is no picture, and is ended when it takes too long."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from core.vision import Seen, VisionFailed, VisionProcess
from integrity.rules.labels import read_label

FONTS = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
LINES = ("检定合格", "证书编号：JN20260315-0042", "出厂编号：A2303117", "有效期至：2027年03月14日")


def label(*, turned: float = 0, blurred: float = 0, width: int = 900) -> Image.Image:
    if not FONTS:
        pytest.skip("no Chinese font to draw a label with")
    image = Image.new("RGB", (900, 520), (0, 130, 80))
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 880, 500), fill=(235, 250, 240))
    for place, line in enumerate(LINES):
        font = ImageFont.truetype(str(FONTS[0]), 60 if place == 0 else 42)
        draw.text((60, 50 + place * 105), line, font=font, fill=(0, 60, 30))
    if turned:
        image = image.rotate(turned, expand=True, fillcolor="gray")
    if blurred:
        image = image.filter(ImageFilter.GaussianBlur(blurred))
    return image.resize((width, image.height * width // image.width))


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


async def look(*pictures: bytes) -> list[Seen]:
    vision = VisionProcess(limit_s=120)
    try:
        return [await vision.look(picture) for picture in pictures]
    finally:
        await vision.close()


def test_labels_of_several_qualities_are_read() -> None:
    pictures = [
        jpeg(label()),
        jpeg(label(turned=4), quality=40),
        jpeg(label(blurred=1.2)),
        jpeg(label(width=520), quality=50),
        jpeg(label().point(lambda value: value // 3)),
    ]
    for seen in asyncio.run(look(*pictures)):
        found = read_label(line.text for line in seen.lines)
        assert found is not None
        assert (found.certificate, found.serial) == ("JN20260315-0042", "A2303117")
        assert str(found.valid_until) == "2027-03-14"


def test_a_qr_code_is_read() -> None:
    code = zxingcpp.create_barcode("JN20260315-0042", zxingcpp.BarcodeFormat.QRCode)
    image = Image.fromarray(code.to_image(scale=8)).convert("RGB")
    page = Image.new("RGB", (600, 600), "white")
    page.paste(image, (100, 100))
    (seen,) = asyncio.run(look(jpeg(page)))
    assert seen.codes == ("JN20260315-0042",)


def test_what_is_no_picture_fails_and_the_next_one_is_read() -> None:
    async def both() -> Seen:
        vision = VisionProcess(limit_s=120)
        try:
            with pytest.raises(VisionFailed):
                await vision.look(b"no picture at all")
            return await vision.look(jpeg(Image.new("RGB", (80, 80), "white")))
        finally:
            await vision.close()

    assert asyncio.run(both()) == Seen()


def test_a_picture_that_takes_too_long_ends_the_process_and_not_the_service() -> None:
    async def late() -> None:
        vision = VisionProcess(limit_s=0.01)
        with pytest.raises(VisionFailed):
            await vision.look(jpeg(Image.new("RGB", (80, 80), "white")))
        assert vision._process is None

    asyncio.run(late())
