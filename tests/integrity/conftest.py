"""A register with divisions, and tables to bring in."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.services import reference
from integrity.rules import uscc
from integrity.rules.rows import Kind
from integrity.services import importing
from integrity.services.importing import Report
from integrity.settings import IntegritySettings

WANG = uscc.compose(kind="92", region_code="370102", number=1)
LI = uscc.compose(kind="92", region_code="370403", number=2)

MERCHANTS = (
    "统一社会信用代码,名称,招牌名,行业,行政区划,地址,联系电话\n"
    f"{WANG},济南市历下区老王海鲜水产店,老王海鲜,水产品零售,历下区,人民路1号,19900001234\n"
    f"{LI},薛城区李记水果店,李记水果,水果零售,370403,文化路2号,\n"
)
INSTRUMENTS = (
    "统一社会信用代码,出厂编号,器具名称,型号,制造厂,使用地点\n"
    f"{WANG},A001,电子计价秤,ACS-30,鲁衡,A区12号\n"
    f"{WANG},A002,电子计价秤,ACS-30,鲁衡,A区12号\n"
    f"{LI},B001,电子台秤,TCS-150,鲁衡,门口\n"
)
VERIFICATIONS = (
    "证书编号,统一社会信用代码,出厂编号,检定日期,有效期至,结论,检定机构\n"
    f"SD-1,{WANG},A001,2025-12-01,2026-11-30,合格,济南所\n"
    f"SD-2,{WANG},A002,2025/11/24,2026年11月23日,合格,济南所\n"
    f"SD-3,{LI},B001,20250520,2026-05-19,合格,枣庄所\n"
)

Bring = Callable[..., Report]


@pytest.fixture
def bring(work: Callable[..., Any], read: Callable[..., Any]) -> Bring:
    """Bring a table in as the command does: check it whole, then store it unless a row is wrong."""
    work(reference.load)

    def run(kind: Kind, table: str | bytes, *, partial: bool = False, dry: bool = False) -> Report:
        data = table.encode() if isinstance(table, str) else table
        rows = importing.read(data, kind=kind, settings=IntegritySettings())
        prepared = read(importing.prepare, kind=kind, file="表.csv", table=rows)
        if dry or (prepared.report.faults and not partial):
            checked: Report = prepared.report
            return checked
        for writes in prepared.chunks():
            work(importing.store, kind=kind, writes=writes)
        stored: Report = work(importing.note, report=prepared.report)
        return stored

    return run


@pytest.fixture
def register(bring: Bring) -> Bring:
    """A register of two merchants with three scales."""
    bring(Kind.MERCHANTS, MERCHANTS)
    bring(Kind.INSTRUMENTS, INSTRUMENTS)
    bring(Kind.VERIFICATIONS, VERIFICATIONS)
    return bring
