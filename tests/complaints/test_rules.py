"""The pure rules of cases: drafts, lifecycle, numbers, grounds, countdowns."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.errors import StepNotAllowed
from complaints.rules import drafts, lifecycle, numbering
from complaints.rules.admissibility import grounds, remedies
from complaints.rules.assessing import assess, band
from complaints.rules.clocks import DayUnit, Track
from complaints.rules.countdown import left
from complaints.rules.drafts import DraftFacts, Slot
from complaints.rules.lifecycle import Status, Step
from core.calendar import shipped_calendar
from core.ids import READABLE
from tests.complaints.conftest import SHRIMP

texts = st.none() | st.text(min_size=1, max_size=20)
masses = st.none() | st.integers(0, 10**9)
facts = st.builds(
    DraftFacts,
    track=st.sampled_from(Track),
    merchant_name=texts,
    product=texts,
    claimed_mg=masses,
    measured_mg=masses,
    bought_on=st.none() | st.dates(),
    contact_name=texts,
    demand=texts,
    story=texts,
    photos=st.integers(0, 9),
    skipped=st.lists(st.sampled_from(Slot), unique=True).map(tuple),
)


@given(facts)
def test_a_draft_survives_its_json(given_: DraftFacts) -> None:
    assert drafts.from_json(drafts.to_json(given_)) == given_


@given(facts, facts)
def test_merging_never_unsays(known: DraftFacts, said: DraftFacts) -> None:
    merged = drafts.merge(known, said)
    before = {slot for slot in Slot if drafts.filled(known, slot)}
    assert all(drafts.filled(merged, slot) for slot in before)
    assert not any(drafts.filled(merged, slot) for slot in merged.skipped)


@given(facts)
def test_nothing_missing_means_nothing_stands_against_filing(known: DraftFacts) -> None:
    if not drafts.missing(known):
        assert drafts.obstacles(replace(known, contact_phone=None)).keys() <= {"contact"}


def test_another_merchants_name_forgets_the_chosen_merchant() -> None:
    merged = drafts.merge(replace(SHRIMP, merchant_id=5), DraftFacts(merchant_name="李记水产"))
    assert merged.merchant_id is None


def test_what_the_law_needs_is_asked_again_even_when_skipped() -> None:
    draft = drafts.skip(drafts.skip(DraftFacts(), Slot.CONTACT), Slot.PHOTOS)
    assert Slot.CONTACT in drafts.missing(draft)
    assert Slot.PHOTOS not in drafts.missing(draft)
    assert Slot.CONTACT not in drafts.missing(replace(draft, track=Track.TIPOFF))


@given(st.sampled_from(Track), st.sampled_from(Status), st.sampled_from(Step))
def test_a_step_is_possible_or_refused_in_words(track: Track, status: Status, step: Step) -> None:
    if step in lifecycle.possible(track, status):
        assert lifecycle.after(track, status, step) is not status
    else:
        with pytest.raises(StepNotAllowed, match="不能进行"):
            lifecycle.after(track, status, step)


@given(st.text(alphabet=READABLE, min_size=6, max_size=6), st.text(max_size=5))
def test_a_number_is_found_in_what_people_write(drawn: str, before: str) -> None:
    number = numbering.number(date(2026, 11, 23), drawn)
    spaced = f"{number[:4].lower()} {number[4:]}"
    assert numbering.found(f"编号{spaced}。") == number


def test_seven_grounds_under_order_121_six_before() -> None:
    assert len(grounds(Track.COMPLAINT, date(2026, 4, 15))) == 7
    assert len(grounds(Track.COMPLAINT, date(2026, 4, 14))) == 6
    assert {row.ground.value for row in grounds(Track.TIPOFF, date(2026, 11, 23))} == {
        "no_authority",
        "repeated",
        "no_clue",
    }
    assert "第39条" in remedies().source.cited()


def test_a_friday_seen_on_saturday_is_late() -> None:
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    calendar = shipped_calendar()
    assert left(friday, DayUnit.WORKING_DAY, today=saturday, calendar=calendar) == -1
    assert left(friday, DayUnit.WORKING_DAY, today=friday, calendar=calendar) == 0
    assert left(friday, DayUnit.NATURAL_DAY, today=date(2026, 11, 18), calendar=calendar) == 2


@given(
    st.integers(1, 10_000_000), st.integers(0, 10_000_000), st.sampled_from(["household", "unknown", None])
)
def test_a_band_has_its_mark_on_the_line(claimed: int, measured: int, method: str | None) -> None:
    draft = DraftFacts(product="皮皮虾", claimed_mg=claimed, measured_mg=measured, method=method)
    kept = assess(draft, on=date(2026, 11, 22))
    assert kept is not None
    drawn = band(kept)
    assert drawn.position is None or 0 <= drawn.position <= 100
    assert len(drawn.zones) == 3


def test_without_two_masses_nothing_is_assessed() -> None:
    assert assess(DraftFacts(product="虾", claimed_mg=1), on=date(2026, 11, 22)) is None
