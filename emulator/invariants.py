"""What must hold of a backend's whole behaviour, counted from everything that happened."""

from collections.abc import Iterable
from typing import Any

from emulator.push import Push
from emulator.world import World

_EDGES_MS = (5, 20, 50, 100, 250, 500, 1000, 2000, 4500, 5000)


def report(world: World) -> dict[str, Any]:
    """Return the counts, and under `broken` the names of what does not hold."""
    history = world.pusher.history
    doubled = world.sent_once.doubled()
    late = world.counters.after_unsubscribe
    inconsistent = sum(not push.consistent for push in history)
    faulty = [push.as_json() for push in history if push.visible and push.verdict.faults]
    broken = {
        "delivered_once": doubled,
        "silent_after_unsubscribe": late,
        "same_answer_to_retries": inconsistent,
        "well_formed_replies": faulty,
    }
    return {
        "broken": [name for name, found in broken.items() if found],
        "doubled": doubled,
        "after_unsubscribe": late,
        "inconsistent": inconsistent,
        "faulty": faulty,
        "token_fetches": dict(world.tokens.fetches),
        "calls": dict(world.counters.calls),
        "pushes": len(history),
        "ack_ms": _histogram(history),
    }


def _histogram(history: Iterable[Push]) -> dict[str, int]:
    counts = {f"<={edge}": 0 for edge in _EDGES_MS} | {"none": 0}
    for push in history:
        for attempt in push.attempts:
            edge = next((e for e in _EDGES_MS if attempt.status and attempt.elapsed_ms <= e), None)
            counts["none" if edge is None else f"<={edge}"] += 1
    return counts
