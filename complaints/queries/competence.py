"""Which office a draft will go to, and why, before it is sent."""

from dataclasses import dataclass

from accounts.queries import offices, regions
from accounts.queries.offices import Desk
from complaints.rules.drafts import DraftFacts
from complaints.rules.jurisdiction import Rule, rule_for
from core.clock import local_date
from core.work import Reading


@dataclass(frozen=True, slots=True)
class Competent:
    """The office of a draft; `desk` is None while the place is not known, `rule` says where it would lie."""

    desk: Desk | None
    rule: Rule


def competent(reading: Reading, facts: DraftFacts) -> Competent:
    """Return the office that a draft goes to, by the rule of its track and channel in force today."""
    place = regions.find(reading, text=facts.place) if facts.place else None
    code = facts.region_code or (place.code if place else "")
    desk = offices.competent(reading, region_code=code) if code else None
    return Competent(desk, rule_for(facts.track, facts.channel, on=local_date(reading.now)))
