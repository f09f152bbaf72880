"""Brings files in from the command line: each whole or not at all, a line a file, every fault with its line."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.database import Database
from core.errors import AppError
from core.work import SYSTEM
from knowledge.errors import DocumentUnreadable, ImportRefused, StatuteRefused
from knowledge.readers.content import read_content
from knowledge.readers.document import SUFFIXES
from knowledge.readers.statute import Incoming, read_statute
from knowledge.rules.articles import Remark
from knowledge.rules.statutes import Statute, in_marks
from knowledge.services import importing
from knowledge.services.importing import Outcome, Result

SHOWN = 20
DID = {
    Outcome.ADDED: "新增",
    Outcome.REVISED: "正文有变，旧文本保留",
    Outcome.DESCRIBED: "正文未变，更新了说明",
    Outcome.UNCHANGED: "未变",
}


def bring(paths: Sequence[Path], database: Database, *, dry_run: bool, skip_bad: bool) -> int:
    """Import files and folders of them; return 0 when every file came in.

    Raises:
        ImportRefused: some did not; the others did.
    """
    laws = list(read_content().laws.values())
    refused = 0
    for path in list(_files(paths)):  # a wrong name is told before anything is done
        try:
            incoming = read_statute(path, laws)
            if incoming.flaws and not skip_bad:
                _told(path.name, incoming.flaws)
                raise StatuteRefused(f"{path.name}：{len(incoming.flaws)} 处有误，没有导入这个文件")
        except AppError as error:
            print(error.text, file=sys.stderr)
            refused += 1
            continue
        _told(path.name, (*incoming.flaws, *incoming.notes))
        print(_line(path.name, incoming, _stored(database, incoming.statute, dry_run=dry_run), dry=dry_run))
    if not dry_run:
        for ended in database.work_now(SYSTEM, importing.settle):
            print(
                f"{in_marks(ended.title)}（{ended.number}）到 {ended.valid_to} 止，由 {ended.superseded_by} 接替"
            )
    if refused:
        raise ImportRefused(f"{refused} 个文件没有导入，请按上面的提示改正后再试")
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
