"""Where a report belongs: complaint and tip-off follow different rules, and online ones others again."""

from datetime import date
from functools import cache
from pathlib import Path

from complaints.errors import NoRule
from complaints.rules.categories import Channel
from complaints.rules.clocks import Track
from metrology.lawtables import LawRow, Row, load


class Rule(LawRow):
    """Which place decides for a track and a channel, in the citizen's words."""

    tracks: list[Track]
    channels: list[Channel]
    told: str


class _Table(Row):
    rules: list[Rule]


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(load(Path(__file__).with_name("jurisdiction.yaml"), _Table).rules)


def rule_for(track: Track, channel: Channel | None, *, on: date) -> Rule:
    """Return the rule in force for a track; what was bought in no known way counts as bought in a shop.

    Source: 总局令第121号第13、29、31条; before 2026-04-15 总局令第20号第12、13、25条.
    Raises:
        NoRule: the table has no row for that day.
    """
    way = channel or Channel.SHOP
    found = next(
        (row for row in _rules() if track in row.tracks and way in row.channels and row.in_force(on)), None
    )
    if found is None:
        raise NoRule(track=track, channel=way, on=on.isoformat())
    return found
