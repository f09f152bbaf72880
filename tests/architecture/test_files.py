"""Files have a purpose one can name, and stay short enough to read."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.places import ROOMS, ROOT, modules, named

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "manager"}
MODULES = list(modules())
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.html") if "tests" not in path.parts
)
OURS = [path for path in TEMPLATES if not path.is_relative_to(ROOT / "emulator")]
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)


def test_no_file_is_named_after_nothing() -> None:
    parts = {part for path in MODULES for part in (path.stem, *path.relative_to(ROOT).parts[:-1])}
    assert not parts & FORBIDDEN


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, named(path)
    assert said.splitlines()[0].rstrip().endswith((".", "…", ":")), said.splitlines()[0]


def test_files_are_short() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}


def test_test_files_are_short() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TESTS}
    assert {name: lines for name, lines in lengths.items() if lines > 600} == {}


def test_no_function_takes_a_page() -> None:
    long = {
        f"{named(path)}:{node.name}": length
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > 60
    }
    assert long == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_carries_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert INLINE.findall(text) == []


@pytest.mark.parametrize(
    "text",
    ["<style>", "<script>x</script>", '<p style="x">', '<a onclick="x">', '<a href="javascript:x">'],
)
def test_inline_script_and_style_would_be_seen(text: str) -> None:
    assert INLINE.search(text)


@pytest.mark.parametrize("path", OURS, ids=named)
def test_every_form_that_changes_something_carries_our_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, flags=re.DOTALL | re.IGNORECASE)
    assert [form[:120] for form in forms if "csrf" not in form] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_pages_neither_shout_nor_judge(path: Path) -> None:
    text = re.sub(r"{[#%].*?[#%]}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "！" not in text
    assert "构成违法" not in text
