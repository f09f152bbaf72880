"""What else was reported about the same stall, scale or shop, and by the same person; never whose it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from complaints.models import Case
from complaints.rules.drafts import DraftFacts
from complaints.rules.lifecycle import Status
from core.clock import day_start, local_date
from core.work import Reading

WITHIN_DAYS = 30
SIGNS_WITHIN_DAYS = 90
MOST = 50


@dataclass(frozen=True, slots=True)
class Related:
    """How many others reported the same lately, and the numbers of one's own cases about it, newest first.

    `days` is the span from the first of these reports to today, at least 1.
    """

    people: int
    cases: int
    days: int
    same: str
    own: tuple[str, ...]

    @property
    def text(self) -> str:
        """Say it neutrally: same scale, stall or shop, how many people, how many days; "" where nobody did."""
        return f"{self.same} {self.days} 天内有 {self.people} 人反映过" if self.people else ""


def related(
    reading: Reading, facts: DraftFacts, *, openid: str, within_days: int = WITHIN_DAYS
) -> Related | None:
    """Return what was reported of the same scale, merchant or stall within so many days, or None.

    Withdrawn cases do not count. Nothing of another person is returned but their number.
    """
    same = _same(facts)
    if same is None:
        return None
    name, condition = same
    found = _cases(reading, condition, within_days)
    if not found:
        return None
    others = [case for case in found if case.openid != openid]
    first = min(local_date(case.received_at) for case in found)
    return Related(
        people=len({case.openid for case in others}),
        cases=len(others),
        days=max((local_date(reading.now) - first).days, 1),
        same=name,
        own=tuple(case.number for case in found if case.openid == openid),
    )


def same_matter(
    reading: Reading, facts: DraftFacts, *, openid: str, within_days: int = WITHIN_DAYS
) -> list[Case]:
    """Return other people's cases of the same scale, merchant or stall, for linking by the office."""
    same = _same(facts)
    if same is None:
        return []
    return [case for case in _cases(reading, same[1], within_days) if case.openid != openid]


def signs(reading: Reading, *, openid: str, phone: str | None) -> dict[str, object]:
    """Return the countable facts of Order 121 Art. 17 about this person's reports; facts, not a verdict.

    Over the last 90 days: reports by the same account, by the same telephone, and against how many merchants.
    """
    since = reading.now - timedelta(days=SIGNS_WITHIN_DAYS)
    mine: ColumnElement[bool] = Case.openid == openid
    if phone:
        mine = or_(mine, Case.phone_index == reading.vault.index(phone, purpose="phone"))
    count, merchants, people = reading.session.execute(
        select(
            func.count(),
            func.count(func.distinct(Case.merchant_name)),
            func.count(func.distinct(Case.openid)),
        ).where(mine, Case.received_at >= since)
    ).one()
    return {"days": SIGNS_WITHIN_DAYS, "reports": count, "merchants": merchants, "accounts": max(people, 1)}


def _same(facts: DraftFacts) -> tuple[str, ColumnElement[bool]] | None:
    if facts.scale_number:
        return "同一台秤", Case.scale_number == facts.scale_number
    if facts.merchant_id is not None:
        return "同一商户", Case.merchant_id == facts.merchant_id
    if facts.merchant_name and (facts.region_code or facts.place):
        there = Case.region_code == facts.region_code if facts.region_code else Case.place == facts.place
        return "同一摊位", and_(Case.merchant_name == facts.merchant_name, there)
    return None


def _cases(reading: Reading, condition: ColumnElement[bool], within_days: int) -> list[Case]:
    since = day_start(_days_ago(reading, within_days))
    return list(
        reading.session.scalars(
            select(Case)
            .where(condition, Case.received_at >= since, Case.status != Status.WITHDRAWN.value)
            .order_by(Case.id.desc())
            .limit(MOST)
        )
    )


def _days_ago(reading: Reading, days: int) -> date:
    return local_date(reading.now) - timedelta(days=days)
