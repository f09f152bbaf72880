"""Brings register tables in: checked as a whole first, then stored in sets, twice without harm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core import audit
from core.text import key
from core.work import Reading, Work
from integrity.errors import UnreadableTable
from integrity.models import Instrument, Merchant, Verification
from integrity.models.merchants import PHONE_PLACE
from integrity.readers import tables
from integrity.rules.rows import COLUMNS, Kind
from integrity.services.matching import Write, compare
from integrity.settings import IntegritySettings
from scheduler.services.statements import insert

STORE_CHUNK = 1_000
KIND_NAMES = {Kind.MERCHANTS: "商户", Kind.INSTRUMENTS: "计量器具", Kind.VERIFICATIONS: "检定记录"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: the spreadsheet's row number, the file's header, and what would be right."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a table comes to; `stored` says whether anything was written."""

    kind: Kind
    file: str
    rows: int
    added: int
    changed: int
    unchanged: int
    faults: tuple[Fault, ...]
    stored: bool = False

    @property
    def wrong_rows(self) -> int:
        """How many rows have at least one fault."""
        return len({fault.row for fault in self.faults})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked table: its report and the rows to write."""

    report: Report
    writes: tuple[Write, ...]

    @property
    def clean(self) -> bool:
        """Whether every row may be stored."""
        return not self.report.faults

    def chunks(self) -> Iterator[Sequence[Write]]:
        """Yield the rows to write in sets small enough for other work to pass in between."""
        for start in range(0, len(self.writes), STORE_CHUNK):
            yield self.writes[start : start + STORE_CHUNK]


def read(data: bytes, *, kind: Kind, settings: IntegritySettings) -> tables.Table:
    """Read a file as a table of `kind`; pure, and slow for large files: keep it off the event loop.

    Raises:
        UnreadableTable: not a table, too large, or without the columns that must be there.
    """
    if len(data) > settings.import_max_bytes:
        raise UnreadableTable(f"文件太大，最多 {settings.import_max_bytes // 1_000_000} MB，请分成几个文件。")
    columns = {name: column.headers for name, column in COLUMNS[kind].items()}
    table = tables.read(data, columns=columns, max_rows=settings.import_max_rows)
    missing = [
        column.headers[0]
        for name, column in COLUMNS[kind].items()
        if column.required and name not in table.headers
    ]
    if missing:
        raise UnreadableTable(f"{KIND_NAMES[kind]}表缺少这些列：{'、'.join(missing)}。")
    return table


def prepare(reading: Reading, *, kind: Kind, file: str, table: tables.Table) -> Prepared:
    """Check a whole table against itself and the register; nothing is written."""
    matched = compare(reading, kind=kind, rows=table.rows)
    faults = tuple(
        Fault(number, table.headers.get(name, COLUMNS[kind][name].headers[0]), text)
        for number, name, text in matched.faults
    )
    report = Report(
        kind=kind,
        file=file,
        rows=len(table.rows),
        added=matched.added,
        changed=matched.changed,
        unchanged=matched.unchanged,
        faults=faults,
    )
    return Prepared(report, tuple(matched.writes))


def store(work: Work, *, kind: Kind, writes: Sequence[Write]) -> None:
    """Write a set of checked rows; a row that is already there is brought up to date."""
    match kind:
        case Kind.MERCHANTS:
            _upsert(work, Merchant, [_merchant(work, row) for row in writes], by=("uscc",))
        case Kind.INSTRUMENTS:
            now = {"active": True, "created_at": work.now, "updated_at": work.now}
            _upsert(work, Instrument, [{**row, **now} for row in writes], by=("merchant_id", "serial"))
        case Kind.VERIFICATIONS:
            rows = [{**row, "created_at": work.now} for row in writes]
            _upsert(work, Verification, rows, by=("certificate_no",))


def note(work: Work, *, report: Report) -> Report:
    """Write the import into the audit and return the report as stored."""
    audit.record(
        work,
        "register.import",
        f"register:{report.kind.value}",
        file=report.file,
        rows=report.rows,
        added=report.added,
        changed=report.changed,
        wrong_rows=report.wrong_rows,
    )
    return replace(report, stored=True)


def _merchant(work: Work, row: Write) -> Write:
    phone = row["phone"]
    return {
        **row,
        "name_key": key(row["name"]),
        "sign_key": key(row["sign_name"]),
        "phone": work.vault.seal(phone, place=PHONE_PLACE) if phone else None,
        "active": True,
        "created_at": work.now,
        "updated_at": work.now,
    }


def _upsert(
    work: Work,
    table: type[Merchant] | type[Instrument] | type[Verification],
    rows: list[Write],
    *,
    by: tuple[str, ...],
) -> None:
    if not rows:
        return
    statement = insert(work, table)
    kept = {*by, "created_at"}
    changing = {name: statement.excluded[name] for name in rows[0] if name not in kept}
    work.session.execute(statement.on_conflict_do_update(index_elements=list(by), set_=changing), rows)
