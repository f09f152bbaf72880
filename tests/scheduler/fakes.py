"""A subject of the tests' own, a planner that knows it, and a carrier that keeps what it was handed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, String, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import local_date
from core.database import Base, Key
from core.work import Reading, Work
from scheduler.messages import Outgoing, TemplateMessage
from scheduler.ports import Due, Outcome, Refused, Rows, Sent, Unknown
from scheduler.services.reminders import facts_column, stage_reached


class Kettle(Base):
    """Something whose time runs out, known to nobody but these tests."""

    __tablename__ = "test_kettles"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(32))
    owner: Mapped[str | None] = mapped_column(String(64))
    region_code: Mapped[str] = mapped_column(String(12))
    due_on: Mapped[date] = mapped_column(Date)


class Kettles:
    """The planner of kettles; the cycle is the day it runs out."""

    subject_kind = "kettle"

    def due(self, reading: Reading, *, stages: tuple[int, ...]) -> Rows:
        return select(
            literal(self.subject_kind, String).label("subject_kind"),
            Kettle.id.label("subject_id"),
            _cycle().label("cycle"),
            stage_reached(reading, Kettle.due_on, stages=stages),
            Kettle.owner.label("recipient"),
            Kettle.due_on.label("due_on"),
            Kettle.region_code.label("region_code"),
            facts_column(reading, title=Kettle.name),
        )

    def current(self, reading: Reading) -> Rows:
        return select(Kettle.id.label("subject_id"), _cycle().label("cycle"))

    def message(self, due: Due) -> Outgoing:
        return TemplateMessage("verification_due", {"instrument": str(due.facts["title"])}, "/h5/")


def _cycle() -> Any:
    return Kettle.name


def add_kettle(
    work: Work, *, name: str, days: int, owner: str | None = "owner", region: str = "370102"
) -> int:
    kettle = Kettle(
        name=name, owner=owner, region_code=region, due_on=local_date(work.now) + timedelta(days=days)
    )
    work.session.add(kettle)
    work.session.flush()
    return kettle.id


def renew(work: Work, *, kettle_id: int, name: str, days: int) -> None:
    kettle = work.session.get_one(Kettle, kettle_id)
    kettle.name, kettle.due_on = name, local_date(work.now) + timedelta(days=days)


Answer = Callable[[str], Awaitable[Outcome]]


@dataclass
class Carrier:
    """Takes every message and drops repetitions of a key, as the platform does; `answers` come first, then Sent."""

    answers: list[Outcome | Answer] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)

    async def send(self, recipient: str, message: Outgoing, *, key: str) -> Outcome:
        self.calls.append(key)
        if self.answers:
            answer = self.answers.pop(0)
            return answer if isinstance(answer, Sent | Refused | Unknown) else await answer(key)
        return self.take(key)

    def take(self, key: str) -> Sent:
        return Sent(self.taken.setdefault(key, f"msg{len(self.taken) + 1}"))
