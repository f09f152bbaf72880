"""Ask every contender the same questions in turns and print what each found and what it cost."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.environment import ready
from bench.knowledge import sets, tables
from bench.knowledge.sets import Asked, Corpus

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SERVE = HERE / "contenders" / "serve.py"
CHUNK = 20
WARM = 5
GROWTH = (1_000, 10_000, 100_000)
ASK_S, GROWTH_S = 8.0, 3.0
FEW = 300
PEERS = ("bm25s", "bm25s-numba", "bm25s-pairs", "tantivy", "fts5", "rank-bm25", "rapidfuzz")
AT_HOME = ("ours", "fts5", "rapidfuzz")


@dataclass
class Run:
    """What one contender has shown on one corpus: by variant the ranks, by question the costs and scores."""

    name: str
    build_s: float = 0.0
    memory_mb: float = 0.0
    ranks: dict[str, list[int]] = field(default_factory=dict)
    signals: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    spent_us: list[float] = field(default_factory=list)
    used_s: float = 0.0


class Contender:
    """A process that holds one engine and answers over pipes."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        """Take over a process just started."""
        self.name, self.process = name, process

    def order(self, order: dict[str, object]) -> object:
        """Send one order and wait for its answer.

        Raises:
            RuntimeError: the process has ended; its last words are on stderr.
        """
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} has ended")
        return json.loads(answer)


def main(*, quick: bool = False) -> str:
    """Run all contenders over all corpora and return the tables; `quick`: a small corpus, nothing installed."""
    if quick:
        here = dict.fromkeys(AT_HOME, Path(sys.executable))
        return tables.quality(sets.made(400), _contest(here, sets.made(400), ASK_S))
    pythons, absent = _pythons()
    parts = list(map(_told, absent))
    corpora = list(sets.public())
    if not corpora:
        parts.append(_told("The public sets are not beside the project: a small made corpus stands in."))
    parts += [
        _told(tables.quality(corpus, _contest(pythons, corpus, ASK_S)))
        for corpus in corpora or [sets.made(2_000)]
    ]
    grown = {}
    for corpus in sets.growing(GROWTH):
        few = Corpus(corpus.name, corpus.rows, {"clean": corpus.asked["clean"][:FEW]})
        grown[len(corpus.rows)] = _contest(pythons, few, GROWTH_S)
    return "\n\n".join([*parts, tables.growth(grown)])


def _told(part: str) -> str:
    """Show a part on stderr as soon as it is known, for the whole run takes minutes."""
    print(part, file=sys.stderr, flush=True)
    return part


def _pythons() -> tuple[dict[str, Path], list[str]]:
    """Return the interpreter of every contender that can be had, and a line on each that cannot."""
    pythons, absent = {"ours": Path(sys.executable)}, []
    for kind, lock, names in (
        ("knowledge", "requirements.lock", PEERS),
        ("chatterbot", "requirements-chatterbot.lock", ("chatterbot",)),
    ):
        try:
            pythons |= dict.fromkeys(names, ready(kind, HERE / lock))
        except subprocess.CalledProcessError as error:
            absent.append(f"{', '.join(names)}: not installed ({' '.join(map(str, error.cmd[-3:]))} failed)")
    return pythons, absent


def _contest(pythons: dict[str, Path], corpus: Corpus, seconds: float) -> list[Run]:
    """Build every contender, then ask them in turns until each has answered all or used its time."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "rows.json").write_text(json.dumps(corpus.rows), encoding="utf-8")
        contenders = [stack.enter_context(_started(name, python)) for name, python in pythons.items()]
        runs = [_built(contender, folder / "rows.json") for contender in contenders]
        for chunk in _chunks(corpus):
            for contender, run in zip(contenders, runs, strict=True):
                if run.used_s < seconds:
                    _ask(contender, run, chunk)
        return runs


@contextmanager
def _started(name: str, python: Path) -> Iterator[Contender]:
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    environment = os.environ | alone | ({"PYTHONPATH": str(ROOT)} if name == "ours" else {})
    command = [str(python), str(SERVE), name]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    )
    try:
        yield Contender(name, process)
    finally:
        process.terminate()
        process.wait(15)


def _built(contender: Contender, path: Path) -> Run:
    cost = contender.order({"build": str(path)})
    contender.order({"ask": ["电子秤多久检定一次"] * WARM})
    return Run(contender.name, cost["build_s"], cost["memory_mb"])


def _chunks(corpus: Corpus) -> Iterator[tuple[str, Sequence[Asked]]]:
    """Yield a piece of every variant in turn, so that whoever runs out of time has answered some of each."""
    lists = corpus.asked | ({"outside": corpus.outside} if corpus.outside else {})
    for start in range(0, max(map(len, lists.values())), CHUNK):
        for name, questions in lists.items():
            if start < len(questions):
                yield name, questions[start : start + CHUNK]


def _ask(contender: Contender, run: Run, chunk: tuple[str, Sequence[Asked]]) -> None:
    name, questions = chunk
    begun = time.perf_counter()
    answers = contender.order({"ask": [one.text for one in questions]})
    run.used_s += time.perf_counter() - begun
    for question, answer in zip(questions, answers, strict=True):
        places = (place for place, row in enumerate(answer["rows"], 1) if row in question.right)
        run.ranks.setdefault(name, []).append(next(places, tables.NOWHERE))
        run.signals.setdefault(question.kind or name, []).append(
            {key: answer[key] for key in ("top", "share", "margin")}
        )
        if name == "clean":
            run.spent_us.append(answer["us"])
