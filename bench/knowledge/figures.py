"""Turns ranks, scores and times into the figures the tables show."""

from collections.abc import Sequence

NOWHERE = 10**9
DEPTH = 10


def hit(ranks: Sequence[int], k: int) -> float:
    """Return the share of questions whose answer stands among the first `k`."""
    return sum(rank <= k for rank in ranks) / max(len(ranks), 1)


def mrr(ranks: Sequence[int]) -> float:
    """Return the mean of one over the rank, zero beyond the tenth."""
    return sum(1 / rank for rank in ranks if rank <= DEPTH) / max(len(ranks), 1)


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return the chance that a score from `inside` is above one from `outside`, ties counting half."""
    ordered = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    wins, below, at = 0.0, 0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        here = sum(not known for _, known in ordered[at:end])
        wins += (end - at - here) * (below + here / 2)
        below += here
        at = end
    return wins / max(len(inside) * len(outside), 1)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
