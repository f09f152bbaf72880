"""`python -m complaints clocks …`: every statutory clock of a case, from dates alone."""

import argparse
import json
from collections.abc import Sequence
from datetime import datetime

from complaints.rules.clocks import ClockReading, Track, clocks
from complaints.rules.countdown import CLOCK_NAMES, UNIT_NAMES
from core.calendar import shipped_calendar


def main(argv: Sequence[str]) -> int:
    """Print the clocks; stateless, on the calendar shipped with the program. Exits 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m complaints")
    commands = parser.add_subparsers(dest="command", required=True)
    asked = commands.add_parser("clocks", help="statutory clocks of a metrology case in Shandong")
    asked.add_argument("--track", required=True, choices=[track.value for track in Track])
    asked.add_argument("--received", required=True, type=_moment)
    for name in ("accepted", "ended", "filed"):
        asked.add_argument(f"--{name}", type=_moment)
    asked.add_argument("--clue-found", type=_moment)
    asked.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    readings = clocks(
        Track(options.track),
        received=options.received,
        accepted=options.accepted,
        ended=options.ended,
        filed=options.filed,
        clue_found=options.clue_found,
        calendar=shipped_calendar(),
    )
    if options.json:
        print(json.dumps([reading.as_json() for reading in readings], ensure_ascii=False))
    else:
        print("\n".join(_line(reading) for reading in readings))
    return 0


def _moment(text: str) -> datetime:
    """Read an ISO moment; without a zone it is Asia/Shanghai, which the rule takes it to be."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"不是时间：{text}，请写成 2026-09-24T10:00") from error


def _line(reading: ClockReading) -> str:
    about = "（暂定）" if reading.provisional else ""
    unit = UNIT_NAMES[reading.unit]
    return f"{CLOCK_NAMES[reading.clock]}\t{reading.due}{about}\t{reading.days} {unit}\t{reading.basis}（{reading.order}）"
