"""`python -m integrity`: import tables, look a merchant up, measure the look-up."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from accounts.queries import regions
from accounts.services import reference
from core.database import Database
from core.errors import AppError
from core.work import SYSTEM, Reading
from integrity.errors import RowsRefused, UnreadableTable
from integrity.queries import merchants
from integrity.rules.names import Entry, Gazetteer
from integrity.rules.rows import Kind
from integrity.services import importing
from integrity.services.importing import KIND_NAMES, Report
from integrity.services.search import MerchantIndex
from integrity.settings import IntegritySettings

SHOWN_FAULTS = 50
WARM_UP = 20


def main(argv: Sequence[str], database: Database, settings: IntegritySettings | None = None) -> int:
    """Run a command; 0 done, 1 refused with one clear line, 2 usage."""
    options = _parser().parse_args(argv)
    try:
        match options.command:
            case "import":
                return _import(options, database, settings or IntegritySettings())
            case "search":
                return _search(options, database)
            case _:
                return _evaluate(options)
    except (AppError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m integrity")
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser("import", help="bring a table in, twice without harm")
    load.add_argument("kind", choices=[kind.value for kind in Kind])
    load.add_argument("file", type=Path)
    load.add_argument("--dry-run", action="store_true", help="check only")
    load.add_argument("--skip-wrong-rows", action="store_true", help="import the right rows of a bad file")
    load.add_argument("--json", action="store_true")
    search = commands.add_parser("search", help="look a merchant up by name")
    search.add_argument("name")
    search.add_argument("--json", action="store_true")
    evaluate = commands.add_parser("evaluate-search", help="measure the look-up on names and queries")
    evaluate.add_argument("--names", type=Path, required=True)
    evaluate.add_argument("--queries", type=Path, required=True)
    evaluate.add_argument("--json", action="store_true")
    return parser


def _import(options: argparse.Namespace, database: Database, settings: IntegritySettings) -> int:
    kind = Kind(options.kind)
    try:
        table = importing.read(options.file.read_bytes(), kind=kind, settings=settings)
    except UnreadableTable as error:
        raise UnreadableTable(f"{options.file.name}：{error.text}") from error
    prepared = database.read_now(importing.prepare, kind=kind, file=options.file.name, table=table)
    report, refused = prepared.report, bool(prepared.report.faults) and not options.skip_wrong_rows
    if not options.dry_run and not refused:
        for writes in prepared.chunks():
            database.work_now(SYSTEM, importing.store, kind=kind, writes=writes)
        report = database.work_now(SYSTEM, importing.note, report=report)
    print(json.dumps(_as_json(report), ensure_ascii=False) if options.json else _told(report))
    if refused:
        _list_faults(report)
        raise RowsRefused(f"{report.file}：{report.wrong_rows} 行有误，没有导入任何内容。")
    return 0


def _told(report: Report) -> str:
    did = "已导入" if report.stored else "检查完毕（未导入）"
    return (
        f"{report.file}：{KIND_NAMES[report.kind]} {report.rows} 行，{did}："
        f"新增 {report.added}，更新 {report.changed}，未变 {report.unchanged}，有误 {report.wrong_rows} 行"
    )


def _list_faults(report: Report) -> None:
    for fault in report.faults[:SHOWN_FAULTS]:
        print(f"{report.file} 第 {fault.row} 行“{fault.column}”：{fault.text}", file=sys.stderr)
    if len(report.faults) > SHOWN_FAULTS:
        print(f"……共 {len(report.faults)} 处", file=sys.stderr)


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "kind": report.kind.value,
        "file": report.file,
        "rows": report.rows,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "wrong_rows": report.wrong_rows,
        "stored": report.stored,
        "faults": [{"row": f.row, "column": f.column, "text": f.text} for f in report.faults],
    }


def _search(options: argparse.Namespace, database: Database) -> int:
    found = database.read_now(_indexed).find(options.name)
    hits = [
        {
            "merchant_id": hit.merchant_id,
            "name": hit.name,
            "sign_name": hit.sign_name,
            "place": hit.place,
            "score": hit.score,
        }
        for hit in found.hits
    ]
    if options.json:
        print(json.dumps({"outcome": found.outcome.value, "hits": hits}, ensure_ascii=False))
    elif hits:
        for hit in found.hits:
            print(f"{hit.score:3d}  {hit.shown}  {hit.name}  {hit.place}")
    else:
        print(f"没有查到“{options.name}”。")
    return 0


def _indexed(reading: Reading) -> MerchantIndex:
    divisions = [(place.code, place.name) for place in regions.places(reading).values()]
    return MerchantIndex(merchants.names(reading), Gazetteer(divisions))


def _evaluate(options: argparse.Namespace) -> int:
    names = options.names.read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line) for line in options.queries.read_text(encoding="utf-8").splitlines() if line]
    began = time.perf_counter()
    gazetteer = Gazetteer(_shipped_divisions())
    index = MerchantIndex((Entry(number, name) for number, name in enumerate(names)), gazetteer)
    build_s = time.perf_counter() - began
    for query in queries[:WARM_UP]:
        index.search(query["q"])
    first = among = 0
    took: list[float] = []
    for query in queries:
        began = time.perf_counter()
        hits = index.search(query["q"], 5)
        took.append(time.perf_counter() - began)
        found = [hit.name for hit in hits]
        first += found[:1] == [query["name"]]
        among += query["name"] in found
    result = {
        "hit@1": round(first / len(queries), 4),
        "hit@5": round(among / len(queries), 4),
        "latency_us": {"p50": _percentile(took, 50), "p99": _percentile(took, 99)},
        "build_s": round(build_s, 2),
    }
    print(
        json.dumps(result) if options.json else "\n".join(f"{key}: {value}" for key, value in result.items())
    )
    return 0


def _shipped_divisions() -> list[tuple[str, str]]:
    rows = yaml.safe_load(reference.REGIONS.read_text(encoding="utf-8"))
    return [(row["code"], row["name"]) for row in rows]


def _percentile(seconds: list[float], percent: int) -> int:
    ordered = sorted(seconds)
    return round(1e6 * ordered[min(len(ordered) * percent // 100, len(ordered) - 1)])
