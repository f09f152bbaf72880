"""The look keeps its promises: legible colours, no inline code, light first pages, templates that stay ours."""

import gzip
import re
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parents[2] / "portal"
STATIC = PORTAL / "static"
TEMPLATES = sorted(PORTAL.parent.glob("*/templates/**/*.html"))
SHEETS = sorted(STATIC.glob("*.css"))
TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});")


def tokens(skin: str) -> dict[str, str]:
    text = (STATIC / "tokens.css").read_text()
    blocks = re.findall(r"^(:root|\.[a-z.]+) \{(.*?)^\}", text, flags=re.MULTILINE | re.DOTALL)
    found: dict[str, str] = {}
    for selector, body in blocks:
        if selector in {":root", f".{skin}"}:
            found |= dict(TOKEN.findall(body))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = [
    ("ink", "ground"),
    ("ink-2", "ground"),
    ("hint", "ground"),
    ("hint", "surface"),
    ("ink-2", "paused-pale"),
    ("brand", "surface"),
    ("brand", "ground"),
    ("brand", "brand-pale"),
    ("brand-pressed", "brand-pale"),
    ("surface", "brand"),
    ("surface", "brand-pressed"),
    ("surface", "danger"),
    ("brass", "surface"),
    ("ok", "ok-pale"),
    ("warn", "warn-pale"),
    ("danger", "danger-pale"),
    ("ok", "surface"),
    ("warn", "surface"),
    ("danger", "surface"),
]


@pytest.mark.parametrize("skin", ["hand", "desk"])
@pytest.mark.parametrize(("words", "behind"), TEXT_ON)
def test_words_are_legible_on_what_they_stand_on(skin: str, words: str, behind: str) -> None:
    colours = tokens(skin)
    assert contrast(colours[words], colours[behind]) >= 4.5


@pytest.mark.parametrize("skin", ["hand", "desk"])
def test_the_edge_of_a_control_can_be_seen(skin: str) -> None:
    colours = tokens(skin)
    assert contrast(colours["line-strong"], colours["surface"]) >= 3
    assert contrast(colours["line-strong"], colours["ground"]) >= 3


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_code_or_style(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(template: Path) -> None:
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", template.read_text())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_token_a_sheet_uses_is_defined(sheet: Path) -> None:
    defined = set(re.findall(r"--([a-z0-9-]+):", (STATIC / "tokens.css").read_text()))
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", sheet.read_text())) <= defined


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_outside_the_charts_come_from_the_tokens(sheet: Path) -> None:
    if sheet.name == "tokens.css":
        return
    lines = [line for line in sheet.read_text().splitlines() if re.search(r"#[0-9A-Fa-f]{3,6}\b", line)]
    allowed = (".chart", ".band-scale", "body { background: #FFFFFF", ".panel { border-color: #000000")
    assert [line for line in lines if not line.strip().startswith(allowed)] == []


@pytest.mark.parametrize(
    "macro", re.findall(r"macro ([a-z]\w+)\(", (PORTAL / "templates/portal/macros.html").read_text())
)
def test_every_part_says_what_it_is(macro: str) -> None:
    text = (PORTAL / "templates/portal/macros.html").read_text()
    assert re.search(rf"\{{#- {macro}: [^#]+-#\}}\n\{{% macro {macro}\(", text)


def test_everything_a_first_page_on_a_phone_loads_stays_under_sixty_kilobytes() -> None:
    scripts = ("elder.js", "unit-echo.js", "upload.js", "copy.js", "confirm.js")
    files = (
        "tokens.css",
        "base.css",
        "parts.css",
        "hand.css",
        "mark.svg",
        "favicon.svg",
        "favicon.ico",
        *scripts,
    )
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in files) < 50_000
