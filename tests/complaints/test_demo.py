"""The demonstration's cases are many, in every state, and the same every time."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

import accounts.demo
import complaints.demo
from complaints.models import Case, CaseEvent, Evidence
from complaints.queries import casefile, inbox
from complaints.rules.lifecycle import Status
from core import audit
from core.files import FileStore
from core.settings import FilesSettings
from scheduler.models import OutboxMessage
from tests.complaints.conftest import PROVINCE


def test_the_demonstration_has_cases_of_every_kind(
    office: Any, read: Any, database: Any, vault: Any, tmp_path: Path
) -> None:
    store = FileStore(FilesSettings(root=tmp_path), vault)
    office(accounts.demo.seed)
    office(complaints.demo.seed, files=store)
    office(complaints.demo.seed, files=store)
    cases = read(lambda reading: list(reading.session.scalars(select(Case))))
    assert len(cases) >= 40
    assert {case.status for case in cases} == {status.value for status in Status}
    assert {case.law_order for case in cases} == {"市场监管总局令第20号", "市场监管总局令第121号"}
    assert len({case.region_code[:4] for case in cases if case.region_code}) == 16
    counters = database._read(PROVINCE, inbox.counters)
    assert counters.overdue > 0
    assert counters.today > 0
    assert read(lambda reading: len(list(reading.session.scalars(select(Evidence.id))))) > 15
    assert read(lambda reading: list(reading.session.scalars(select(OutboxMessage.id)))) == []
    assert read(audit.verify) is None
    late = read(
        lambda reading: [e.id for e in reading.session.scalars(select(CaseEvent)) if e.at > reading.now]
    )
    assert late == []
    for case in cases:
        read(casefile.casefile, number=case.number)
