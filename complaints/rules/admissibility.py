"""On which grounds an office may refuse, what would cure each, and which ways stay open to the citizen."""

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from complaints.errors import GroundNeeded
from complaints.rules.clocks import Track
from metrology.lawtables import LawRow, Row, Source, load

SHORTEST_REASON = 10


class GroundName(StrEnum):
    """The grounds of refusal of both tracks."""

    NOT_COMPETENT = "not_competent"
    ALREADY_HANDLED = "already_handled"
    NOT_CONSUMER = "not_consumer"
    TOO_OLD = "too_old"
    INCOMPLETE = "incomplete"
    IDENTITY = "identity"
    OTHER_LAW = "other_law"
    NO_AUTHORITY = "no_authority"
    REPEATED = "repeated"
    NO_CLUE = "no_clue"


class Ground(LawRow):
    """A ground of refusal as one law sets it; `years` is the age that closes a complaint, where the law names one."""

    ground: GroundName
    item: int
    years: int | None = None
    tracks: list[Track]
    title: str
    told: str
    cure: str


class Remedies(Row):
    """The other ways of resolving a dispute, and the law that names them."""

    text: str
    source: Source


class _Table(Row):
    grounds: list[Ground]
    remedies: Remedies


@cache
def _table() -> _Table:
    return load(Path(__file__).with_name("admissibility.yaml"), _Table)


def grounds(track: Track, received_on: date) -> list[Ground]:
    """Return the grounds in force for a case received on that day, in the law's order.

    Source: 总局令第121号第16、28、34、35条; before 2026-04-15 总局令第20号第15、24条.
    """
    rows = (row for row in _table().grounds if track in row.tracks and row.in_force(received_on))
    return sorted(rows, key=lambda row: row.item)


def refusal(track: Track, received_on: date, *, ground: str, reason: str) -> Ground:
    """Return the ground a handler chose, checked against the law in force and the duty to give reasons.

    Raises:
        GroundNeeded: the ground is not in force for this case, or the reason says too little.
    """
    chosen = next((row for row in grounds(track, received_on) if row.ground.value == ground), None)
    fields = {}
    if chosen is None:
        fields["ground"] = "请选择一项法定情形"
    if len(reason.strip()) < SHORTEST_REASON:
        fields["reason"] = f"请写明具体理由，不少于 {SHORTEST_REASON} 个字，市民会看到"
    if chosen is None or fields:
        raise GroundNeeded(fields=fields, ground=ground)
    return chosen


def remedies() -> Remedies:
    """Return the ways that stay open, which every refusal of a complaint must name.

    Source: 总局令第121号第15条; 消费者权益保护法第39条.
    """
    return _table().remedies
