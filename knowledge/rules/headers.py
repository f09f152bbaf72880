"""Reads what a legal text says about itself: its order number or version, its rank, the day it came into force."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.rules.articles import LegalText
from knowledge.rules.entries import Level

_DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{2})-(\d{2})")
_ORDER = re.compile(
    r"(国务院|[\u4e00-\u9fff]{0,16}?(?:总局|局|总署|部|厅|委员会|人民政府))令第?\s*([0-9０-９]+)\s*号"
)
_SINCE = re.compile(r"自((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|生效)")
_AT_ONCE = re.compile(r"自(?:公布|发布|颁布)之日起(?:施行|实施|生效)")
_AMENDED = re.compile(r"(修正|修订)")
_PUBLISHED = re.compile(r"(公布|发布|通过)")
_RANKS = (
    ("法律", Level.LAW),
    ("行政法规", Level.REGULATION),
    ("地方性法规", Level.LOCAL),
    ("地方政府规章", Level.LOCAL),
    ("部门规章", Level.RULE),
    ("规章", Level.RULE),
    ("规范性文件", Level.NOTICE),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a text, or a list beside it, says about a statute; None where it says nothing."""

    number: str | None
    level: Level | None
    valid_from: date | None


def read_header(text: LegalText) -> Header:
    """Return what the lines before the first article and the last article say."""
    amended = _last(text.preamble, _AMENDED)
    published = _last(text.preamble, _PUBLISHED)
    return Header(_number(text.preamble, amended, published), _level(text), _since(text, amended, published))


def level_named(word: str) -> Level | None:
    """Return the rank that a word such as 地方性法规(外省) names."""
    return next((level for name, level in _RANKS if name in word), None)


def date_of(text: str) -> date | None:
    """Return the first day written as 2026-04-15 or 2026年4月15日, or None."""
    return _day(_ISO.search(text) or _DATE.search(text))


@dataclass(frozen=True, slots=True)
class _Event:
    day: date
    word: str


def _last(lines: Sequence[str], pattern: re.Pattern[str]) -> _Event | None:
    found = [
        _Event(day, word[1])
        for line in lines
        if (day := _day(_DATE.search(line))) is not None and (word := _verb(line, pattern)) is not None
    ]
    return max(found, key=lambda event: event.day, default=None)


def _verb(line: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return what a line says was done, without the titles it names (《关于修改…的决定》)."""
    return pattern.search(re.sub(r"[《〈][^《》]*[》〉]", "", line))


def _number(lines: Sequence[str], amended: _Event | None, published: _Event | None) -> str | None:
    orders = [match for line in lines for match in _ORDER.finditer(line)]
    if orders:
        issuer = "总局" if orders[-1][1].endswith("总局") else orders[-1][1]
        return f"{issuer}令第{int(orders[-1][2])}号"
    if amended is not None:
        return f"{amended.day.year}年{amended.word}"
    return f"{published.day.year}年公布" if published is not None else None


def _since(text: LegalText, amended: _Event | None, published: _Event | None) -> date | None:
    """Return when the printed version came into force: the day it names, or that of a later amendment."""
    named = [day for line in text.preamble if "施行" in line and (day := _day(_DATE.search(line)))]
    closing = text.articles[-1].text if text.articles else ""
    named += [day for match in _SINCE.finditer(closing) if (day := _day(match))]
    if not named and published is not None and _AT_ONCE.search(closing):
        named.append(published.day)
    if amended is not None:
        named.append(amended.day)
    return max(named, default=None)


def _level(text: LegalText) -> Level | None:
    lines = " ".join(text.preamble)
    if re.search(r"[省市区](?:第[\u4e00-\u9fff]+届)?人民代表大会", lines):
        return Level.LOCAL
    if "全国人民代表大会" in lines:
        return Level.LAW
    if re.search(r"国务院(?:令|批准|公布|发布|第)|中华人民共和国国务院", lines):
        return Level.REGULATION
    if re.search(r"[局部厅署]令|委员会令|人民政府令", lines):
        return Level.RULE
    return None


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
