"""The room's command line: `evaluate`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import AppError
from core.text_words import load
from knowledge.readers.samples import read_questions, read_samples
from knowledge.services.evaluation import Report, evaluate

CACHE = Path("var/cache")


def main(argv: Sequence[str]) -> int:
    """Run one subcommand; return 0 when done, 1 when refused with one line on stderr, 2 on wrong usage."""
    try:
        wanted = _parser().parse_args(argv)
    except SystemExit as stop:
        return 0 if stop.code in (0, None) else 2
    try:
        return _evaluate(wanted)
    except AppError as error:
        print(error.text, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge")
    commands = parser.add_subparsers(dest="command", required=True)
    measure = commands.add_parser("evaluate", help="measure retrieval on a corpus and questions of your own")
    measure.add_argument(
        "--corpus", type=Path, required=True, help='{"id","title","text"} a line, .jsonl or .jsonl.gz'
    )
    measure.add_argument("--queries", type=Path, required=True, help='{"id","text","relevant":[ids]} a line')
    measure.add_argument("--ood", type=Path, help="questions the corpus cannot answer, to measure rejection")
    measure.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _evaluate(wanted: argparse.Namespace) -> int:
    samples = read_samples(wanted.corpus)
    questions = read_questions(wanted.queries)
    outside = read_questions(wanted.ood) if wanted.ood else []
    report = evaluate(samples, questions, segmenter=load(cache_dir=CACHE), unanswerable=outside)
    print(json.dumps(report.as_json()) if wanted.json else _table(report))
    return 0


def _table(report: Report) -> str:
    return "\n".join(f"{name:14}{_shown(value)}" for name, value in report.as_json().items())


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{name} {inner}" for name, inner in value.items())
    return "-" if value is None else str(value)
