"""What the README promises exists: its commands, its links, in both languages."""

import re
from pathlib import Path

import pytest

import commands
from tests.architecture.places import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [*READMES, *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONVENTIONS.md"]
COMING: frozenset[str] = frozenset()


def code(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    return [*"\n".join(fenced).splitlines(), *re.findall(r"`([^`\n]+)`", text)]


def calls(path: Path, pattern: str) -> set[tuple[str, ...]]:
    found = (re.match(pattern, line.strip()) for line in code(path))
    return {match.groups() for match in found if match}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_make_target_exists(path: Path) -> None:
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert {name for (name,) in calls(path, r"make ([a-z]+)")} <= targets


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_server_command_exists(path: Path) -> None:
    named = calls(path, r"(?:sudo .*?)?(?:\S*/)?python server\.py ([a-z]+)")
    assert {name for (name,) in named} <= set(commands.COMMANDS)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_room_command_exists(path: Path) -> None:
    for room, command in calls(path, r"(?:\S*/)?python -m ([a-z]+)(?: ([a-z-]+))?"):
        if room in {"venv", "pytest", "pip"}:
            continue
        assert room in commands.ROOMS
        source = ROOT / room / "commands.py"
        if command and source.exists():
            assert f'"{command}"' in source.read_text(encoding="utf-8"), (room, command)


def test_the_first_screen_says_how_to_run_and_how_to_test() -> None:
    for path in READMES:
        first = "\n".join(path.read_text(encoding="utf-8").splitlines()[:20])
        assert "make run" in first
        assert "make test" in first
        assert "docs/pictures/phone.png" in first


def test_both_languages_show_the_same_commands() -> None:
    english, chinese = ({line for line in code(path) if re.match(r"python|make", line)} for path in READMES)
    assert {line.split("#")[0].strip() for line in english} == {
        line.split("#")[0].strip() for line in chinese
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = {link for link in links if not (path.parent / link).exists() and link not in COMING}
    assert missing == set()
