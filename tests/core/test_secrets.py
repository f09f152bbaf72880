"""A demonstration's secrets: made once, readable by their owner only, the same for every process."""

import os
import stat
import subprocess
import sys
from itertools import count
from pathlib import Path

from core.secrets import kept

ROOT = Path(__file__).parents[2]


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.json"
    old = os.umask(0)
    try:
        kept(path, {"key": lambda: "k"})
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secrets.json"]


def test_a_second_start_finds_the_same_secrets(tmp_path: Path) -> None:
    path, numbers = tmp_path / "secrets.json", count()
    first = kept(path, {"key": lambda: str(next(numbers))})
    assert kept(path, {"key": lambda: str(next(numbers))}) == first == {"key": "0"}


def test_the_first_to_arrive_decides_for_all(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text('{"key": "theirs", "other": "too"}', encoding="utf-8")
    assert kept(path, {"key": lambda: "mine"}) == {"key": "theirs"}


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from core.secrets import kept; "
        "print(kept(Path(sys.argv[1]), {'key': lambda: str(os.getpid())})['key'])"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "secrets.json")]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    printed = [process.communicate(timeout=30)[0].strip() for process in started]
    assert len(set(printed)) == 1
    assert printed[0] in {str(process.pid) for process in started}
