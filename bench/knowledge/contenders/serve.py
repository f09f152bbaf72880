"""Serve one contender over pipes: build, answer chunks of questions, tell what either cost."""

import ctypes
import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path

CONTENDERS = {
    "ours": ("ours", "Ours"),
    "bm25s": ("with_bm25s", "Bm25s"),
    "bm25s-numba": ("with_bm25s", "Bm25sNumba"),
    "bm25s-pairs": ("with_bm25s", "Bm25sPairs"),
    "tantivy": ("with_tantivy", "Tantivy"),
    "fts5": ("with_sqlite", "Fts5"),
    "rank-bm25": ("with_rank_bm25", "RankBm25"),
    "rapidfuzz": ("with_rapidfuzz", "RapidFuzz"),
    "chatterbot": ("with_chatterbot", "ChatterBot"),
}
DEPTH = 10


def main() -> None:
    """Read one order a line and answer each with one line, until the pipe closes."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    module, name = CONTENDERS[sys.argv[1]]
    contender = getattr(importlib.import_module(module), name)()
    for line in sys.stdin:
        order = json.loads(line)
        answer = _built(contender, order["build"]) if "build" in order else _asked(contender, order["ask"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _built(contender: object, path: str) -> dict[str, float]:
    rows = [tuple(row) for row in json.loads(Path(path).read_text(encoding="utf-8"))]
    before, begun = _memory(), time.perf_counter()
    contender.build(rows)
    spent = time.perf_counter() - begun
    return {"build_s": spent, "memory_mb": (_memory() - before) / 1e6}


def _memory() -> int:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _asked(contender: object, texts: list[str]) -> list[dict[str, object]]:
    answers = []
    for text in texts:
        begun = time.perf_counter()
        found = contender.find(text, DEPTH)
        spent = time.perf_counter() - begun
        scores = [score for _, score in found]
        top = scores[0] if scores else 0.0
        second = scores[1] if len(scores) > 1 else 0.0
        answers.append(
            {
                "rows": [row for row, _ in found],
                "us": spent * 1e6,
                "top": top,
                "share": top / contender.itself(text),
                "margin": (top - second) / max(top, 1e-9),
            }
        )
    return answers


if __name__ == "__main__":
    main()
