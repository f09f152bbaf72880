"""Peers live in environments of their own, made once from a lock with hashes."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def ready(name: str, lock: Path) -> Path:
    """Return the Python of environment `name`, made from `lock` where it does not stand yet.

    Raises:
        CalledProcessError: something in the lock cannot be installed; pip has said on stderr what.
    """
    folder = HERE / f".env-{name}"
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    wanted = lock.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python
