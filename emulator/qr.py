"""A small QR encoder: bytes, versions 1 to 6, error correction M. Source: ISO/IEC 18004:2015."""

from collections.abc import Callable

Matrix = list[list[bool]]

# Version: (data codewords per block, error codewords per block), level M. Table 9 of the standard.
_BLOCKS = {
    1: ((16,), 10),
    2: ((28,), 16),
    3: ((44,), 26),
    4: ((32, 32), 18),
    5: ((43, 43), 24),
    6: ((27, 27, 27, 27), 16),
}
_LEVEL_M = 0b00
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda _x, y: y % 2 == 0,
    lambda x, _y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)


def matrix(text: str) -> Matrix:
    """Return the modules of a code, dark as True, rows from the top. Raises: ValueError beyond version 6."""
    data = text.encode("utf-8")
    version = next((v for v, (blocks, _) in _BLOCKS.items() if len(data) + 2 <= sum(blocks)), None)
    if version is None:
        raise ValueError("text is too long for version 6")
    canvas = _Canvas(version)
    canvas.place(_codewords(data, version))
    return min((canvas.masked(mask) for mask in range(len(_MASKS))), key=_penalty)


def _codewords(data: bytes, version: int) -> list[int]:
    blocks, correction = _BLOCKS[version]
    bits = "0100" + f"{len(data):08b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    words = [int(bits[i : i + 8].ljust(8, "0"), 2) for i in range(0, len(bits), 8)][: sum(blocks)]
    words += [(0xEC, 0x11)[i % 2] for i in range(sum(blocks) - len(words))]
    starts = [sum(blocks[:i]) for i in range(len(blocks))]
    parts = [words[start : start + size] for start, size in zip(starts, blocks, strict=True)]
    checks = [_correction(part, correction) for part in parts]
    interleaved = [part[i] for i in range(max(blocks)) for part in parts if i < len(part)]
    return interleaved + [check[i] for i in range(correction) for check in checks]


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= 0x11D
        b >>= 1
    return product


def _correction(data: list[int], size: int) -> list[int]:
    """Return Reed–Solomon check words over GF(256), polynomial 0x11D."""
    generator, root = [1], 1
    for _ in range(size):
        shifted = [*generator, 0]
        for i, factor in enumerate(generator):
            shifted[i + 1] ^= _times(factor, root)
        generator, root = shifted, _times(root, 2)
    rest = [*data, *[0] * size]
    for i in range(len(data)):
        lead = rest[i]
        for j, factor in enumerate(generator):
            rest[i + j] ^= _times(factor, lead)
    return rest[-size:]


class _Canvas:
    """The square with its fixed patterns; `free` marks where data goes."""

    def __init__(self, version: int) -> None:
        self.size = 17 + 4 * version
        self.dark = [[False] * self.size for _ in range(self.size)]
        self.fixed = [[False] * self.size for _ in range(self.size)]
        for x, y in ((3, 3), (self.size - 4, 3), (3, self.size - 4)):
            self._rings(x, y, 4, light={2, 4})
        if version > 1:
            self._rings(self.size - 7, self.size - 7, 2, light={1})
        for i in range(8, self.size - 8):
            self._set(i, 6, dark=i % 2 == 0)
            self._set(6, i, dark=i % 2 == 0)
        self._format(0)

    def place(self, words: list[int]) -> None:
        """Lay the bits upward and downward in pairs of columns from the right."""
        bits = iter("".join(f"{word:08b}" for word in words))
        upward = True
        for right in (*range(self.size - 1, 6, -2), 5, 3, 1):
            rows = range(self.size - 1, -1, -1) if upward else range(self.size)
            for y in rows:
                for x in (right, right - 1):
                    if not self.fixed[y][x]:
                        self.dark[y][x] = next(bits, "0") == "1"
            upward = not upward

    def masked(self, mask: int) -> Matrix:
        """Return the finished square under one mask."""
        self._format(mask)
        hides = _MASKS[mask]
        return [
            [dark ^ (not self.fixed[y][x] and hides(x, y)) for x, dark in enumerate(row)]
            for y, row in enumerate(self.dark)
        ]

    def _rings(self, x: int, y: int, radius: int, *, light: set[int]) -> None:
        for dy in range(-radius, radius + 1):
            for dx in range(-radius, radius + 1):
                if 0 <= x + dx < self.size and 0 <= y + dy < self.size:
                    self._set(x + dx, y + dy, dark=max(abs(dx), abs(dy)) not in light)

    def _format(self, mask: int) -> None:
        data = _LEVEL_M << 3 | mask
        rest = data << 10
        for shift in range(4, -1, -1):
            if rest >> (shift + 10) & 1:
                rest ^= 0x537 << shift
        bits = (data << 10 | rest) ^ 0x5412
        near = [(8, i) for i in (0, 1, 2, 3, 4, 5, 7, 8)] + [(i, 8) for i in (7, 5, 4, 3, 2, 1, 0)]
        far = [(self.size - 1 - i, 8) for i in range(8)] + [(8, self.size - 7 + i) for i in range(7)]
        for i in range(15):
            for x, y in (near[i], far[i]):
                self._set(x, y, dark=bool(bits >> i & 1))
        self._set(8, self.size - 8, dark=True)

    def _set(self, x: int, y: int, *, dark: bool) -> None:
        self.dark[y][x], self.fixed[y][x] = dark, True


def _penalty(square: Matrix) -> int:
    """Score a masked square: runs, blocks and imbalance; the finder-like rule decides too seldom to be here."""
    size = len(square)
    lines = square + [list(column) for column in zip(*square, strict=True)]
    score = 0
    for line in lines:
        text = "".join("1" if dark else "0" for dark in line)
        for run in text.replace("01", "0 1").replace("10", "1 0").split():
            score += len(run) - 2 if len(run) >= 5 else 0
    for y in range(size - 1):
        for x in range(size - 1):
            score += 3 if square[y][x] == square[y][x + 1] == square[y + 1][x] == square[y + 1][x + 1] else 0
    share = sum(map(sum, square)) * 100 // (size * size)
    return score + abs(share - 50) // 5 * 10
