"""Where the guards look: the repository's rooms and files."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "accounts", "bot", "complaints", "core", "emulator", "integrity", "knowledge", "metrology", "portal", "scheduler",
)  # fmt: skip
TOP = ("server.py", "routing.py", "commands.py", "configuration.py")


def modules() -> Iterator[Path]:
    """Yield every Python file of the program, tests and migrations aside."""
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))
    yield from (ROOT / name for name in TOP)


def dotted(path: Path) -> str:
    """Return the name by which a file of the program is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def named(path: Path) -> str:
    """Return a path as it stands in the repository."""
    return str(path.relative_to(ROOT))
