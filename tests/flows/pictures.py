"""Photographs made on the spot."""

import io

from PIL import Image, ImageDraw


def photograph(words: str, *, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG of a scale's display that reads `words`."""
    image = Image.new("RGB", size, (60, 60, 64))
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 160, size[0] - 80, 320), fill=(20, 40, 20))
    draw.text((120, 210), words, fill=(120, 255, 120), font_size=60)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85)
    return kept.getvalue()
