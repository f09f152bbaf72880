"""Editors hear in time that a law ends on which a published answer rests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from knowledge.errors import EntryInvalid, NoticeNotFound
from knowledge.queries import notices
from knowledge.readers.content import read_content
from knowledge.rules.entries import Law
from knowledge.rules.laws import Ends, endings
from knowledge.services import alarms
from knowledge.web.notices import ending_laws
from tests.knowledge.conftest import ENTRIES, TODAY
from tests.knowledge.desk import Desk, law, shipped

PUMP = ENTRIES[0]


def laws(**facts: object) -> Mapping[str, Law]:
    return {"metrology-law": law("metrology-law", **facts)}


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({}, None),
        ({"valid_to": date(2026, 11, 22)}, Ends.ENDED),
        ({"valid_to": TODAY}, Ends.ENDING),
        ({"valid_to": date(2027, 1, 22)}, Ends.ENDING),
        ({"valid_to": date(2027, 1, 23)}, None),
        ({"superseded_by": "metrology-law-2027"}, Ends.SUPERSEDED),
    ],
)
def test_a_law_is_noticed_sixty_days_before_it_ends(facts: dict[str, object], kind: Ends | None) -> None:
    assert [one.kind for one in endings(PUMP, laws(**facts), on=TODAY)] == ([kind] if kind else [])


def test_an_answer_that_ends_with_its_law_needs_no_care() -> None:
    ended, ending = laws(valid_to=date(2026, 4, 14)), laws(valid_to=date(2026, 12, 31))
    assert list(endings(replace(PUMP, valid_to=date(2026, 4, 14)), ended, on=TODAY)) == []
    assert list(endings(replace(PUMP, valid_to=date(2026, 12, 1)), ended, on=TODAY)) != []
    assert list(endings(replace(PUMP, valid_to=date(2026, 12, 31)), ending, on=TODAY)) == []
    assert list(endings(replace(PUMP, valid_to=date(2027, 1, 1)), ending, on=TODAY)) != []


def test_a_notice_is_raised_once_and_settled_with_a_reason(desk: Desk) -> None:
    desk.seeded()
    ended = laws(valid_to=date(2026, 11, 1), superseded_by="metrology-law")
    assert desk.does(alarms.watch, laws=ended) == len(ENTRIES)
    assert desk.does(alarms.watch, laws=ended) == 0
    first = desk.sees(notices.notices)[0]
    assert (first.notice.kind, first.notice.ends_on, first.notice.successor) == (
        "ended",
        date(2026, 11, 1),
        "metrology-law",
    )
    with pytest.raises(EntryInvalid):
        desk.does(alarms.settle, notice_id=first.notice.id, reason="")
    desk.does(alarms.settle, notice_id=first.notice.id, reason="条文没有变")
    with pytest.raises(NoticeNotFound):
        desk.does(alarms.settle, notice_id=first.notice.id, reason="再来一次")
    assert desk.does(alarms.watch, laws=ended) == 0
    assert desk.sees(notices.unsettled) == len(ENTRIES) - 1
    assert [one.notice.settled_by for one in desk.sees(notices.notices, settled=True)] == ["周文静"]


async def test_a_new_version_on_the_law_in_force_ends_the_notice(desk: Desk) -> None:
    desk.seeded(shipped(PUMP))
    ended = laws(valid_to=date(2026, 11, 1))
    desk.does(alarms.watch, laws=ended)
    await desk.published(desk.approved(desk.saved(replace(PUMP, citations=())).id))
    assert desk.does(alarms.watch, laws=ended) == 0
    assert desk.sees(notices.unsettled) == 0


def test_the_home_says_how_many(desk: Desk) -> None:
    desk.seeded()
    assert desk.sees(ending_laws) == []
    desk.does(alarms.watch, laws=laws(valid_to=date(2026, 11, 1)))
    (told,) = desk.sees(ending_laws)
    assert f"{len(ENTRIES)} 处" in told.text


def test_no_answer_of_ours_outlives_its_law_today() -> None:
    content = read_content()
    late = {
        (one.id, ending.law_id) for one in content.entries for ending in endings(one, content.laws, on=TODAY)
    }
    assert late == set()
