"""Whatever happens in whatever order, the balance holds and nobody gets a reminder twice within the carrier's window."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.database import Base, Database
from core.privacy import Vault
from core.settings import DatabaseSettings
from core.work import SYSTEM
from scheduler import queries
from scheduler.errors import StaleLease
from scheduler.jobs import Tools, plan_now, withdraw_now
from scheduler.ports import Outcome, Refused, Sent, Unknown
from scheduler.rules import REPEAT_WINDOW
from scheduler.services import delivery
from scheduler.services.delivery import Parcel
from scheduler.settings import SchedulerSettings
from tests.fakes import CountingIds, HandClock
from tests.scheduler.fakes import Kettles, add_kettle, renew

OUTCOMES: list[Outcome] = [
    Refused("-1", "busy"),
    Refused("47003", "field", permanent=True),
    Refused("43004", "gone", permanent=True, unreachable=True),
    Unknown("reset"),
]


class Ledger(RuleBasedStateMachine):
    """Planners and senders that die, wake, overtake and lie."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock, self.ids = HandClock(), CountingIds()
        vault = Vault(encryption_key=b"e" * 32, index_key=b"i" * 32, ids=CountingIds())
        url = f"sqlite:///{Path(self.folder.name) / 'machine.db'}"
        self.database = Database(DatabaseSettings(url=url), clock=self.clock, ids=self.ids, vault=vault)
        Base.metadata.create_all(self.database.engine)
        self.tools = Tools(
            database=self.database,
            clock=self.clock,
            settings=SchedulerSettings(daily_budget=30, max_attempts=3),
            planners=(Kettles(),),
        )
        self.held: list[Parcel] = []
        self.kettles: list[int] = []
        self.numbers: dict[str, str] = {}
        self.taken: dict[str, datetime] = {}
        self.handed: set[tuple[int, str]] = set()

    @initialize()
    def begin(self) -> None:
        """Something to do from the first step on."""
        for days in (30, 3, 0):
            self.bring(days, reachable=True)
        self.plan()
        self.claim()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def work(self, service: Any, **kwargs: Any) -> Any:
        return self.database.work_now(SYSTEM, service, **kwargs)

    @rule(days=st.integers(-40, 40), reachable=st.booleans())
    def bring(self, days: int, *, reachable: bool) -> None:
        name = f"k{len(self.kettles)}"
        self.kettles.append(self.work(add_kettle, name=name, days=days, owner="o" if reachable else None))

    @rule(pick=st.integers(0, 50))
    def verify(self, pick: int) -> None:
        if self.kettles:
            chosen = self.kettles[pick % len(self.kettles)]
            self.work(renew, kettle_id=chosen, name=f"{chosen}/{self.clock.now():%j%H%M%S}", days=200)

    @rule()
    def plan(self) -> None:
        plan_now(self.tools)

    @rule()
    def withdraw(self) -> None:
        withdraw_now(self.tools)

    @rule(hours=st.sampled_from([0.01, 6, 24 * 7]))
    def wait(self, hours: float) -> None:
        self.clock.advance(hours=hours)

    @rule(minutes=st.sampled_from([0, 2, 11]))
    def claim_again(self, minutes: int) -> None:
        """Another sender comes by, perhaps after the first one died."""
        self.clock.advance(minutes=minutes)
        self.claim()

    def claim(self) -> None:
        self.held += self.work(delivery.claim, terms=self.tools.terms())

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0, 3))
    def take(self, pick: int) -> None:
        """The carrier takes a message from a sender that still may send; the sender dies before it can tell."""
        parcel = self.held[-1 - pick % len(self.held)]
        if self.clock.now() < parcel.lease_until:
            self._carried(parcel)

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0, 50), outcome=st.sampled_from([None, *OUTCOMES]))
    def settle(self, pick: int, outcome: Outcome | None) -> None:
        parcel = self.held.pop(pick % len(self.held))
        if (parcel.id, parcel.lease_token) in self.handed and isinstance(outcome, Refused):
            outcome = Unknown("reset")
        if outcome is None:
            if self.clock.now() >= parcel.lease_until:
                return
            self._carried(parcel)
        try:
            news = outcome or Sent(self._number(parcel.key))
            self.work(delivery.settle, parcel=parcel, outcome=news, terms=self.tools.terms())
        except StaleLease:
            return

    @rule(pick=st.integers(0, 50), delivered=st.booleans())
    def report(self, pick: int, *, delivered: bool) -> None:
        keys = sorted(self.numbers)
        if keys:
            number = self.numbers[keys[pick % len(keys)]]
            self.work(delivery.receipt, provider_id=number, delivered=delivered)

    @invariant()
    def balances(self) -> None:
        assert self.database.read_now(queries.balance).holds

    def _number(self, key: str) -> str:
        return self.numbers.setdefault(key, f"m{len(self.numbers)}")

    def _carried(self, parcel: Parcel) -> None:
        """A repetition counts as the same message only within the carrier's window."""
        self._number(parcel.key)
        self.handed.add((parcel.id, parcel.lease_token))
        first = self.taken.setdefault(parcel.key, self.clock.now())
        assert self.clock.now() - first < REPEAT_WINDOW + timedelta(seconds=1), "sent twice"


Ledger.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
test_ledger = Ledger.TestCase
