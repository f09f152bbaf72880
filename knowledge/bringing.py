"""Brings files in and out from the command line: each whole or not at all, every fault with its line."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.database import Database
from core.errors import AppError
from core.work import SYSTEM
from knowledge.errors import DocumentUnreadable, EntriesRefused, ExportRefused, ImportRefused, StatuteRefused
from knowledge.readers import answers, document
from knowledge.readers.content import read_content
from knowledge.readers.statute import Incoming, read_statute
from knowledge.rules import markdown
from knowledge.rules.articles import Remark
from knowledge.rules.entries import Content
from knowledge.rules.statutes import Statute, in_marks, named
from knowledge.services import exporting, importing, proposing
from knowledge.services.exporting import Format
from knowledge.services.importing import Outcome, Result

SHOWN = 20
SNIFFED = 4_000_000
SUFFIXES = (*document.SUFFIXES, *answers.SUFFIXES)
FORMATS = {".yaml": Format.YAML, ".yml": Format.YAML, ".md": Format.MARKDOWN, ".xlsx": Format.SPREADSHEET}
DID = {
    Outcome.ADDED: "新增",
    Outcome.REVISED: "正文有变，旧文本保留",
    Outcome.DESCRIBED: "正文未变，更新了说明",
    Outcome.UNCHANGED: "未变",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for besides the files: only to look, and to take what is right of a bad file."""

    dry_run: bool
    skip_bad: bool


def bring(paths: Sequence[Path], database: Database, wish: Wish) -> int:
    """Import statutes and answers, files and folders of them; return 0 when every file came in.

    Raises:
        ImportRefused: some did not; the others did.
    """
    content = read_content()
    refused = 0
    for path in list(_files(paths)):  # a wrong name is told before anything is done
        try:
            line = (_answers if _holds_answers(path) else _statute)(path, content, database, wish)
        except AppError as error:
            print(error.text, file=sys.stderr)
            refused += 1
        else:
            print(line)
    if not wish.dry_run:
        _settle(database)
    if refused:
        raise ImportRefused(f"{refused} 个文件没有导入，请按上面的提示改正后再试")
    return 0


def export(path: Path | None, form: Format | None, database: Database) -> int:
    """Write the published answers to a file, or to standard output; the format follows the file's name."""
    content = read_content()
    chosen = form or FORMATS.get(path.suffix.lower() if path else ".yaml")
    if chosen is None or (path is None and chosen is Format.SPREADSHEET):
        raise ExportRefused(f"请给出文件名，例如 {'、'.join(f'词条{suffix}' for suffix in FORMATS)}")
    entries = database.read_now(exporting.current, content=content)
    data = exporting.written(entries, chosen, content)
    if path is None:
        sys.stdout.write(data.decode())
    else:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise ExportRefused(f"{path}：写不进这个文件（{error.strerror}）") from error
    print(f"已导出 {len(entries)} 条", file=sys.stderr)
    return 0


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            if path.suffix.lower() not in SUFFIXES:
                raise DocumentUnreadable(f"{path.name}：只认得 {'、'.join(SUFFIXES)} 文件")
            yield path
            continue
        found = sorted(one for one in path.iterdir() if one.is_file() and one.suffix.lower() in SUFFIXES)
        if not found:
            raise DocumentUnreadable(f"{path}：里面没有 {'、'.join(SUFFIXES)} 文件")
        yield from found


def _holds_answers(path: Path) -> bool:
    if path.suffix.lower() == ".md" and path.is_file():
        return markdown.holds_answers(path.read_bytes()[:SNIFFED].decode(errors="replace"))
    return path.suffix.lower() in answers.SUFFIXES


def _answers(path: Path, content: Content, database: Database, wish: Wish) -> str:
    found = answers.read_answers(path, content)
    _told(
        path.name, [Remark(fault.line, f"{fault.label}：{fault.text}".lstrip("：")) for fault in found.faults]
    )
    if found.faults and not wish.skip_bad:
        raise EntriesRefused(f"{path.name}：{len(found.faults)} 处有误，没有导入这个文件")
    if wish.dry_run:
        came = database.read_now(proposing.compare, entries=found.entries)
    else:
        note = f"从 {path.name} 导入"
        came = database.work_now(SYSTEM, proposing.propose, entries=found.entries, content=content, note=note)
    did = "将成为草稿" if wish.dry_run else "成为草稿，审核发布后生效"
    return f"{path.name}：{len(found.entries)} 条，{len(came.drafted)} 条{did}，{len(came.unchanged)} 条未变"


def _statute(path: Path, content: Content, database: Database, wish: Wish) -> str:
    incoming = read_statute(path, content.laws.values())
    _told(path.name, (*incoming.flaws, *incoming.notes))
    if incoming.flaws and not wish.skip_bad:
        raise StatuteRefused(f"{path.name}：{len(incoming.flaws)} 处有误，没有导入这个文件")
    stored = _stored(database, incoming.statute, dry_run=wish.dry_run)
    return _line(path.name, incoming, stored, dry=wish.dry_run)


def _settle(database: Database) -> None:
    for ended in database.work_now(SYSTEM, importing.settle):
        print(f"{named(ended)}到 {ended.valid_to} 止，由 {ended.superseded_by} 接替")


def _stored(database: Database, statute: Statute, *, dry_run: bool) -> Result:
    if dry_run:
        return database.read_now(importing.compare, statute=statute)
    return database.work_now(SYSTEM, importing.store, statute=statute)


def _line(file: str, incoming: Incoming, result: Result, *, dry: bool) -> str:
    statute = incoming.statute
    number = f"（{statute.number}）" if statute.number else ""
    validity = f"{statute.valid_from or '?'} 至 {statute.valid_to or '今'}"
    did = f"{'将' if dry and result.outcome is not Outcome.UNCHANGED else ''}{DID[result.outcome]}"
    return (
        f"{file}：{in_marks(statute.title)}{number}，{len(statute.articles)} {statute.unit}，{validity}，"
        f"{did}（{result.code} 第 {result.revision} 版）"
    )


def _told(file: str, remarks: Sequence[Remark]) -> None:
    for remark in remarks[:SHOWN]:
        print(f"{file} 第 {remark.line} 行：{remark.text}", file=sys.stderr)
    if len(remarks) > SHOWN:
        print(f"……{file} 共 {len(remarks)} 处", file=sys.stderr)
