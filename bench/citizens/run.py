"""Ask the bot every evaluation question on an empty database and judge what it says."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.citizens.checker import Verdict, expectations, judged

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT.parent / "shared" / "eval" / "citizen_questions.jsonl"


def main() -> str:
    """Return how many answers are right, and each that is not, by number."""
    if not QUESTIONS.exists():
        return "citizens: left out, for the evaluation questions are not here."
    verdicts = _verdicts()
    right = sum(verdict.right for verdict in verdicts)
    wrong = sum(bool(verdict.wrong) for verdict in verdicts)
    head = (
        f"citizens: {right} of {len(verdicts)} right ({right / len(verdicts):.1%}), {wrong} say a wrong thing"
    )
    return "\n".join([head, *(_row(verdict) for verdict in verdicts if not verdict.right)])


def _row(verdict: Verdict) -> str:
    return f"| {verdict.id} | lacks {', '.join(verdict.missing) or '-'} | says {', '.join(verdict.wrong) or '-'} |"


def _verdicts() -> list[Verdict]:
    expected = expectations()
    never = expected["everywhere"]["never"]
    return [judged(answer, expected[str(answer["id"])], never) for answer in _answers()]


def _answers() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as directory:
        asked = Path(directory) / "asked.jsonl"
        rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line]
        asked.write_text(
            "".join(
                json.dumps({"id": row["id"], "q": row["question"]}, ensure_ascii=False) + "\n" for row in rows
            ),
            encoding="utf-8",
        )
        environment = os.environ | {
            "QUANHENG__DATABASE__URL": f"sqlite:///{directory}/bench.db",
            "QUANHENG__FILES__ROOT": f"{directory}/files",
        }
        for command in (["server.py", "migrate"], ["-m", "bot", "ask", "--batch", str(asked)]):
            done = subprocess.run(
                [sys.executable, *command],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
    return [json.loads(line) for line in done.stdout.splitlines()]
