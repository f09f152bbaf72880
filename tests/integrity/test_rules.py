"""Codes, names, dates, validity: what is decided without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as standard

from integrity.rules import certificates, kinds, rows, uscc
from integrity.rules.names import Gazetteer
from integrity.rules.rows import Kind
from integrity.rules.validity import Standing, VerificationResult, validity

TODAY = date(2026, 11, 23)
PLACES = Gazetteer(
    [
        ("370100", "济南市"),
        ("370102", "历下区"),
        ("370103", "市中区"),
        ("370400", "枣庄市"),
        ("370402", "市中区"),
        ("371122", "莒县"),
    ]
)


@given(st.integers(min_value=0, max_value=31**6 - 1), st.sampled_from(["91", "92"]))
def test_every_composed_code_is_valid(number: int, kind: str) -> None:
    code = uscc.compose(kind=kind, region_code="370102", number=number)
    assert standard.is_valid(code)
    assert uscc.problem(code) is None


@given(st.integers(min_value=8, max_value=16), st.integers(min_value=0, max_value=10**6))
def test_a_wrong_character_is_noticed_and_the_right_check_named(place: int, number: int) -> None:
    code = uscc.compose(kind="92", region_code="370102", number=number)
    other = "1" if code[place] == "0" else "0"
    wrong = code[:place] + other + code[place + 1 :]
    told = uscc.problem(wrong)
    assert told is not None
    assert told.endswith(standard.calc_check_digit(wrong))


def test_a_short_code_says_how_long_it_is() -> None:
    assert uscc.problem("92370102") == "应为 18 位，现在是 8 位"


@pytest.mark.parametrize(
    ("name", "core", "regions"),
    [
        ("山东省济南市历下区老王海鲜水产店", "老王海鲜水产店", {"370102"}),
        ("济南历下老王海鲜有限公司", "老王海鲜", {"370102"}),
        ("枣庄市市中区李记水果店", "李记水果店", {"370402"}),
        ("市中区李记水果店（个体工商户）", "李记水果店", {"370103", "370402"}),
        ("莒县海鲜", "海鲜", {"371122"}),
        ("历下区店", "历下区店", set()),
        ("山东五云楼土特产有限公司分公司", "五云楼土特产分公司", set()),
    ],
)
def test_a_name_is_taken_apart(name: str, core: str, regions: set[str]) -> None:
    parted = PLACES.part(name)
    assert (parted.core, set(parted.regions)) == (core, regions)


def test_a_region_spoken_after_the_name_counts_too() -> None:
    parted = PLACES.part("老王海鲜历下区", spoken=True)
    assert (parted.core, set(parted.regions)) == ("老王海鲜", {"370102"})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", TODAY),
        ("2026/11/23", TODAY),
        ("2026年11月23日", TODAY),
        ("２０２６.11.23", TODAY),
        ("20261123", TODAY),
        ("46349", TODAY),
        ("2026-11-23 00:00:00", TODAY),
        ("2026-02-30", None),
        ("明天", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert rows.parsed_date(text) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_date(text: str) -> None:
    assert rows.parsed_date(text) is None or isinstance(rows.parsed_date(text), date)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "\t=1"])
def test_what_looks_like_a_formula_is_refused(text: str) -> None:
    cells = {
        "uscc": uscc.compose(kind="92", region_code="370102", number=9),
        "name": text,
        "region": "历下区",
    }
    assert "公式" in rows.faults(Kind.MERCHANTS, cells)["name"]


@pytest.mark.parametrize("text", ["-0531", "+86 531 1234", "A-1"])
def test_a_number_with_a_sign_is_no_formula(text: str) -> None:
    cells = {
        "uscc": uscc.compose(kind="92", region_code="370102", number=9),
        "name": "店",
        "region": "历下区",
        "phone": text,
    }
    assert rows.faults(Kind.MERCHANTS, cells) == {}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"verified_on": "后天"}, "verified_on"),
        ({"verified_on": "2027-01-01"}, "verified_on"),
        ({"valid_until": "2025-01-01"}, "valid_until"),
        ({"result": "还行"}, "result"),
        ({"result": "不合格"}, "valid_until"),
    ],
)
def test_a_wrong_verification_names_its_column(changes: dict[str, str], column: str) -> None:
    cells = {"verified_on": "2026-01-02", "valid_until": "2027-01-01", "result": "合格"} | changes
    assert list(rows.verification_faults(cells, TODAY)) == [column]


@pytest.mark.parametrize(
    ("left", "standing", "holds"),
    [
        (-1, Standing.EXPIRED, False),
        (0, Standing.SOON, True),
        (30, Standing.SOON, True),
        (31, Standing.VALID, True),
    ],
)
def test_the_last_day_still_counts(left: int, standing: Standing, holds: bool) -> None:
    found = validity(VerificationResult.PASSED.value, TODAY + timedelta(days=left), TODAY)
    assert (found.standing, found.days_left, found.holds) == (standing, left, holds)


def test_a_failed_or_absent_verification_does_not_hold() -> None:
    assert validity("failed", None, TODAY).standing is Standing.FAILED
    assert validity(None, None, TODAY).standing is Standing.NEVER
    assert validity("passed", None, TODAY).holds


def test_certificate_numbers_meet_however_they_are_typed() -> None:
    assert certificates.number(" sd３７－2026—001 ") == "SD37-2026-001"


def test_the_catalogue_knows_what_tables_call_a_scale() -> None:
    assert kinds.kind_of("电子秤") == "price_scale"
    assert kinds.kind_of("量天尺") == ""
