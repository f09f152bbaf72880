"""Writes the tables: quality and cost on one corpus, cost as a corpus grows."""

from collections.abc import Sequence
from typing import Protocol

from bench.knowledge.figures import NOWHERE, auroc, hit, mrr, quantile
from bench.knowledge.sets import VARIANTS, Corpus

__all__ = ["NOWHERE", "growth", "quality"]
BASE = "bm25s"
SIGNALS = ("top", "share", "margin")


class Run(Protocol):
    """What the tables need of one contender's run."""

    name: str
    build_s: float
    memory_mb: float
    ranks: dict[str, list[int]]
    signals: dict[str, list[dict[str, float]]]
    spent_us: list[float]


def quality(corpus: Corpus, runs: Sequence[Run]) -> str:
    """Return the table of one corpus: hits and ranks in percent, rejection, microseconds, megabytes."""
    spoilt = [name for name in VARIANTS if name in corpus.asked]
    heads = ["", "questions", "hit@1", "hit@5", "mrr@10", *(f"{name} hit@1 / mrr" for name in spoilt)]
    heads += ["near", "far", "all", "p50 µs", "ratio", "p99 µs", "build s", "MB"]
    base = _middle(runs)
    rows = [_quality_row(run, spoilt, base) for run in runs]
    return f"### {corpus.name}: {len(corpus.rows)} entries\n\n{_table(heads, rows)}"


def _quality_row(run: Run, spoilt: Sequence[str], base: float) -> list[str]:
    clean = run.ranks.get("clean", [])
    cells = [run.name, str(len(clean)), *map(_percent, (hit(clean, 1), hit(clean, 5), mrr(clean)))]
    for name in spoilt:
        ranks = run.ranks.get(name, [])
        cells.append(f"{_percent(hit(ranks, 1))} / {_percent(mrr(ranks))}")
    cells += [_rejection(run, kinds) for kinds in (("near",), ("far", "chat"), ("near", "far", "chat"))]
    return [*cells, *_costs(run, base)]


def _rejection(run: Run, kinds: Sequence[str]) -> str:
    """Return the AUROC of the contender's best simple signal, known questions against unanswerable ones."""
    inside = run.signals.get("clean", [])
    outside = [one for kind in kinds for one in run.signals.get(kind, [])]
    if not inside or not outside:
        return "-"
    best = max(
        auroc([one[signal] for one in inside], [one[signal] for one in outside])
        for signal in (SIGNALS[:1] if run.name == "ours" else SIGNALS)
    )
    return f"{best:.3f}"


def growth(grown: dict[int, Sequence[Run]]) -> str:
    """Return the table of cost by size of corpus."""
    heads = [""]
    for size in grown:
        heads += [f"{size} p50 µs", "ratio", "p99 µs", "build s", "MB"]
    names = [run.name for run in next(iter(grown.values()))]
    rows = [[name] for name in names]
    for runs in grown.values():
        base = _middle(runs)
        rows = [[*row, *_costs(run, base)] for row, run in zip(rows, runs, strict=True)]
    return f"### growth\n\n{_table(heads, rows)}"


def _costs(run: Run, base: float) -> list[str]:
    middle = quantile(run.spent_us, 0.5)
    ratio = f"{middle / base:.2f}" if base else "-"
    return [
        f"{middle:,.0f}",
        ratio,
        f"{quantile(run.spent_us, 0.99):,.0f}",
        f"{run.build_s:.1f}",
        f"{run.memory_mb:.0f}",
    ]


def _middle(runs: Sequence[Run]) -> float:
    return next((quantile(run.spent_us, 0.5) for run in runs if run.name == BASE), 0.0)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
