"""Pictures for the demonstration: a scale's display, a receipt, a verification label, all drawn here."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = (960, 720)
PLATE, EDGE, GLASS, LIT, DIM = "#D8DCE0", "#9AA3AB", "#132A1C", "#6BF08E", "#1C3B29"
SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc",
    "7": "abc", "8": "abcdefg", "9": "abcdfg", "-": "g", " ": "",
}  # fmt: skip
LINES = {
    "a": (0, 0, 1, 0), "b": (1, 0, 1, 1), "c": (1, 1, 1, 2), "d": (0, 2, 1, 2),
    "e": (0, 1, 0, 2), "f": (0, 0, 0, 1), "g": (0, 1, 1, 1),
}  # fmt: skip


def scale(grams: int) -> bytes:
    """Draw a scale's display that reads `grams` in kilograms."""
    image = Image.new("RGB", SIZE, "#B7BEC4")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((60, 60, 900, 300), 24, fill=PLATE, outline=EDGE, width=6)
    draw.rectangle((40, 300, 920, 330), fill=EDGE)
    draw.rounded_rectangle((120, 360, 840, 660), 28, fill="#F2F4F5", outline=EDGE, width=6)
    draw.rounded_rectangle((170, 400, 790, 580), 12, fill=GLASS)
    x = 210
    for char in f"{grams / 1000:.3f}":
        if char == ".":
            draw.ellipse((x - 14, 546, x, 560), fill=LIT)
        else:
            _digit(draw, char, (x, 425))
            x += 118
    draw.text((730, 530), "kg", fill=LIT, font=ImageFont.load_default(40))
    for index in range(4):
        draw.rounded_rectangle((190 + index * 150, 605, 300 + index * 150, 640), 8, fill="#CDD3D8")
    return _jpeg(image)


def receipt(grams: int) -> bytes:
    """Draw a receipt with a mass and a price."""
    image = Image.new("RGB", (600, 800), "#6E6256")
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 40, 510, 760), fill="#FBFAF6")
    font = ImageFont.load_default(34)
    lines = ["NO. 000417", "-" * 22, f"NET    {grams / 1000:.3f} kg", "PRICE  136.00 /kg", "-" * 22]
    for index, line in enumerate([*lines, f"TOTAL  {grams * 0.136:.2f}", "", "THANK YOU"]):
        draw.text((120, 90 + index * 70), line, fill="#2B2B2B", font=font)
    return _jpeg(image)


def label(_grams: int) -> bytes:
    """Draw a green verification label with a date that has passed."""
    image = Image.new("RGB", SIZE, "#C9CED2")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((180, 140, 780, 580), 30, fill="#1E8A4C")
    draw.rounded_rectangle((210, 250, 750, 550), 12, fill="#F7FBF8")
    font = ImageFont.load_default(44)
    draw.text((330, 175), "VERIFIED", fill="white", font=ImageFont.load_default(56))
    for index, line in enumerate(("NO. JJ-2025-03318", "FROM  2025-09-12", "UNTIL 2026-09-11")):
        draw.text((240, 285 + index * 80), line, fill="#1D2329", font=font)
    return _jpeg(image)


DRAWN: dict[str, Callable[[int], bytes]] = {"scale": scale, "receipt": receipt, "label": label}


def _digit(draw: ImageDraw.ImageDraw, char: str, at: tuple[int, int]) -> None:
    for segment, (x1, y1, x2, y2) in LINES.items():
        line = (at[0] + x1 * 76, at[1] + y1 * 62, at[0] + x2 * 76, at[1] + y2 * 62)
        draw.line(line, fill=LIT if segment in SEGMENTS[char] else DIM, width=14)


def _jpeg(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=82)
    return written.getvalue()
