"""Ask the bot citizens' questions on an empty database and judge what it says, by number."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from bench.citizens.checker import Verdict, expectations, judged

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT.parent / "shared" / "eval" / "citizen_questions.jsonl"
OTHERS = Path(__file__).with_name("others.yaml")
Asked = tuple[str, str]


def main() -> str:
    """Return how many answers are right in each set, and each that is not, by the number of its expectation."""
    sets = {"evaluation questions": list(_evaluation()), "other words for them": list(_others())}
    return "\n\n".join(_report(name, asked) for name, asked in sets.items())


def _report(name: str, asked: Sequence[Asked]) -> str:
    if not asked:
        return f"{name}: left out, for they are not here."
    verdicts = _verdicts(asked)
    right = sum(verdict.right for verdict in verdicts)
    wrong = sum(bool(verdict.wrong) for verdict in verdicts)
    head = (
        f"{name}: {right} of {len(verdicts)} right ({right / len(verdicts):.1%}), {wrong} say a wrong thing"
    )
    return "\n".join([head, *(_row(verdict) for verdict in verdicts if not verdict.right)])


def _row(verdict: Verdict) -> str:
    return f"| {verdict.id} | lacks {', '.join(verdict.missing) or '-'} | says {', '.join(verdict.wrong) or '-'} |"


def _evaluation() -> Iterator[Asked]:
    if QUESTIONS.exists():
        for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield str(row["id"]), row["question"]


def _others() -> Iterator[Asked]:
    for name, questions in yaml.safe_load(OTHERS.read_text(encoding="utf-8")).items():
        for question in questions:
            yield str(name), question


def _verdicts(asked: Sequence[Asked]) -> list[Verdict]:
    expected = expectations()
    never = expected["everywhere"]["never"]
    return [judged(answer, expected[str(answer["id"])], never) for answer in _answers(asked)]


def _answers(asked: Sequence[Asked]) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as directory:
        batch = Path(directory) / "asked.jsonl"
        lines = (json.dumps({"id": name, "q": question}, ensure_ascii=False) for name, question in asked)
        batch.write_text("\n".join(lines), encoding="utf-8")
        _run("server.py", "migrate", directory=directory)
        said = _run("-m", "bot", "ask", "--batch", str(batch), directory=directory)
    return [json.loads(line) for line in said.splitlines()]


def _run(*words: str, directory: str) -> str:
    environment = os.environ | {
        "QUANHENG__DATABASE__URL": f"sqlite:///{directory}/bench.db",
        "QUANHENG__FILES__ROOT": f"{directory}/files",
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout
