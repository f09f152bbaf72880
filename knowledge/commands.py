"""The room's command line: `evaluate` measures, `fit` learns confidence anew, `import` and `export`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from core.database import Database
from core.errors import AppError
from core.text_words import Segmenter, load
from knowledge.bringing import Wish, bring, export
from knowledge.readers.content import read_content
from knowledge.readers.samples import read_questions, read_samples
from knowledge.rules.confidence import Judge, Shape, fit, load_judge, saved, shape_of
from knowledge.rules.samples import Question
from knowledge.services import own
from knowledge.services.evaluation import Report, evaluate, examples, prepare
from knowledge.services.exporting import Format
from knowledge.services.index import build

CACHE = Path("var/cache")
# A public set stands beside our own entries this many times over when both teach one judge.
PUBLIC_SHARE = 8
SHOWN = 40


def main(argv: Sequence[str], opened: Callable[[], Database]) -> int:
    """Run one subcommand; return 0 when done, 1 when refused with one line on stderr, 2 on wrong usage.

    `opened` gives the database to those that need it.
    """
    parser = _parser()
    try:
        wanted = parser.parse_args(argv)
    except SystemExit as stop:
        return 0 if stop.code in (0, None) else 2
    if wanted.command == "evaluate" and not wanted.own and not (wanted.corpus and wanted.queries):
        print("evaluate 需要 --corpus 和 --queries，或者 --own", file=sys.stderr)
        return 2
    try:
        match wanted.command:
            case "import":
                return bring(wanted.files, opened(), Wish(wanted.dry_run, wanted.skip_bad))
            case "export":
                return export(wanted.file, Format(wanted.format) if wanted.format else None, opened())
            case "fit":
                return _fit(wanted)
            case _:
                return _own(wanted) if wanted.own else _evaluate(wanted)
    except AppError as error:
        print(error.text, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge")
    commands = parser.add_subparsers(dest="command", required=True)
    measure = commands.add_parser("evaluate", help="measure retrieval on a corpus and questions of your own")
    _files(measure, required=False)
    measure.add_argument(
        "--own", action="store_true", help="measure our entries instead, one phrasing left out"
    )
    measure.add_argument("--json", action="store_true", help="print one JSON object")
    learn = commands.add_parser(
        "fit", help="print confidence.json, refitted for the shape of a labelled corpus"
    )
    _files(learn, required=True)
    learn.add_argument("--own", action="store_true", help="learn from our own entries too")
    load = commands.add_parser(
        "import", help="bring in statutes (txt, md, docx) and answers (yaml, md, xlsx), twice without harm"
    )
    load.add_argument("files", type=Path, nargs="+", metavar="FILE", help="files, or folders of them")
    load.add_argument("--dry-run", action="store_true", help="check only")
    load.add_argument("--skip-bad", action="store_true", help="import what is right of a bad file")
    out = commands.add_parser("export", help="write the published answers, to edit and import again")
    out.add_argument("file", type=Path, nargs="?", metavar="FILE")
    out.add_argument("--format", choices=[form.value for form in Format])
    return parser


def _files(parser: argparse.ArgumentParser, *, required: bool) -> None:
    corpus = '{"id","title","text"} a line, .jsonl or .jsonl.gz'
    parser.add_argument("--corpus", type=Path, required=required, help=corpus)
    parser.add_argument(
        "--queries", type=Path, required=required, help='{"id","text","relevant":[ids]} a line'
    )
    parser.add_argument("--ood", type=Path, required=required, help="questions the corpus cannot answer")


def _evaluate(wanted: argparse.Namespace) -> int:
    samples = read_samples(wanted.corpus)
    questions = read_questions(wanted.queries)
    outside = read_questions(wanted.ood) if wanted.ood else []
    report = evaluate(samples, questions, segmenter=load(cache_dir=CACHE), unanswerable=outside)
    print(json.dumps(report.as_json()) if wanted.json else _table(report))
    return 0


def _own(wanted: argparse.Namespace) -> int:
    report = own.measure(read_content().entries, segmenter=load(cache_dir=CACHE))
    figures = {"asked": report.asked, "hit@1": round(report.hit_1, 4), "hit@3": round(report.hit_3, 4)}
    if wanted.json:
        print(json.dumps(figures))
        return 0
    print("\n".join(f"{name:14}{value}" for name, value in figures.items()))
    for trial in report.missed[:SHOWN]:
        print(f"{trial.wanted:32}{trial.asked}  →  {trial.found[0] if trial.found else '-'}")
    return 0


def _fit(wanted: argparse.Namespace) -> int:
    segmenter = load(cache_dir=CACHE)
    outside = read_questions(wanted.ood)
    bench = prepare(read_samples(wanted.corpus), segmenter)
    shape = shape_of(bench.ranker)
    rows = examples(bench, read_questions(wanted.queries), outside)
    if wanted.own:
        rows = rows * PUBLIC_SHARE + _own_examples(segmenter, outside)
    judges = {each: load_judge(each) for each in Shape}
    judges[shape] = _fitted(rows)
    print(saved(judges), end="")
    return 0


def _own_examples(segmenter: Segmenter, outside: Sequence[Question]) -> list[tuple[list[float], bool]]:
    entries = read_content().entries
    trials = [
        *own.phrasings_left_out(entries, segmenter),
        *own.entries_left_out(entries, segmenter),
        *own.ask_all(build(entries, segmenter=segmenter), [question.text for question in outside]),
    ]
    return [(list(trial.features), trial.right) for trial in trials]


def _fitted(rows: Sequence[tuple[list[float], bool]]) -> Judge:
    return fit([measured for measured, _ in rows], [right for _, right in rows])


def _table(report: Report) -> str:
    return "\n".join(f"{name:14}{_shown(value)}" for name, value in report.as_json().items())


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{name} {inner}" for name, inner in value.items())
    return "-" if value is None else str(value)
