"""Finding a merchant by a wrong, partial or misheard name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.commands import _shipped_divisions
from integrity.rules.names import Entry, Gazetteer
from integrity.services.search import MerchantIndex, Outcome

SHARED = Path(__file__).parents[3] / "shared" / "eval" / "merchant_names"
PLACES = Gazetteer(_shipped_divisions())
INDEX = MerchantIndex(
    [
        Entry(1, "济南市历下区老王海鲜水产店", "老王海鲜", "370102", "济南市历下区"),
        Entry(2, "青岛惠邻商业有限公司市南店", "惠邻超市", "370202", "青岛市市南区"),
        Entry(3, "济南市历下区福源水果店", "福源水果店", "370102", "济南市历下区"),
        Entry(4, "青岛市市南区福源水果店", "福源水果店", "370202", "青岛市市南区"),
        Entry(5, "潍坊鲁通石油销售有限公司奎文加油站", "鲁通加油站", "370705", "潍坊市奎文区"),
    ],
    PLACES,
)


@pytest.mark.parametrize(
    "text",
    [
        "老王海鲜",
        "老王海鲜水产店",
        "历下区老王海鲜",
        "老王海鮮",
        "济南市历下区老王海鲜水产店",
        " 老 王海鲜！",
    ],
)
def test_a_sure_name_is_answered_directly(text: str) -> None:
    found = INDEX.find(text)
    assert found.outcome is Outcome.DIRECT
    assert found.hits[0].merchant_id == 1


@pytest.mark.parametrize("text", ["老王海先", "老汪海鲜", "laowanghaixian", "王老海鲜", "老王", "老王的海鲜"])
def test_a_doubtful_name_is_offered(text: str) -> None:
    found = INDEX.find(text)
    assert found.outcome is Outcome.CHOOSE
    assert found.hits[0].merchant_id == 1


@pytest.mark.parametrize("text", ["", "，。", "量子引力研究", "x", "海"])
def test_a_foreign_name_is_not_found(text: str) -> None:
    assert INDEX.find(text).outcome is Outcome.NOT_FOUND


def test_the_same_sign_in_two_cities_is_left_to_the_person() -> None:
    found = INDEX.find("福源水果店")
    assert found.outcome is Outcome.CHOOSE
    assert {hit.merchant_id for hit in found.hits} == {3, 4}


def test_a_region_in_the_words_decides_between_them() -> None:
    found = INDEX.find("市南区福源水果店")
    assert found.outcome is Outcome.DIRECT
    assert found.hits[0].merchant_id == 4


def test_an_empty_register_finds_nothing() -> None:
    assert MerchantIndex([], Gazetteer([])).find("老王海鲜").outcome is Outcome.NOT_FOUND


@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(0 <= hit.score <= 100 for hit in INDEX.search(text))


@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation data are not here")
def test_spoilt_names_among_a_hundred_thousand_are_found() -> None:
    names = (SHARED / "names.txt").read_text(encoding="utf-8").splitlines()
    index = MerchantIndex((Entry(number, name) for number, name in enumerate(names)), PLACES)
    queries = [
        json.loads(line) for line in (SHARED / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    among = sum(query["name"] in [hit.name for hit in index.search(query["q"])] for query in queries)
    assert among / len(queries) >= 0.99
