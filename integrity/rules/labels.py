"""Reads a verification label: from lines of print to certificate number, serial number and days."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from integrity.rules import certificates

_DAY = re.compile(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_VALUE = r"\s*[:：]?\s*(.*)"
_CERTIFICATE = re.compile(r"(?:检定)?(?:证书|合格证|标志|标识|编)\s*(?:编?号|号码|号)" + _VALUE)
_SERIAL = re.compile(r"(?:出厂|器具|设备|机身|产品|仪器)\s*(?:编\s*号|序\s*列\s*号|号)" + _VALUE)
_MODEL = re.compile(r"(?:规格\s*型号|型号\s*规格|型\s*号|规\s*格)" + _VALUE)
_NAME = re.compile(r"(?:计量)?(?:器具|仪器|设备|产品)\s*名\s*称" + _VALUE)
_OWNER = re.compile(r"(?:使用|送检|受检)\s*单\s*位" + _VALUE)
_INSTITUTION = re.compile(r"(?:检定|检验)\s*(?:机构|单位)" + _VALUE)
_UNTIL = re.compile(r"有\s*效\s*(?:期\s*)?(?:至|到|日期)|有效期")
_VERIFIED = re.compile(r"检\s*定\s*日\s*期|发\s*证\s*日\s*期|检定\s*时间")
_CODE = re.compile(r"[A-Z0-9一-鿿()-]{5,64}")
_LABEL = re.compile(r"检\s*定|强\s*检|有效期|合格证|计量")


class Field(StrEnum):
    """What a label says."""

    CERTIFICATE = "certificate"
    SERIAL = "serial"
    MODEL = "model"
    VALID_UNTIL = "valid_until"


FIELD_NAMES = {
    Field.CERTIFICATE: "证书编号",
    Field.SERIAL: "出厂编号",
    Field.MODEL: "型号",
    Field.VALID_UNTIL: "有效期至",
}


class Match(StrEnum):
    """How a field of the label stands to the archive."""

    SAME = "same"
    DIFFERS = "differs"
    UNREAD = "unread"
    UNKNOWN = "unknown"


MATCH_NAMES = {
    Match.SAME: "与档案一致",
    Match.DIFFERS: "与档案不一致",
    Match.UNREAD: "没有读出",
    Match.UNKNOWN: "档案里没有",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What was read; "" and None for what was not. Nothing is filled in from elsewhere."""

    certificate: str = ""
    serial: str = ""
    model: str = ""
    name: str = ""
    owner: str = ""
    institution: str = ""
    verified_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One field beside the archive, each as text."""

    field: Field
    read: str
    archived: str
    match: Match


def read_label(lines: Iterable[str]) -> Label | None:
    """Return what the lines say as a verification label, or None when they are none.

    A value may stand behind its name or on the next line; widths, blanks and dashes do not matter.
    """
    plain = [unicodedata.normalize("NFKC", line).strip() for line in lines]
    if not any(_LABEL.search(line) for line in plain):
        return None
    label = Label(
        certificate=_code(_value(plain, _CERTIFICATE)),
        serial=_code(_value(plain, _SERIAL)),
        model=_value(plain, _MODEL),
        name=_value(plain, _NAME),
        owner=_value(plain, _OWNER),
        institution=_value(plain, _INSTITUTION),
        verified_on=_day(plain, _VERIFIED),
        valid_until=_day(plain, _UNTIL),
    )
    told = (label.certificate, label.serial, label.valid_until)
    return label if any(told) else None


def compare(
    label: Label, *, certificate: str, serial: str, model: str, valid_until: date | None
) -> tuple[Compared, ...]:
    """Lay a label beside the archive's record, field by field."""
    return (
        _field(Field.CERTIFICATE, label.certificate, certificates.number(certificate)),
        _field(Field.SERIAL, label.serial, certificates.number(serial)),
        _field(Field.MODEL, label.model, model),
        _field(Field.VALID_UNTIL, _iso(label.valid_until), _iso(valid_until)),
    )


def _field(field: Field, read: str, archived: str) -> Compared:
    if not read:
        match = Match.UNREAD
    elif not archived:
        match = Match.UNKNOWN
    else:
        match = Match.SAME if _bare(read) == _bare(archived) else Match.DIFFERS
    return Compared(field, read, archived, match)


def _bare(text: str) -> str:
    return re.sub(r"[\s/-]", "", unicodedata.normalize("NFKC", text)).upper()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _value(lines: list[str], name: re.Pattern[str]) -> str:
    for place, line in enumerate(lines):
        if found := name.search(line):
            following = lines[place + 1] if place + 1 < len(lines) else ""
            return found.group(1).strip(" :：") or following.strip(" :：")
    return ""


def _code(text: str) -> str:
    found = _CODE.search(certificates.number(text))
    return found.group() if found and re.search(r"\d", found.group()) else ""


def _day(lines: list[str], name: re.Pattern[str]) -> date | None:
    for place, line in enumerate(lines):
        begun = name.search(line)
        if begun is None:
            continue
        following = lines[place + 1] if place + 1 < len(lines) else ""
        for text in (line[begun.end() :], following):
            if found := _DAY.search(text):
                return _real(*map(int, found.groups()))
    return None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
