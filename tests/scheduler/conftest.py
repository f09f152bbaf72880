"""What every test of the scheduler stands on: its tools, with a carrier that remembers."""

import pytest

from core.database import Base, Database
from scheduler.jobs import Tools
from scheduler.settings import SchedulerSettings
from tests.fakes import HandClock
from tests.scheduler.fakes import Carrier, Kettle, Kettles


@pytest.fixture(autouse=True)
def kettles(request: pytest.FixtureRequest) -> None:
    """The tests' own table, beside the product's and gone afterwards."""
    if "database" in request.fixturenames:
        opened: Database = request.getfixturevalue("database")
        Base.metadata.create_all(opened.engine, tables=[Base.metadata.tables[Kettle.__tablename__]])


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def tools(database: Database, clock: HandClock, carrier: Carrier) -> Tools:
    return Tools(
        database=database,
        clock=clock,
        settings=SchedulerSettings(),
        planners=(Kettles(),),
        channels={"wechat": carrier},
    )
