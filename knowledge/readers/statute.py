"""Reads a statute from a file, with what a list beside it (index.json) and our own list of laws know about it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from core.text import normalise
from core.text_pinyin import reading
from knowledge.errors import DocumentUnreadable, StatuteRefused
from knowledge.readers.document import read_bytes, read_text
from knowledge.rules.articles import LegalText, Remark, take_apart
from knowledge.rules.entries import Confidence, Law, Level
from knowledge.rules.headers import Header, date_of, level_named, read_header
from knowledge.rules.statutes import Statute

LISTING = "index.json"
LONGEST_TITLE = 200
LONGEST_CODE = 56
_COUNTRY = "中华人民共和国"


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    file: str
    title: str = ""
    source: str = ""
    repo_head: str = ""
    level: str = ""
    number: str | None = None
    effective: str = ""
    repealed: str = ""
    status: str = ""


class _Listing(BaseModel):
    model_config = ConfigDict(extra="ignore")

    items: list[_Item]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A statute as it comes in; `flaws` are what has to be put right first, `notes` what we made of odd lines."""

    statute: Statute
    flaws: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def read_statute(path: Path, laws: Iterable[Law]) -> Incoming:
    """Read one file; an index.json in its folder and the matching law of `laws` add what they know.

    What our own list of laws says comes first, then the index, then the text about itself.

    Raises:
        DocumentUnreadable: the file or the index cannot be read.
        StatuteRefused: it has no title or no articles.
    """
    text = take_apart(read_text(path))
    if not text.articles:
        raise StatuteRefused(
            f"{path.name}：没有找到条文。条文应另起一行，以“第一条”开头；Word 的自动编号请先转成文字"
        )
    if not text.title or len(text.title) > LONGEST_TITLE:
        raise StatuteRefused(f"{path.name}：没有找到标题。第一行应是法规名称，最多 {LONGEST_TITLE} 字")
    item = _listed(path.parent / LISTING).get(path.name)
    header = read_header(text)
    law = _law(path.name, text.title, header, laws)
    return Incoming(_statute(path.name, text, header, item, law), text.flaws, text.notes)


def _listed(path: Path) -> Mapping[str, _Item]:
    if not path.is_file():
        return {}
    try:
        items = _Listing.model_validate(json.loads(read_bytes(path))).items
    except (ValueError, ValidationError, RecursionError) as error:
        raise DocumentUnreadable(
            f'{path.name}：应当是 {{"items": [{{"file": "文件名", "source": "来源", …}}]}} 这样的 JSON'
        ) from error
    return {item.file: item for item in items}


def _law(file: str, title: str, header: Header, laws: Iterable[Law]) -> Law | None:
    """Return the law of our list that this text is: by its file, or by its title where the version agrees."""
    known = list(laws)
    by_file = next((law for law in known if law.text_file == file and law.title.startswith(title)), None)
    if by_file is not None:
        return by_file
    return next((law for law in known if law.title == title and header.number in (law.number, None)), None)


def _statute(file: str, text: LegalText, header: Header, item: _Item | None, law: Law | None) -> Statute:
    listed = item or _Item(file=file)
    ended = date_of(listed.repealed)
    began = (law.valid_from if law else None) or date_of(listed.effective) or header.valid_from
    number = (law.number if law else None) or listed.number or header.number
    return Statute(
        code=law.id if law else code_for(text.title, number, began),
        title=text.title,
        short=law.short if law else text.title.removeprefix(_COUNTRY),
        number=number,
        level=law.level if law else level_named(listed.level) or header.level or Level.RULE,
        valid_from=began,
        valid_to=(law.valid_to if law else None) or (ended - timedelta(days=1) if ended else None),
        superseded_by=law.superseded_by if law else None,
        confidence=law.confidence if law else Confidence.B,
        source=" ".join(filter(None, (listed.source, listed.repo_head))),
        remark=listed.status,
        file=file,
        preamble=text.preamble,
        articles=text.articles,
        annex=text.annex,
    )


def code_for(title: str, number: str | None, began: date | None) -> str:
    """Return a code for a text that our list of laws does not have: its title in pinyin and its year."""
    syllables = [part for part in reading(normalise(title.removeprefix(_COUNTRY))) if part.isascii()]
    spelt = "-".join(syllables)[:LONGEST_CODE].strip("-") or "text"
    year = re.match(r"(?:19|20)\d{2}", number or "")
    since = year[0] if year else str(began.year) if began else ""
    return f"{spelt}-{since}" if since else spelt
