"""Secrets a demonstration makes for itself, once, in a file only its owner reads."""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path


def kept(path: Path, makers: Mapping[str, Callable[[], str]]) -> dict[str, str]:
    """Return one value per name of `makers`, the same for every process that shares `path` (mode 0600).

    The file appears whole or not at all: the first process to link it wins and the others read it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({name: make() for name, make in makers.items()}, file)
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {name: found[name] for name in makers}
