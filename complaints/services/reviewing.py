"""A report read back before it is sent: the sum, the office, what others told, what may stand in the way."""

from dataclasses import dataclass

from complaints.queries import drafted
from complaints.queries.competence import Competent, competent
from complaints.queries.related import Related, related
from complaints.rules import drafts, selfcheck
from complaints.rules.assessing import Band, assess, band
from complaints.rules.drafts import DraftFacts
from complaints.rules.selfcheck import Check
from complaints.services import drafting
from complaints.services.drafting import OpenDraft
from core.clock import local_date
from core.work import Reading


@dataclass(frozen=True, slots=True)
class Sum:
    """The first calculation of a report as it is shown; `money_short_cents` is None without a unit price."""

    band: Band
    shortage_mg: int
    money_short_cents: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """A draft with everything its author should know before sending it."""

    opened: OpenDraft
    sum: Sum | None
    goes_to: Competent
    related: Related | None
    warnings: tuple[Check, ...]
    obstacles: dict[str, str]
    photos: tuple[tuple[int, str], ...]


def review(reading: Reading, *, openid: str) -> Review | None:
    """Return a person's open draft read back, or None."""
    opened = drafting.current(reading, openid=openid)
    if opened is None:
        return None
    facts = opened.facts
    return Review(
        opened=opened,
        sum=summed(reading, facts),
        goes_to=competent(reading, facts),
        related=related(reading, facts, openid=openid),
        warnings=tuple(selfcheck.warnings(facts, today=local_date(reading.now))),
        obstacles=drafts.obstacles(facts),
        photos=tuple(drafted.photos(reading, openid=openid)),
    )


def summed(reading: Reading, facts: DraftFacts) -> Sum | None:
    """Return the sum by the rules of the day of purchase, or None without two amounts that can be weighed."""
    kept = assess(facts, on=facts.bought_on or local_date(reading.now))
    if kept is None:
        return None
    return Sum(band(kept), kept["shortage_mg"], kept["money_short_cents"])
