"""Matches rows of a register table with what the register already holds: new, changed, the same, or wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_

from accounts.queries import regions
from core.clock import local_date
from core.text import key
from core.work import Reading
from integrity.models import Instrument, Merchant, Verification
from integrity.models.merchants import PHONE_PLACE
from integrity.readers.tables import Row
from integrity.rules import certificates, kinds, uscc
from integrity.rules import rows as rules
from integrity.rules.rows import Kind

CHUNK = 400
KEYS = {
    Kind.MERCHANTS: ("uscc",),
    Kind.INSTRUMENTS: ("uscc", "serial"),
    Kind.VERIFICATIONS: ("certificate_no",),
}

Write = dict[str, Any]


@dataclass(slots=True)
class Matched:
    """What a table's good rows come to: `writes` ready to store, counts, and faults as (row, column, text)."""

    writes: list[Write] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[tuple[int, str, str]] = field(default_factory=list)

    def take(self, new: Write, held: Mapping[str, Any] | None) -> None:
        """Count a good row and keep it if it adds or changes anything; an empty text never erases what is held."""
        if held is None:
            self.added += 1
            self.writes.append(new)
            return
        merged = {name: held[name] if value == "" else value for name, value in new.items()}
        if merged == {name: held[name] for name in merged}:
            self.unchanged += 1
        else:
            self.changed += 1
            self.writes.append(merged)


def compare(reading: Reading, *, kind: Kind, rows: Sequence[Row]) -> Matched:
    """Check every row by itself, within the file and against the register."""
    matched, places = Matched(), _Places(regions.places(reading))
    good = list(_well_formed(local_date(reading.now), kind, rows, matched, places))
    compare_kind = {
        Kind.MERCHANTS: _merchants,
        Kind.INSTRUMENTS: _instruments,
        Kind.VERIFICATIONS: _verifications,
    }[kind]
    for start in range(0, len(good), CHUNK):
        compare_kind(reading, good[start : start + CHUNK], matched)
    matched.faults.sort()
    return matched


def _well_formed(
    today: date, kind: Kind, rows: Sequence[Row], matched: Matched, places: "_Places"
) -> Iterator[Row]:
    """Yield the rows whose cells are right and whose key stands in the file only once, regions as codes."""
    keys = KEYS[kind]
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        found = rules.faults(kind, row.cells)
        if kind is Kind.MERCHANTS and "region" not in found:
            row.cells["region"], problem = places.code(row.cells["region"])
            found |= {"region": problem} if problem else {}
        if kind is Kind.VERIFICATIONS and not found:
            found = rules.verification_faults(row.cells, today)
        identity = tuple(certificates.number(row.cells.get(name, "")) for name in keys)
        if not found and (earlier := first.setdefault(identity, row.number)) != row.number:
            found = {keys[-1]: f"与第 {earlier} 行重复，只留一行"}
        matched.faults += [(row.number, name, text) for name, text in found.items()]
        if not found:
            yield row


def _merchants(reading: Reading, rows: Sequence[Row], matched: Matched) -> None:
    codes = [uscc.clean(row.cells["uscc"]) for row in rows]
    held = {
        merchant.uscc: merchant
        for merchant in reading.session.scalars(select(Merchant).where(Merchant.uscc.in_(codes)))
    }
    for row, code in zip(rows, codes, strict=True):
        cell = row.cells.get
        new = {
            "uscc": code,
            "name": cell("name", ""),
            "sign_name": cell("sign_name", ""),
            "trade": cell("trade", ""),
            "region_code": cell("region", ""),
            "address": cell("address", ""),
            "phone": cell("phone", ""),
            "market": cell("market", ""),
            "stall": cell("stall", ""),
        }
        matched.take(new, _held_merchant(reading, held.get(code)))


def _held_merchant(reading: Reading, merchant: Merchant | None) -> Write | None:
    if merchant is None:
        return None
    phone = reading.vault.unseal(merchant.phone, place=PHONE_PLACE) if merchant.phone else ""
    names = ("uscc", "name", "sign_name", "trade", "region_code", "address", "market", "stall")
    return {**{name: getattr(merchant, name) for name in names}, "phone": phone}


def _instruments(reading: Reading, rows: Sequence[Row], matched: Matched) -> None:
    codes = {uscc.clean(row.cells["uscc"]) for row in rows}
    owning = select(Merchant.uscc, Merchant.id).where(Merchant.uscc.in_(codes))
    owners = {row.uscc: row.id for row in reading.session.execute(owning)}
    wanted = [(owners.get(uscc.clean(row.cells["uscc"]), 0), row.cells["serial"]) for row in rows]
    held = {
        (item.merchant_id, item.serial): item
        for item in reading.session.scalars(
            select(Instrument).where(tuple_(Instrument.merchant_id, Instrument.serial).in_(wanted))
        )
    }
    for row, (merchant_id, serial) in zip(rows, wanted, strict=True):
        if not merchant_id:
            matched.faults.append((row.number, "uscc", "登记里没有这家商户，请先导入商户"))
            continue
        cell = row.cells.get
        new = {
            "merchant_id": merchant_id,
            "serial": serial,
            "kind": kinds.kind_of(cell("name", "")),
            "name": cell("name", ""),
            "model": cell("model", ""),
            "maker": cell("maker", ""),
            "place": cell("place", ""),
        }
        found = held.get((merchant_id, serial))
        matched.take(new, None if found is None else {name: getattr(found, name) for name in new})


def _verifications(reading: Reading, rows: Sequence[Row], matched: Matched) -> None:
    numbers = [certificates.number(row.cells["certificate_no"]) for row in rows]
    held = {
        item.certificate_no: item
        for item in reading.session.scalars(
            select(Verification).where(Verification.certificate_no.in_(numbers))
        )
    }
    owned = _owned(reading, rows)
    for row, number in zip(rows, numbers, strict=True):
        code = uscc.clean(row.cells.get("uscc", ""))
        candidates = [at for at, owner in owned.get(row.cells["serial"], ()) if not code or owner == code]
        found = held.get(number)
        if len(candidates) != 1:
            matched.faults.append((row.number, "serial", _no_instrument(len(candidates), code)))
        elif found is not None and found.instrument_id != candidates[0]:
            matched.faults.append(
                (row.number, "certificate_no", "这个证书编号已经登记在另一台器具上，请核对")
            )
        else:
            ends = row.cells.get("valid_until", "")
            result = rules.parsed_result(row.cells["result"])
            new = {
                "certificate_no": number,
                "instrument_id": candidates[0],
                "verified_on": rules.parsed_date(row.cells["verified_on"]),
                "valid_until": rules.parsed_date(ends) if ends else None,
                "result": result.value if result else "",
                "institution": row.cells.get("institution", ""),
            }
            matched.take(new, None if found is None else {name: getattr(found, name) for name in new})


def _owned(reading: Reading, rows: Sequence[Row]) -> dict[str, list[tuple[int, str]]]:
    """Return by serial number the instruments that bear it, as (id, merchant's code)."""
    found: dict[str, list[tuple[int, str]]] = {}
    statement = (
        select(Instrument.serial, Instrument.id, Merchant.uscc)
        .join(Merchant, Merchant.id == Instrument.merchant_id)
        .where(Instrument.serial.in_({row.cells["serial"] for row in rows}))
    )
    for serial, instrument_id, code in reading.session.execute(statement):
        found.setdefault(serial, []).append((instrument_id, code))
    return found


def _no_instrument(count: int, code: str) -> str:
    if count:
        return "有几台器具是这个出厂编号，请加上“统一社会信用代码”一列"
    return "这家商户名下没有这个出厂编号，请先导入器具" if code else "登记里没有这个出厂编号，请先导入器具"


class _Places:
    """Finds a division's code from what a table says: 370102, 历下区, 济南市历下区, 山东省济南市历下区."""

    def __init__(self, places: Mapping[str, regions.Place]) -> None:
        self._codes = set(places)
        self._full: dict[str, str] = {}
        plain = Counter(place.name for place in places.values())
        for place in places.values():
            self._full[key(place.full_name)] = place.code
            self._full[key("山东省" + place.full_name)] = place.code
            if plain[place.name] == 1:
                self._full[key(place.name)] = place.code
        self._shared = {key(name) for name, count in plain.items() if count > 1}

    def code(self, text: str) -> tuple[str, str]:
        """Return (code, "") or ("", what is wrong)."""
        word = key(text)
        if word in self._codes:
            return word, ""
        if word in self._shared:
            return "", f"省内不止一个{text}，请写成“济南市{text}”这样"
        found = self._full.get(word, "")
        return found, "" if found else "行政区划认不出来，请写六位代码（370102）或“济南市历下区”这样的名称"
