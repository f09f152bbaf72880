"""The reading process: pictures come in on stdin, what they show goes out on stdout, each behind its length."""

import io
import json
import os
import struct
import sys
from functools import cache
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

HEADER = struct.Struct(">I")
LONGEST_EDGE = 1600
MOST_LINES = 60
SUREST_FROM = 0.5
MOST_PIXELS = 50_000_000


def main() -> None:
    """Answer pictures until stdin ends."""
    # The readers' own chatter goes to stderr, so that stdout holds our answers only.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (picture := _next(sys.stdin.buffer)) is not None:
        told = json.dumps(_answered(picture)).encode()
        answers.write(HEADER.pack(len(told)) + told)
        answers.flush()


def read(picture: bytes) -> dict[str, Any]:
    """Return `codes` (texts) and `lines` (text, score, box) of a picture."""
    with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG", "WEBP")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return {"failed": "too large"}
        image = opened.convert("RGB")
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    pixels = np.asarray(image)
    return {"codes": _codes(pixels), "lines": _lines(pixels)}


def _next(source: BinaryIO) -> bytes | None:
    head = source.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (size,) = HEADER.unpack(head)
    return source.read(size)


def _answered(picture: bytes) -> dict[str, Any]:
    try:
        return read(picture)
    except Exception as error:  # noqa: BLE001 (whatever a stranger's picture does to a reader is an answer)
        return {"failed": type(error).__name__}


def _codes(pixels: "np.ndarray[Any, Any]") -> list[str]:
    import zxingcpp

    return [code.text for code in zxingcpp.read_barcodes(pixels) if code.text]


def _lines(pixels: "np.ndarray[Any, Any]") -> list[tuple[str, float, list[int]]]:
    found = _reader()(np.ascontiguousarray(pixels[:, :, ::-1]))
    if found.txts is None:
        return []
    rows = [
        (str(text), round(float(score), 3), _box(corners))
        for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
        if float(score) >= SUREST_FROM
    ]
    return sorted(rows, key=lambda row: (row[2][1], row[2][0]))[:MOST_LINES]


def _box(corners: Any) -> list[int]:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return [int(min(across)), int(min(down)), int(max(across)), int(max(down))]


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


if __name__ == "__main__":
    main()
