"""One report, two tracks; the same matter told by others; what may stand in the way, told before sending."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from complaints.errors import DraftChanged, TooMany
from complaints.models import Case, Evidence, LinkKind
from complaints.queries import competence, related
from complaints.rules import selfcheck
from complaints.rules.admissibility import GroundName
from complaints.rules.categories import Channel
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts
from complaints.rules.selfcheck import Finding
from complaints.services import citizens, drafting, filing, linking
from core.work import Reading
from tests.complaints.conftest import OPENID, SHRIMP, TIPOFF

OTHER = "oCitizen000000000000000002"
TODAY = date(2026, 11, 23)


def cases(reading: Reading) -> list[Case]:
    return list(reading.session.scalars(select(Case).order_by(Case.id)))


def test_asking_for_both_files_two_linked_cases_with_the_same_photographs(
    office: Any, photo: Any, read: Any
) -> None:
    office(drafting.begin, openid=OPENID, facts=replace(SHRIMP, also_tipoff=True))
    office(drafting.attach, openid=OPENID, file_id=photo("white"))
    filed = office(filing.file, openid=OPENID, idempotency_key="k")
    assert filed.twin is not None
    assert {filed.track, filed.twin.track} == {Track.COMPLAINT, Track.TIPOFF}
    assert filed.number != filed.twin.number
    complaint, tipoff = read(cases)
    assert [one.number for one in read(linking.linked, complaint, LinkKind.TWIN)] == [tipoff.number]
    files = read(lambda reading: list(reading.session.execute(select(Evidence.case_id, Evidence.file_id))))
    assert {case_id for case_id, _ in files} == {complaint.id, tipoff.id}
    assert len({file_id for _, file_id in files}) == 1


def test_the_tipoff_of_both_holds_nothing_of_its_author(office: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=replace(SHRIMP, also_tipoff=True))
    office(filing.file, openid=OPENID, idempotency_key="k")
    tipoff = read(cases)[1]
    assert (tipoff.contact_name, tipoff.contact_phone, tipoff.contact_address) == (None, None, None)
    assert (tipoff.phone_index, tipoff.demand) == (None, "")


def test_both_again_with_the_same_key_are_the_same_two(office: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=replace(SHRIMP, also_tipoff=True))
    first = office(filing.file, openid=OPENID, idempotency_key="k")
    assert office(filing.file, openid=OPENID, idempotency_key="k") == first
    assert len(read(cases)) == 2


def test_a_photograph_added_later_is_seen_in_both(office: Any, photo: Any, read: Any) -> None:
    office(drafting.begin, openid=OPENID, facts=replace(SHRIMP, also_tipoff=True))
    filed = office(filing.file, openid=OPENID, idempotency_key="k")
    office(citizens.add_photo, openid=OPENID, number=filed.number, file_id=photo("white"))
    count = select(func.count()).select_from(Evidence)
    assert read(lambda reading: reading.session.scalar(count)) == 2


def test_others_are_counted_and_never_named(file: Any, read: Any) -> None:
    file(SHRIMP, openid=OTHER)
    found = read(related.related, SHRIMP, openid=OPENID)
    assert (found.people, found.cases, found.own) == (1, 1, ())
    assert found.text == "同一摊位 1 天内有 1 人反映过"


def test_ones_own_earlier_case_is_named(file: Any, read: Any) -> None:
    filed = file(SHRIMP)
    found = read(related.related, SHRIMP, openid=OPENID)
    assert (found.people, found.own) == (0, (filed.number,))


def test_old_and_withdrawn_cases_do_not_count(file: Any, office: Any, read: Any, clock: Any) -> None:
    filed = file(SHRIMP, openid=OTHER)
    office(citizens.withdraw, openid=OTHER, number=filed.number)
    assert read(related.related, SHRIMP, openid=OPENID) is None
    file(SHRIMP, openid=OTHER)
    clock.advance(days=31)
    assert read(related.related, SHRIMP, openid=OPENID) is None


def test_me_too_links_the_cases_for_the_office(file: Any, office: Any, read: Any) -> None:
    file(SHRIMP, openid=OTHER)
    file(replace(SHRIMP, me_too=True))
    earlier, mine = read(cases)
    assert [one.id for one in read(linking.linked, mine, LinkKind.RELATED)] == [earlier.id]


def test_more_reports_a_day_than_allowed_are_told_so(office: Any) -> None:
    for number in range(2):
        office(drafting.begin, openid=OPENID, facts=SHRIMP)
        office(filing.file, openid=OPENID, idempotency_key=f"k{number}", per_day=2)
    office(drafting.begin, openid=OPENID, facts=SHRIMP)
    with pytest.raises(TooMany):
        office(filing.file, openid=OPENID, idempotency_key="k2", per_day=2)
    assert office(drafting.current, openid=OPENID) is not None


def test_two_devices_write_different_facts_and_lose_nothing(office: Any) -> None:
    opened = office(drafting.begin, openid=OPENID, facts=DraftFacts(merchant_name="老王海鲜"))
    office(drafting.amend, openid=OPENID, changes={"product": "皮皮虾"}, version=opened.version)
    merged = office(drafting.amend, openid=OPENID, changes={"claimed_mg": 1_500_000}, version=opened.version)
    assert (merged.facts.product, merged.facts.claimed_mg) == ("皮皮虾", 1_500_000)


def test_two_devices_on_the_same_fact_are_told_and_the_first_stays(office: Any) -> None:
    opened = office(drafting.begin, openid=OPENID, facts=DraftFacts(product="虾"))
    office(drafting.amend, openid=OPENID, changes={"product": "皮皮虾"}, version=opened.version)
    with pytest.raises(DraftChanged) as caught:
        office(drafting.amend, openid=OPENID, changes={"product": "螃蟹"}, version=opened.version)
    assert caught.value.names == ["product"]
    assert office(drafting.current, openid=OPENID).facts.product == "皮皮虾"


def test_the_same_answer_from_two_devices_is_no_conflict(office: Any) -> None:
    opened = office(drafting.begin, openid=OPENID, facts=DraftFacts())
    office(drafting.amend, openid=OPENID, changes={"product": "皮皮虾"}, version=opened.version)
    again = office(drafting.amend, openid=OPENID, changes={"product": "皮皮虾"}, version=opened.version)
    assert again.facts.product == "皮皮虾"


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        (replace(SHRIMP, bought_on=date(2023, 11, 22)), GroundName.TOO_OLD),
        (replace(SHRIMP, handled_elsewhere=True), GroundName.ALREADY_HANDLED),
        (replace(SHRIMP, for_business=True), GroundName.NOT_CONSUMER),
        (replace(SHRIMP, has_receipt=False), GroundName.NOT_CONSUMER),
        (replace(SHRIMP, contact_address=None), GroundName.INCOMPLETE),
        (replace(SHRIMP, contact_phone="123"), GroundName.IDENTITY),
        (DraftFacts(track=Track.TIPOFF, product="苹果"), GroundName.NO_CLUE),
    ],
)
def test_what_may_stand_in_the_way_is_told_with_its_cure(facts: DraftFacts, ground: GroundName) -> None:
    found = {one.ground.ground: one for one in selfcheck.warnings(facts, today=TODAY)}
    assert found[ground].why
    assert found[ground].cure


def test_exactly_three_years_are_not_too_old() -> None:
    found = selfcheck.warnings(replace(SHRIMP, bought_on=date(2023, 11, 23)), today=TODAY)
    assert GroundName.TOO_OLD not in {one.ground.ground for one in found}


def test_a_complete_complaint_has_nothing_in_its_way() -> None:
    assert selfcheck.warnings(SHRIMP, today=TODAY) == []


def test_what_was_not_said_is_unknown_and_not_held_against_anybody() -> None:
    found = {one.ground.ground: one.finding for one in selfcheck.check(SHRIMP, today=TODAY)}
    assert found[GroundName.ALREADY_HANDLED] is Finding.UNKNOWN


def test_a_tipoff_about_an_online_shop_follows_another_rule_than_a_complaint(office: Any, read: Any) -> None:
    online = replace(SHRIMP, channel=Channel.ONLINE)
    assert "平台公示" in read(competence.competent, online).rule.told
    assert "实际经营地" in read(competence.competent, replace(TIPOFF, channel=Channel.ONLINE)).rule.told
    assert read(competence.competent, SHRIMP).desk.name == "历下区市场监督管理局"
