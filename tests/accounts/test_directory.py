"""Divisions, offices, calendar and citizens as an installation starts with them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.models import CalendarDay, Citizen, Consent, Office, Region
from accounts.queries import calendar, offices, regions
from accounts.services import citizens, reference
from accounts.services.calendar import replace_year
from core.errors import InvalidInput
from core.work import Reading, Work
from tests.fakes import HandClock

Run = Callable[..., Any]


@pytest.fixture
def loaded(work: Run) -> None:
    work(reference.load)


def sizes(reading: Reading) -> list[int]:
    return [
        reading.session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Region, Office, CalendarDay)
    ]


def test_the_province_has_its_sixteen_cities_and_every_division_an_office(loaded: None, read: Run) -> None:
    found = read(regions.places)
    assert sum(place.level == "city" for place in found.values()) == 16
    assert len(read(offices.directory)) == len(found)
    assert all(code.startswith("37") and len(code) == 6 for code in found)


def test_loading_again_changes_nothing_people_have_edited(loaded: None, work: Run, read: Run) -> None:
    def edit(unit: Work) -> None:
        unit.session.scalars(select(Office).where(Office.region_code == "370102")).one().phone = "0531-1"

    before = read(sizes)
    work(edit)
    work(reference.load)
    assert read(sizes) == before
    assert read(offices.competent, region_code="370102").phone == "0531-1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我在历下区买的", "370102"),
        ("济南市历下区泉城路", "370102"),
        ("青岛市南区", "370202"),
        ("济南", "370100"),
        ("在济南市买的", "370100"),
        ("历下", "370102"),
        ("章丘区", "370114"),
    ],
)
def test_places_are_found_as_people_write_them(loaded: None, read: Run, text: str, code: str) -> None:
    found = read(regions.find, text=text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "老王海鲜", "北京朝阳", "山东省"])
def test_a_text_without_a_division_of_ours_names_none(loaded: None, read: Run, text: str) -> None:
    assert read(regions.find, text=text) is None


def test_the_county_office_is_competent_and_the_city_where_there_is_none(loaded: None, read: Run) -> None:
    assert read(offices.competent, region_code="370102").region_code == "370102"
    assert read(offices.competent, region_code="370199").region_code == "370100"
    assert read(offices.competent, region_code="379999").region_code == "370000"


def test_next_years_notice_is_missed_from_november_on(loaded: None, read: Run, clock: HandClock) -> None:
    assert read(calendar.missing_years) == [2027]
    clock.moment = clock.moment.replace(month=10, day=1)
    assert read(calendar.missing_years) == []


def test_entering_a_notice_ends_the_alarm_and_counts(loaded: None, work: Run, read: Run) -> None:
    work(
        replace_year,
        year=2027,
        holidays=[date(2027, 1, 1)],
        working=[date(2027, 1, 3)],
        source="国办发明电〔2026〕某号",
    )
    assert read(calendar.missing_years) == []
    known = read(calendar.working_calendar)
    assert not known.is_working_day(date(2027, 1, 1))
    assert known.is_working_day(date(2027, 1, 3))


@pytest.mark.parametrize(
    "wrong",
    [
        {"holidays": []},
        {"holidays": [date(2028, 1, 1)]},
        {"working": [date(2027, 1, 1)]},
        {"source": " "},
    ],
)
def test_a_notice_that_cannot_be_right_is_refused_and_the_old_one_stays(
    loaded: None, work: Run, read: Run, wrong: dict[str, Any]
) -> None:
    notice = {"holidays": [date(2027, 1, 1)], "working": [], "source": "某号"}
    work(replace_year, year=2027, **notice)
    with pytest.raises(InvalidInput):
        work(replace_year, year=2027, **{**notice, **wrong})
    assert [row.day for row in read(calendar.days_of, year=2027)] == [date(2027, 1, 1)]


def test_a_citizen_is_met_once(work: Run, read: Run) -> None:
    work(citizens.meet, openid="o1")
    work(citizens.meet, openid="o1")
    assert read(lambda reading: reading.session.scalar(select(func.count()).select_from(Citizen))) == 1


def test_the_privacy_notice_is_shown_first_once_and_again_after_leaving(work: Run) -> None:
    assert work(citizens.note_privacy_shown, openid="o1")
    assert not work(citizens.note_privacy_shown, openid="o1")
    work(citizens.unfollow, openid="o1")
    work(citizens.follow, openid="o1")
    assert work(citizens.note_privacy_shown, openid="o1")


def test_leaving_the_account_forgets_the_profile(work: Run, read: Run) -> None:
    def fill(unit: Work) -> None:
        citizens.meet(unit, openid="o1").phone = unit.vault.seal("13812345678", place="citizens.phone")

    work(fill)
    work(citizens.unfollow, openid="o1")
    citizen = read(lambda reading: reading.session.scalars(select(Citizen)).one())
    assert (citizen.followed, citizen.name, citizen.phone, citizen.address) == (False, None, None, None)


def test_a_consent_given_twice_is_one_consent(work: Run, read: Run) -> None:
    work(citizens.consent, openid="o1", kind="complaint")
    work(citizens.consent, openid="o1", kind="complaint")
    assert read(lambda reading: reading.session.scalar(select(func.count()).select_from(Consent))) == 1
