"""Answers come in as drafts that still need review, twice without harm, and go out as they are published."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.database import Database
from knowledge import commands
from knowledge.models import ItemVersion
from knowledge.queries import publications, statutes, versions
from knowledge.readers.answers import read_answers
from knowledge.readers.content import read_content
from knowledge.readers.shipped import Shipped
from knowledge.rules.versions import Origin, State
from knowledge.services import seeding
from tests.knowledge.statutes import OLD, written

CONTENT = read_content()
FEW = CONTENT.entries[:3]
Run = Callable[..., int]
Read = Callable[..., Any]
NEW = """# 衡器多久检一次？

- 编号：heng-cycle
- 主题：检定和周期
- 其他问法：秤几年检
- 可信程度：B
- 依据：计量法 第九条

## 结论

一年。
"""


@pytest.fixture
def run(database: Database, work: Callable[..., Any]) -> Run:
    """Run a command on a database in which three answers are published."""
    few = Shipped(type(CONTENT)(CONTENT.laws, CONTENT.topics, FEW), (), ())
    work(seeding.seed, shipped=few)

    def command(*arguments: object) -> int:
        return commands.main([*map(str, arguments)], lambda: database)

    return command


def standing(read: Read, item: str) -> ItemVersion | None:
    found: ItemVersion | None = read(versions.standing, item_id=item)
    return found


def test_an_answer_comes_in_as_a_draft_and_is_not_published(tmp_path: Path, run: Run, read: Read) -> None:
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    assert run("import", tmp_path / "new.md") == 0
    found = standing(read, "heng-cycle")
    assert found is not None
    assert (found.state, found.origin, found.note) == (
        State.DRAFT.value,
        Origin.IMPORTED.value,
        "从 new.md 导入",
    )
    assert read(publications.latest_number) == 1
    assert [one.id for one in read(publications.edition, number=1).entries] == [one.id for one in FEW]


@pytest.mark.parametrize("name", ["all.yaml", "all.md", "all.xlsx"])
def test_what_goes_out_comes_back_without_a_change(tmp_path: Path, run: Run, read: Read, name: str) -> None:
    assert run("export", tmp_path / name) == 0
    assert read_answers(tmp_path / name, CONTENT).entries == FEW
    assert run("import", tmp_path / name) == 0
    assert all(standing(read, one.id).state == State.PUBLISHED.value for one in FEW)  # type: ignore[union-attr]


def test_the_same_file_twice_makes_one_draft(
    tmp_path: Path, run: Run, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    run("import", tmp_path / "new.md")
    capsys.readouterr()
    assert run("import", tmp_path / "new.md") == 0
    assert "0 条成为草稿，审核发布后生效，1 条未变" in capsys.readouterr().out
    assert len(read(versions.history, item_id="heng-cycle")) == 1


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    tmp_path: Path, run: Run, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    assert run("import", tmp_path / "new.md", "--dry-run") == 0
    assert "1 条将成为草稿" in capsys.readouterr().out
    assert standing(read, "heng-cycle") is None


def test_nothing_of_a_bad_file_comes_in_unless_asked(
    tmp_path: Path, run: Run, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = NEW + NEW.replace("heng-cycle", "other").replace("秤几年检", "几年检秤").replace("B", "Q")
    (tmp_path / "new.md").write_text(bad, encoding="utf-8")
    assert run("import", tmp_path / "new.md") == 1
    line = bad.splitlines().index("- 可信程度：Q") + 1
    assert f"new.md 第 {line} 行：可信程度：没有“Q”，可用：A、B、C" in capsys.readouterr().err
    assert standing(read, "heng-cycle") is None
    assert run("import", tmp_path / "new.md", "--skip-bad") == 0
    assert standing(read, "heng-cycle") is not None
    assert standing(read, "other") is None


def test_a_folder_may_hold_answers_and_statutes(tmp_path: Path, run: Run, read: Read) -> None:
    written(tmp_path, heng=OLD, new=NEW)
    assert run("import", tmp_path) == 0
    assert standing(read, "heng-cycle") is not None
    assert [one.title for one in read(statutes.listed)] == ["山海省衡器条例"]


def test_answers_go_to_standard_output_and_odd_wishes_are_refused(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "--format", "md") == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"# {FEW[0].question}")
    assert "已导出 3 条" in told.err
    assert run("export", "--format", "xlsx") == 1
    assert run("export", tmp_path / "answers.pdf") == 1
    assert run("export", tmp_path / "nowhere" / "answers.md") == 1
    assert "写不进这个文件" in capsys.readouterr().err


def test_before_anything_is_published_what_we_ship_goes_out(database: Database, tmp_path: Path) -> None:
    assert commands.main(["export", str(tmp_path / "all.yaml")], lambda: database) == 0
    assert len(read_answers(tmp_path / "all.yaml", CONTENT).entries) == len(CONTENT.entries)
