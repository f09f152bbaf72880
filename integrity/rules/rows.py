"""What a row of a register table must hold, and in Chinese what is wrong with one that does not."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from integrity.rules import uscc
from integrity.rules.validity import VerificationResult

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)
EARLIEST = date(1985, 1, 1)

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FORMULA = re.compile(r"[=@]|[+\-](?![\d\s().\-]+$)|[\t\r]")
_PASSED = frozenset({"合格", "检定合格", "通过", "准予使用", "passed"})
_FAILED = frozenset({"不合格", "检定不合格", "不通过", "未通过", "停用", "failed"})


class Kind(StrEnum):
    """The three tables that can be imported."""

    MERCHANTS = "merchants"
    INSTRUMENTS = "instruments"
    VERIFICATIONS = "verifications"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the headers it may stand under (the first is ours), whether it must be filled, how long it may be."""

    headers: tuple[str, ...]
    required: bool = False
    longest: int = 64


COLUMNS: Mapping[Kind, Mapping[str, Column]] = {
    Kind.MERCHANTS: {
        "uscc": Column(
            ("统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码"), required=True, longest=32
        ),
        "name": Column(
            ("名称", "登记名", "商户名称", "企业名称", "单位名称", "经营者名称", "市场主体名称"),
            required=True,
            longest=128,
        ),
        "sign_name": Column(("招牌名", "招牌", "店名", "门头名称", "字号")),
        "trade": Column(("行业", "行业类别", "经营类别", "业态"), longest=32),
        "region": Column(("行政区划", "区划", "所在区县", "区县", "行政区划代码", "所属地区"), required=True),
        "address": Column(("地址", "经营场所", "经营地址", "住所"), longest=128),
        "phone": Column(("联系电话", "电话", "手机", "手机号"), longest=32),
        "market": Column(("市场", "所在市场", "集贸市场", "市场名称")),
        "stall": Column(("摊位", "摊位号", "摊位编号"), longest=32),
    },
    Kind.INSTRUMENTS: {
        "uscc": Column(("统一社会信用代码", "信用代码", "使用单位代码"), required=True, longest=32),
        "serial": Column(("出厂编号", "器具编号", "编号", "出厂号", "表号"), required=True),
        "name": Column(("器具名称", "计量器具名称", "名称", "器具"), required=True),
        "model": Column(("型号", "型号规格", "规格型号")),
        "maker": Column(("制造厂", "制造商", "生产厂家", "制造单位", "生产企业")),
        "place": Column(("使用地点", "安装地点", "使用场所", "安装位置"), longest=128),
    },
    Kind.VERIFICATIONS: {
        "certificate_no": Column(
            ("证书编号", "检定证书编号", "证书号", "检定证书号"), required=True, longest=48
        ),
        "uscc": Column(("统一社会信用代码", "信用代码", "使用单位代码"), longest=32),
        "serial": Column(("出厂编号", "器具编号", "编号", "出厂号", "表号"), required=True),
        "verified_on": Column(("检定日期", "检定日", "检定时间"), required=True),
        "valid_until": Column(("有效期至", "有效期", "有效日期")),
        "result": Column(("结论", "检定结论", "检定结果", "结果"), required=True),
        "institution": Column(("检定机构", "检定单位", "检定技术机构"), longest=128),
    },
}


def faults(kind: Kind, cells: Mapping[str, str]) -> dict[str, str]:
    """Return by column what is wrong with cells as text: missing, too long, a formula, not a code."""
    found: dict[str, str] = {}
    for name, column in COLUMNS[kind].items():
        text = cells.get(name, "")
        if not text:
            if column.required:
                found[name] = "这一格不能空着"
        elif _FORMULA.match(text):
            found[name] = "像是公式，请改成普通文字（不要以 =、+、-、@ 开头）"
        elif len(text) > column.longest:
            found[name] = f"太长了，最多 {column.longest} 个字，现在是 {len(text)} 个"
    code = cells.get("uscc", "")
    if code and "uscc" not in found and (problem := uscc.problem(uscc.clean(code))) is not None:
        found["uscc"] = f"统一社会信用代码{problem}"
    return found


def parsed_date(text: str) -> date | None:
    """Read 2026-11-23, 2026/11/23, 2026年11月23日, 20261123 or a spreadsheet's day number; None when it is no date."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isdecimal() and int(text) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(text))
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def parsed_result(text: str) -> VerificationResult | None:
    """Read a conclusion; None when it is unclear."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    if word in _PASSED:
        return VerificationResult.PASSED
    return VerificationResult.FAILED if word in _FAILED else None


def verification_faults(cells: Mapping[str, str], today: date) -> dict[str, str]:
    """Return by column what is wrong with a verification's dates and conclusion."""
    found: dict[str, str] = {}
    verified_on, result = parsed_date(cells["verified_on"]), parsed_result(cells["result"])
    ends = cells.get("valid_until", "")
    valid_until = parsed_date(ends) if ends else None
    if verified_on is None:
        found["verified_on"] = "日期认不出来，请写成 2026-11-23 这样"
    elif not EARLIEST <= verified_on <= today:
        found["verified_on"] = f"检定日期应在 {EARLIEST.year} 年之后、今天（{today.isoformat()}）或以前"
    if ends and valid_until is None:
        found["valid_until"] = "日期认不出来，请写成 2026-11-23 这样；没有有效期就空着"
    if result is None:
        found["result"] = "结论请写“合格”或“不合格”"
    if not found and valid_until is not None and verified_on is not None and valid_until < verified_on:
        found["valid_until"] = f"有效期不应早于检定日期（{verified_on.isoformat()}）"
    if not found and valid_until is not None and result is VerificationResult.FAILED:
        found["valid_until"] = "结论是不合格时没有有效期，请空着或改正结论"
    return found
