"""The rooms import downwards, and keep their tables to themselves."""

import subprocess
import sys
import tomllib

from tests.architecture.places import ROOMS, ROOT


def test_every_import_contract_holds() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_room_with_tables_protects_them() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    kept = {name for one in contracts if one["type"] == "protected" for name in one["protected_modules"]}
    with_tables = {
        f"{room}.models"
        for room in ROOMS
        if (ROOT / room / "models.py").exists() or (ROOT / room / "models").is_dir()
    }
    assert kept == with_tables


def test_every_room_is_under_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(settings["tool"]["importlinter"]["root_packages"]) == set(ROOMS)
