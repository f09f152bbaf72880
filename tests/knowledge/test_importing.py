"""Statutes come in whole or not at all, twice without harm, and an older text is kept."""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from core.database import Database
from knowledge import commands
from knowledge.errors import DocumentUnreadable, StatuteNotFound, StatuteRefused
from knowledge.queries import statutes
from knowledge.readers.statute import read_statute
from knowledge.rules.entries import Level
from tests.knowledge.statutes import FINAL, INTERIM, NEW, OLD, SHARED, written

Read = Callable[..., Any]
Bring = Callable[..., int]
HENG = "shan-hai-sheng-heng-qi-tiao-li"


@pytest.fixture
def bring(database: Database) -> Bring:
    """Run the command on files and folders; return its exit code."""

    def run(*arguments: object) -> int:
        return commands.main(["import", *map(str, arguments)], lambda: database)

    return run


def test_a_statute_keeps_number_place_paragraphs_and_what_is_known_of_it(
    tmp_path: Path, bring: Bring, read: Read
) -> None:
    assert bring(written(tmp_path, heng=OLD)) == 0
    found = read(statutes.whole, code=f"{HENG}-2010")
    assert (found.title, found.number, found.level) == ("山海省衡器条例", "2010年公布", Level.LOCAL)
    assert (found.valid_from, found.valid_to, found.file) == (date(2010, 7, 1), None, "heng.md")
    assert [article.number for article in found.articles] == ["第一条", "第二条", "第三条"]
    second = found.articles[1]
    assert second.place == ("第一章 总则",)
    assert second.paragraphs == (
        "使用衡器应当遵守本条例。",
        "本条例所称衡器，是指：\n（一）秤；\n（二）天平。",
        "前款所列衡器的目录另行公布。",
    )
    assert found.preamble[0].startswith("2010年5月27日")


def test_the_same_files_twice_change_nothing(
    tmp_path: Path, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, heng=OLD, ban=FINAL)
    assert bring(tmp_path) == 0
    before = read(statutes.stamp)
    capsys.readouterr()
    assert bring(tmp_path) == 0
    assert read(statutes.stamp) == before
    assert capsys.readouterr().out.count("未变") == 2


def test_a_changed_text_is_a_new_revision_and_the_old_one_is_kept(
    tmp_path: Path, bring: Bring, read: Read
) -> None:
    bring(written(tmp_path, heng=OLD))
    bring(written(tmp_path, heng=OLD.replace("天平", "天平和砝码")))
    code = f"{HENG}-2010"
    assert [one[0] for one in read(statutes.revisions, code=code)] == [2, 1]
    now = read(statutes.whole, code=code)
    assert "砝码" in now.articles[1].text
    assert now.revision == 2
    assert len(read(statutes.everything)) == 1


def test_a_later_version_and_a_repeal_end_what_came_before(
    tmp_path: Path, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(written(tmp_path, a=OLD, b=INTERIM))
    bring(written(tmp_path, c=NEW, d=FINAL))
    by_title = {(one.title, one.valid_from): one for one in read(statutes.everything)}
    old = by_title["山海省衡器条例", date(2010, 7, 1)]
    interim = by_title["衡器投诉处理暂行办法", date(2018, 3, 1)]
    assert (old.valid_to, old.superseded_by) == (date(2020, 8, 31), f"{HENG}-2020")
    assert interim.valid_to == date(2021, 2, 28)
    assert by_title["衡器投诉处理办法", date(2021, 3, 1)].annex == ("附件", "投诉书样式")
    assert "2021-02-28 止" in capsys.readouterr().out


def test_a_list_beside_the_files_adds_source_rank_and_end(tmp_path: Path, bring: Bring, read: Read) -> None:
    listing = {
        "items": [
            {
                "file": "ban.md",
                "source": "省局网站",
                "level": "部门规章",
                "effective": "2018-04-01",
                "repealed": "2021-03-01",
                "status": "已废止",
            }
        ]
    }
    (tmp_path / "index.json").write_text(json.dumps(listing), encoding="utf-8")
    bring(written(tmp_path, ban=INTERIM))
    (found,) = read(statutes.everything)
    assert (found.source, found.level, found.remark) == ("省局网站", Level.RULE, "已废止")
    assert (found.valid_from, found.valid_to) == (date(2018, 4, 1), date(2021, 2, 28))


def test_what_is_newly_known_of_the_same_text_is_noted_without_a_revision(
    tmp_path: Path, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(written(tmp_path, heng=OLD))
    listing = {"items": [{"file": "heng.md", "source": "省人大公报"}]}
    (tmp_path / "index.json").write_text(json.dumps(listing), encoding="utf-8")
    bring(tmp_path)
    assert "更新了说明" in capsys.readouterr().out
    (found,) = read(statutes.everything)
    assert (found.source, found.revision) == ("省人大公报", 1)
    (tmp_path / "index.json").unlink()
    bring(tmp_path)
    assert read(statutes.everything)[0].source == "省人大公报"


def test_a_bad_file_names_its_lines_and_stays_out_while_the_others_come_in(
    tmp_path: Path, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = OLD.replace("第三条　本条例", "第五条　本条例")
    assert bring(written(tmp_path, bad=bad, good=FINAL)) == 1
    told = capsys.readouterr()
    line = bad.splitlines().index("第五条　本条例自2010年7月1日起施行。") + 1
    assert f"bad.md 第 {line} 行：“第五条”前面是“第二条”，中间缺条" in told.err
    assert "1 个文件没有导入" in told.err
    assert [one.title for one in read(statutes.everything)] == ["衡器投诉处理办法"]
    assert bring(tmp_path, "--skip-bad") == 0
    assert len(read(statutes.everything)) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("第二条　使用", "第一条　使用"), "重复或倒退"),
        (("第一条　为了", "第二条　为了"), "应当从“第一条”开始"),
        (("第一条　为了规范衡器，制定本条例。", "第一条"), "没有正文"),
    ],
)
def test_a_count_that_does_not_hold_is_said(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    written(tmp_path, heng=OLD.replace(*change))
    assert said in " ".join(flaw.text for flaw in read_statute(tmp_path / "heng.md", ()).flaws)


def test_a_dry_run_says_what_would_come_and_writes_nothing(
    tmp_path: Path, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(written(tmp_path, heng=OLD), "--dry-run") == 0
    assert "将新增" in capsys.readouterr().out
    assert read(statutes.everything) == []
    with pytest.raises(StatuteNotFound):
        read(statutes.whole, code=f"{HENG}-2010")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_however_a_text_was_saved_it_is_read_right(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "heng.txt"
    path.write_bytes(OLD.encode(encoding))
    assert read_statute(path, ()).statute.articles[1].paragraphs[0] == "使用衡器应当遵守本条例。"


def test_a_word_document_is_read_with_its_headings_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("衡器条例", level=1)
    document.add_paragraph("目录")
    document.add_heading("第一章 总则", level=2)
    document.add_paragraph("第一条　为了规范衡器，制定本条例。")
    document.add_paragraph("第二条　本条例自2010年7月1日起施行。")
    document.add_paragraph("附件1：")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "名称", "周期"
    path = tmp_path / "heng.docx"
    document.save(str(path))
    found = read_statute(path, ()).statute
    assert (found.title, len(found.articles)) == ("衡器条例", 2)
    assert found.articles[0].place == ("第一章 总则",)
    assert found.annex == ("附件1：", "名称 周期")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(5):
            archive.writestr(f"word/{number}.xml", b"\0" * 50_000_000)


def _entities(path: Path) -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE d [<!ENTITY e0 "第一条">{layers}]><d>&e11;</d>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", body)
        archive.writestr("_rels/.rels", body)


def test_a_packed_file_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    _bomb(tmp_path / "bomb.docx")
    with pytest.raises(DocumentUnreadable, match="解开后太大"):
        read_statute(tmp_path / "bomb.docx", ())


HOSTILE: dict[str, Callable[[Path], object]] = {
    "bomb.docx": _bomb,
    "entities.docx": _entities,
    "cut.docx": lambda path: path.write_bytes(b"PK\x03\x04 no more"),
    "empty.docx": lambda path: path.write_bytes(b""),
    "picture.txt": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "latin.txt": lambda path: path.write_bytes("第一条".encode("utf-16-le")[:-1]),
    "huge.txt": lambda path: path.write_bytes(b"a" * 20_000_001),
    "empty.md": lambda path: path.write_bytes(b""),
    "prose.md": lambda path: path.write_text("# 一封信\n\n没有条文。\n", encoding="utf-8"),
    "untitled.md": lambda path: path.write_text("第一条 为了。\n", encoding="utf-8"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_statute_ends_in_our_own_words(
    tmp_path: Path, name: str, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    HOSTILE[name](tmp_path / name)
    with pytest.raises((DocumentUnreadable, StatuteRefused)) as refusal:
        read_statute(tmp_path / name, ())
    assert refusal.value.text.startswith(f"{name}：")
    assert bring(tmp_path / name) == 1
    assert name in capsys.readouterr().err
    assert read(statutes.everything) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"items": 3}', "[" * 100_000])
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    written(tmp_path, heng=OLD)
    (tmp_path / "index.json").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentUnreadable, match=r"index\.json"):
        read_statute(tmp_path / "heng.md", ())


def test_other_files_and_empty_folders_are_refused_before_anything_is_done(
    tmp_path: Path, bring: Bring, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, heng=OLD)
    assert bring(tmp_path / "heng.md", tmp_path / "heng.pdf") == 1
    assert ".docx" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert bring(tmp_path / "empty") == 1
    assert read(statutes.everything) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the statutes are not beside the project")
def test_all_statutes_at_hand_come_in_with_as_many_articles_as_lines_that_open_one(
    bring: Bring, read: Read
) -> None:
    assert bring(SHARED) == 0
    found = {one.file: one for one in read(statutes.everything)}
    paths = sorted(SHARED.glob("*.md"))
    assert len(paths) == len(found) == 39
    opening = re.compile(r"^(?:\*\*)?第[零一二三四五六七八九十百]+条[\s\u3000*]", re.MULTILINE)
    counted = {path.name: len(opening.findall(path.read_text(encoding="utf-8"))) for path in paths}
    stored = {
        name: sum(article.number.startswith("第") for article in one.articles) for name, one in found.items()
    }
    assert stored == counted
    ends = {one.code: (one.valid_to, one.superseded_by) for one in found.values() if one.valid_to}
    assert ends == {
        "order-20": (date(2026, 4, 14), "order-121"),
        "food-safety-law-2021": (date(2025, 11, 30), "food-safety-law"),
        "metrology-rules-2018": (date(2022, 3, 28), "metrology-rules"),
    }
    assert all(one.source for one in found.values())
