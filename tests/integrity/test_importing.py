"""Bringing tables in: whole or not at all, twice without harm, every fault with its row and column."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from core.database import Database
from integrity import commands
from integrity.errors import UnreadableTable
from integrity.queries import instruments, merchants
from integrity.rules.rows import Kind
from integrity.services import importing
from integrity.settings import IntegritySettings
from tests.integrity.conftest import INSTRUMENTS, LI, MERCHANTS, VERIFICATIONS, WANG, Bring

Read = Callable[..., Any]


def test_tables_fill_the_register(register: Bring, read: Read) -> None:
    found = read(merchants.by_uscc, code=WANG)
    assert (found.shown, found.place, found.total, found.valid) == ("老王海鲜", "济南市历下区", 2, 2)
    assert read(merchants.by_uscc, code=LI).expired == 1


def test_the_same_table_twice_changes_nothing(register: Bring, read: Read) -> None:
    for kind, table in (
        (Kind.MERCHANTS, MERCHANTS),
        (Kind.INSTRUMENTS, INSTRUMENTS),
        (Kind.VERIFICATIONS, VERIFICATIONS),
    ):
        again = register(kind, table)
        assert (again.added, again.changed, again.unchanged) == (0, 0, again.rows)
    assert read(merchants.totals) == (2, 3, 2)


def test_a_changed_cell_updates_and_an_empty_one_keeps(register: Bring, read: Read) -> None:
    table = f"信用代码,企业名称,招牌,行业,区县\n{WANG},济南市历下区老王海鲜水产店,王记海鲜,,历下区\n"
    assert register(Kind.MERCHANTS, table).changed == 1
    found = read(merchants.by_uscc, code=WANG)
    assert (found.sign_name, found.trade, found.address) == ("王记海鲜", "水产品零售", "人民路1号")


def test_a_bad_file_imports_nothing_and_names_every_fault(bring: Bring, read: Read) -> None:
    table = MERCHANTS + f"{WANG[:-1]},店,,,火星区,,\n{WANG},重复,,,历下区,,\n,,,,市中区,,\n"
    report = bring(Kind.MERCHANTS, table)
    told = {(fault.row, fault.column): fault.text for fault in report.faults}
    assert not report.stored
    assert told[4, "统一社会信用代码"].endswith("现在是 17 位")
    assert "行政区划" in told[4, "行政区划"]
    assert told[5, "统一社会信用代码"] == "与第 2 行重复，只留一行"
    assert "济南市市中区" in told[6, "行政区划"]
    assert (6, "名称") in told
    assert read(merchants.totals) == (0, 0, 0)


def test_the_right_rows_of_a_bad_file_are_imported_when_asked(bring: Bring, read: Read) -> None:
    report = bring(Kind.MERCHANTS, MERCHANTS + "坏,坏,,,坏,,\n", partial=True)
    assert (report.stored, report.added, report.wrong_rows) == (True, 2, 1)
    assert read(merchants.totals)[0] == 2


def test_a_dry_run_writes_nothing(bring: Bring, read: Read) -> None:
    assert bring(Kind.MERCHANTS, MERCHANTS, dry=True).added == 2
    assert read(merchants.totals)[0] == 0


def test_instruments_wait_for_their_merchant(bring: Bring) -> None:
    assert bring(Kind.INSTRUMENTS, INSTRUMENTS).faults[0].text == "登记里没有这家商户，请先导入商户"


def test_a_certificate_of_another_instrument_is_refused(register: Bring) -> None:
    table = "证书编号,出厂编号,检定日期,结论,有效期至\nSD-1,B001,2026-01-01,合格,2026-12-31\n"
    assert "另一台器具" in register(Kind.VERIFICATIONS, table).faults[0].text


def test_a_corrected_result_takes_the_validity_away(register: Bring, read: Read) -> None:
    table = "证书编号,出厂编号,检定日期,结论\nsd-1,A001,2025-12-01,不合格\n"
    assert register(Kind.VERIFICATIONS, table).changed == 1
    found = read(instruments.by_certificate, "SD-1")
    assert (found.valid_until, found.due.holds) == (None, False)


def test_gb18030_tabs_and_titles_are_understood(bring: Bring) -> None:
    table = ("商户登记表\n" + MERCHANTS.replace(",", "\t")).encode("gb18030")
    report = bring(Kind.MERCHANTS, table)
    assert (report.added, report.faults) == (2, ())


def test_a_workbook_with_real_dates_and_numbers_is_read(register: Bring, read: Read) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["证书编号", "出厂编号", "检定日期", "有效期至", "结论"])
    sheet.append(["SD-9", "B001", date(2026, 11, 1), date(2027, 10, 31), "合格"])
    data = io.BytesIO()
    book.save(data)
    assert register(Kind.VERIFICATIONS, data.getvalue()).added == 1
    assert read(instruments.by_certificate, "SD-9").valid_until == date(2027, 10, 31)


def test_a_formula_in_a_workbook_is_not_evaluated_but_refused(bring: Bring) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["统一社会信用代码", "名称", "行政区划"])
    sheet.append([WANG, '=HYPERLINK("http://x","y")', "历下区"])
    data = io.BytesIO()
    book.save(data)
    (fault,) = bring(Kind.MERCHANTS, data.getvalue()).faults
    assert (fault.row, fault.column) == (2, "名称")


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\x00\x01\x02", b"a,b\n1,2\n", b""])
def test_what_is_no_table_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableTable) as refused:
        importing.read(data, kind=Kind.MERCHANTS, settings=IntegritySettings())
    assert refused.value.text


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UnreadableTable, match="行政区划"):
        importing.read("统一社会信用代码,名称\n".encode(), kind=Kind.MERCHANTS, settings=IntegritySettings())


def test_the_telephone_is_sealed_at_rest(register: Bring, database: Database) -> None:
    with database.engine.connect() as connection:
        (stored,) = connection.exec_driver_sql(
            "SELECT phone FROM merchants WHERE phone IS NOT NULL"
        ).scalars()
    assert b"1990000" not in bytes(stored)


def test_the_command_refuses_a_bad_file_with_one_line_and_1(
    bring: Bring, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(MERCHANTS)
    bad.write_text(MERCHANTS + "坏,坏,,,坏,,\n")
    assert commands.main(["import", "merchants", str(bad)], database) == 1
    assert "第 4 行" in capsys.readouterr().err
    assert commands.main(["import", "merchants", str(good), "--dry-run"], database) == 0
    assert commands.main(["import", "merchants", str(good)], database) == 0
    assert "新增 2" in capsys.readouterr().out
    assert commands.main(["import", "merchants", str(tmp_path / "none.csv")], database) == 1
    assert commands.main(["search", "老王海鲜", "--json"], database) == 0
    assert '"outcome": "direct"' in capsys.readouterr().out
